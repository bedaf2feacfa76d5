import Diagnostics
import LessonMarkdown
import Lessons

/// Problems for code hosts, in the Static Analysis Results Interchange Format 2.1.0.
///
/// - SeeAlso: OASIS, SARIF 2.1.0 with errata 01.
public struct SARIF: Sendable {
    private let version: String

    /// - Parameter version: Of the program, for the report's header.
    public init(version: String) {
        self.version = version
    }

    /// The whole log, one run.
    ///
    /// Files are given relative to the working directory, as code hosts want them; those outside of it as absolute URIs.
    ///
    /// - Parameter directory: The working directory, absolute.
    /// - Throws: What the encoder throws; no report is known to make it throw.
    public func text(of report: LintReport, from directory: String) throws -> String {
        let used = Set(report.problems.map(\.rule))
        let rules = Rule.all.filter(used.contains)
        let indices = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1, $0) })
        let run = Run(
            tool: Tool(driver: Driver(version: version, rules: rules.map(Descriptor.init))),
            results: report.problems.map { Result($0, index: indices[$0.rule] ?? 0, directory: directory) })
        return try Log(runs: [run]).jsonText()
    }

    private struct Log: Encodable {
        enum CodingKeys: String, CodingKey { case schema = "$schema", version, runs }

        var schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
        var version = "2.1.0"
        var runs: [Run]
    }

    private struct Run: Encodable {
        var tool: Tool
        /// Columns count Unicode scalars, as everywhere in Lectern.
        var columnKind = "unicodeCodePoints"
        var results: [Result]
    }

    private struct Tool: Encodable { var driver: Driver }

    private struct Driver: Encodable {
        var name = "lectern"
        var version: String
        var rules: [Descriptor]
    }

    private struct Text: Encodable {
        var text: String
        var markdown: String?
    }

    private struct Configuration: Encodable { var level: String }

    private struct Descriptor: Encodable {
        var id: String
        var name: String
        var shortDescription: Text
        var fullDescription: Text
        var help: Text
        var defaultConfiguration: Configuration

        init(_ rule: Rule) {
            id = rule.code
            name = rule.name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
            shortDescription = Text(text: rule.summary + ".")
            fullDescription = Text(text: rule.explanation)
            help = Text(text: rule.explanation, markdown: rule.page)
            defaultConfiguration = Configuration(level: rule.severity.rawValue)
        }
    }

    private struct Result: Encodable {
        var ruleId: String
        var ruleIndex: Int
        var level: String
        var message: Text
        var locations: [Location]
        var fixes: [Fix]?
        var partialFingerprints: [String: String]

        init(_ problem: Problem, index: Int, directory: String) {
            ruleId = problem.rule.code
            ruleIndex = index
            level = problem.severity.rawValue
            message = Text(text: problem.message + (problem.remedy.map { "; try: " + $0 } ?? ""))
            let artifact = Artifact(problem.place.file, directory: directory)
            locations = [
                Location(
                    physicalLocation: PhysicalLocation(
                        artifactLocation: artifact, region: Region(problem.place, problem.end)))
            ]
            fixes = problem.fix.map { [Fix($0, directory: directory)] }
            // Lines move; what is said of which file doesn't.
            partialFingerprints = ["problem/v1": Fingerprint.of([problem.rule.code, artifact.uri, problem.message])]
        }
    }

    private struct Location: Encodable { var physicalLocation: PhysicalLocation }

    private struct PhysicalLocation: Encodable {
        var artifactLocation: Artifact
        var region: Region
    }

    private struct Artifact: Encodable {
        var uri: String

        init(_ file: String, directory: String) {
            uri = FileURI.of(file, from: directory)
        }
    }

    private struct Region: Encodable {
        var startLine: Int
        var startColumn: Int
        var endLine: Int
        var endColumn: Int

        init(_ start: SourcePlace, _ end: SourcePlace) {
            startLine = start.line
            startColumn = start.column
            endLine = end.line
            endColumn = end.column
        }
    }

    private struct Fix: Encodable {
        var description: Text
        var artifactChanges: [Change]

        init(_ fix: LessonLinting.Fix, directory: String) {
            description = Text(text: fix.summary)
            artifactChanges = Set(fix.edits.map(\.file)).sorted().map { file in
                Change(
                    artifactLocation: Artifact(file, directory: directory),
                    replacements: fix.edits.filter { $0.file == file }.map { edit in
                        Replacement(
                            deletedRegion: Region(edit.place, edit.end), insertedContent: Text(text: edit.replacement))
                    })
            }
        }
    }

    private struct Change: Encodable {
        var artifactLocation: Artifact
        var replacements: [Replacement]
    }

    private struct Replacement: Encodable {
        var deletedRegion: Region
        var insertedContent: Text
    }
}

/// Paths as URIs.
enum FileURI {
    static func of(_ file: String, from directory: String) -> String {
        var path = file
        if path.hasPrefix(directory + "/") { path = String(path.dropFirst(directory.utf8.count + 1)) }
        if path.hasPrefix("/") { return "file://" + PercentEncoding.encoded(path) }
        return PercentEncoding.encoded(LessonPath.normalized(path) ?? path)
    }
}

/// A number for texts that is the same on every machine.
enum Fingerprint {
    /// FNV-1a, 64 bits, hexadecimal.
    static func of(_ texts: [String]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in texts.joined(separator: "\u{0}").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

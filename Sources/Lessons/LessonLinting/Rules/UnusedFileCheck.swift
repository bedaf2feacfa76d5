import Diagnostics
import LessonMarkdown
import Lessons

/// Files that nothing uses.
struct UnusedFileCheck: ScenarioCheck {
    /// Names that people and other programs look for.
    private static let others: Set<String> = [
        "index.json", "index.yaml", "index.yml", "structure.json", "readme.md", "license", "license.md", "license.txt",
        "contributing.md", "changelog.md", "owners", "codeowners", "notes.md", "todo.md", "makefile", "index.ipynb",
        "requirements.txt", "hints.md", "verifications.sh", "solutions.sh", "solutions.md", "solver.sh", "thumbs.db",
        "authors.md", "code_of_conduct.md", "strings.yaml", "katacoda.yaml", "preprocessed.md", "agents.md",
        "claude.md",
    ]

    func check(_ scenario: LintedScenario, _ findings: inout Findings) {
        guard findings.wants(.unusedFile) || findings.wants(.pageNeverShown), !scenario.entries.isEmpty else { return }
        let assets = NamedAssets(of: scenario)
        let unnamed = scenario.files.filter { file in
            let name = RelativePath.name(of: file).lowercased()
            return !scenario.named.contains(file) && !Self.others.contains(name) && !file.hasPrefix(".")
                && !file.contains("/.") && !file.hasSuffix(".enc") && !name.hasSuffix("_spec.js")
                && !(file.hasPrefix("assets/") && assets.contains(String(file.dropFirst(7))))
        }
        guard !unnamed.isEmpty else { return }
        let mentions = Mentions(in: scenario, alsoIn: unnamed)
        // Generated lessons have the same unused file in each of fifty steps: that is one thing to know.
        var groups: [String: [String]] = [:]
        for file in unnamed where !mentions.contains(file) && FileSize.of(scenario.path(file)).map({ $0 > 1 }) ?? false
        {
            groups[RelativePath.name(of: file), default: []].append(file)
        }
        for (name, files) in groups {
            if files.count > Self.maxAlike {
                report(
                    files[0], subject: "\(files.count) files called '\(name)', of which this is the first, ",
                    in: scenario,
                    &findings)
            } else {
                for file in files { report(file, in: scenario, &findings) }
            }
        }
    }

    /// More unused files of one name are reported as one.
    private static let maxAlike = 3

    /// - Parameter subject: What the message begins with, for several files at once.
    private func report(
        _ file: String, subject: String? = nil, in scenario: LintedScenario, _ findings: inout Findings
    ) {
        let isPage = RelativePath.isMarkdown(file) && !file.hasPrefix("assets/")
        let source = SourceText(bytes: [], file: scenario.path(file))
        if isPage {
            findings.add(
                .pageNeverShown, at: 0..<0, of: source,
                subject.map { $0 + "are not shown by any step" } ?? "no step, intro or finish shows this page",
                remedy: "name it in the index, or remove it", severity: file.contains("/") ? .note : .warning)
        } else {
            findings.add(
                .unusedFile, at: 0..<0, of: source,
                subject.map { $0 + "are not used" } ?? "nothing in the scenario uses this file",
                remedy: "name it in the index or on a page, or remove it")
        }
    }
}

/// What `details.assets` names, below the folder.
private struct NamedAssets {
    /// With more patterns every asset counts as named, since each file is compared with each pattern.
    private static let maxPatterns = 50
    private var names: Set<String> = []
    private var patterns: Set<String> = []
    private var globs: [Glob] = []

    init(of scenario: LintedScenario) {
        guard case .object(let hosts)? = scenario.root["details"]?["assets"]?.content else { return }
        for asset in hosts.flatMap({ $0.value.list ?? [] }) {
            guard let file = asset["file"]?.string else { continue }
            if !Glob.isPattern(file) {
                if let path = LessonPath.normalized(file) { names.insert(path) }
            } else if patterns.insert(file).inserted, patterns.count <= Self.maxPatterns {
                globs.append(Glob(file))
            }
        }
    }

    func contains(_ file: String) -> Bool {
        patterns.count > Self.maxPatterns || names.contains(file) || globs.contains { $0.matches(file) }
    }
}

/// Names of files that a scenario's texts mention.
private struct Mentions {
    /// Only text files up to this size are searched, in bytes.
    private static let maxSize = 256 << 10
    private var names: Set<String> = []

    init(in scenario: LintedScenario, alsoIn others: [String]) {
        let wanted = Set(others.map { RelativePath.name(of: $0) })
        var sources = scenario.pages.map(\.source) + scenario.scripts.map(\.source) + [scenario.index]
        // A script or an asset may use what only it names; a file doesn't use itself.
        let texts: Set<String> = [
            "sh", "", "py", "js", "yaml", "yml", "json", "txt", "html", "css", "dockerfile", "toml",
        ]
        for file in scenario.files where texts.contains(RelativePath.fileExtension(of: file)) && file != "index.json" {
            let path = scenario.path(file)
            guard !scenario.named.contains(file), FileSize.of(path).map({ $0 <= Self.maxSize }) ?? false,
                let source = try? LessonFile.source(at: path)
            else { continue }
            sources.append(source)
        }
        for source in sources {
            let own = RelativePath.name(of: source.file)
            for name in Self.words(of: source.bytes) where name != own && wanted.contains(name) { names.insert(name) }
        }
        // Names with blanks are no words of a text, but may be targets.
        for link in scenario.pages.flatMap(\.outline.links) {
            names.insert(RelativePath.name(of: LinkTarget(link.target).path))
        }
    }

    func contains(_ file: String) -> Bool { names.contains(RelativePath.name(of: file)) }

    /// Last segments of everything that could be a path.
    private static func words(of bytes: [UInt8]) -> Set<String> {
        var words: Set<String> = []
        var start: Int?
        func isPart(_ byte: UInt8) -> Bool {
            byte.isLetter || byte.isDigit || byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+")
        }
        for index in 0...bytes.count {
            if index < bytes.count, isPart(bytes[index]) {
                start = start ?? index
            } else if let begin = start {
                start = nil
                guard index - begin < 256 else { continue }
                var word = bytes[begin..<index]
                while let last = word.last, last == UInt8(ascii: ".") { word = word.dropLast() }
                words.insert(String(decoding: word, as: UTF8.self))
            }
        }
        return words
    }
}

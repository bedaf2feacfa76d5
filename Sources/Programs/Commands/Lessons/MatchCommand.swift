import ArgumentParser
import Diagnostics
import FoundationEssentials
import LessonExpectations
import Lessons

/// `lectern match`: explains how two texts compare, for authors who try a sample.
struct MatchCommand: AsyncParsableCommand {
    enum Mode: String, ExpressibleByArgument, CaseIterable { case exact, similar }

    static let configuration = CommandConfiguration(
        commandName: "match",
        abstract: "Compare an output with a documented sample, and explain the difference.",
        discussion: "Exit status 0 when the sample matches, 1 when it does not.")

    @Option(help: ArgumentHelp("The sample as the page shows it.", valueName: "file"), completion: .file())
    var documented: String
    @Option(help: ArgumentHelp("What was printed.", valueName: "file"), completion: .file())
    var actual: String
    @Option(help: "How freely values may vary: exact or similar.") var mode: Mode = .exact
    @Option(help: ArgumentHelp("What the reader types to get the output.", valueName: "text")) var command = ""
    @Option(help: ArgumentHelp("The sentence before the sample.", valueName: "text")) var sentence = ""
    @Flag(help: "Print what is inferred from the sample.") var show = false
    @Flag(help: "Print the comparison as JSON.") var json = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let sample = ParsedSample(
            documented: try read(documented), wording: mode == .exact ? .exact : .similar,
            context: SampleContext(command: command, sentence: sentence))
        let console = common.console
        if show { sample.inferred.forEach { console.result("\($0)") } }
        let comparison = sample.compare(with: try read(actual), scope: .whole)
        if json {
            console.document(try MatchReport(comparison).jsonText())
        } else if comparison.matches {
            console.result("the sample matches")
            comparison.notes.forEach { console.result("note: \($0)") }
        } else {
            console.result(
                console.isColoured ? comparison.styledExplanation() : StyledText(comparison.explanation()))
        }
        if !comparison.matches { throw ExitCode(1) }
    }

    private func read(_ path: String) throws -> String {
        do {
            if path == "-" { return StandardInput.text() }
            return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        } catch {
            throw CommandError(problem: "'\(path)' cannot be read", remedy: "name a text file, or - for standard input")
        }
    }
}

private struct MatchReport: Encodable {
    var schemaVersion = 1
    var matches: Bool
    /// Why it holds although it isn't word for word what the sample shows.
    var notes: [String]
    var differences: [Difference]

    init(_ comparison: Comparison) {
        matches = comparison.matches
        notes = comparison.notes
        differences = comparison.differences
    }
}

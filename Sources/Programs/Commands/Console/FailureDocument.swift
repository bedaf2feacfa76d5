import ArgumentParser
import Diagnostics
import LessonReports
import Lessons

/// What `--json` prints when a command failed before it had a document of its own: a program that reads it must not meet an empty
/// text.
struct FailureDocument: Encodable {
    var schemaVersion = 1
    var verdict = Verdict.inconclusive
    var problem: String
    var remedy: String?

    /// Prints the document, if the command line asks for JSON and nothing has been printed.
    ///
    /// - Parameters:
    ///   - arguments: Those behind the program's name, also such as could not be parsed.
    static func print(
        problem: String, remedy: String?, arguments: [String] = Array(CommandLine.arguments.dropFirst())
    ) {
        let options = arguments.prefix { $0 != "--" }
        guard options.contains("--json"), !Console.hasWrittenDocument else { return }
        let text =
            arguments.first == "verify"
            ? try? JSONReport([], problem: problem, remedy: remedy).jsonText()
            : try? FailureDocument(problem: problem, remedy: remedy).jsonText()
        if let text { Console(progress: .auto).document(text) }
    }
}

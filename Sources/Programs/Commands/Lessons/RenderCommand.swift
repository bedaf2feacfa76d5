import ArgumentParser
import Diagnostics
import FoundationEssentials
import HostFiles
import LessonPages
import Lessons
import Processes

/// `lectern render`: a lesson as one HTML document.
struct RenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Show a lesson as one HTML document, to read before it is run.",
        discussion: """
            Nothing is run. HTML in the lesson is sanitised, and the document runs no script. Pictures stay where they are: the \
            document points at them from where it is written, or from the working directory.
            """)

    @Argument(help: "A scenario's directory, or a Markdown file.", completion: .file()) var path: String
    @Option(
        help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"), completion: .file())
    var output: String?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let scenario = try LessonSelection(paths: [path], console: console).readOne()
        // Where standard output ends up isn't known; the working directory is likeliest.
        let directory = output.map { URL(filePath: $0).deletingLastPathComponent().path } ?? "."
        let html = try PageHTML().document(of: scenario, in: directory)
        guard let output else { return console.document(html) }
        do {
            try replaceFile(output, with: Array(html.utf8))
        } catch {
            throw CommandError(problem: error.description, remedy: "check its directory and permissions")
        }
        console.report("wrote '\(output)'")
    }
}

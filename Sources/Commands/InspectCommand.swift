import ArgumentParser
import FoundationEssentials
import LessonMarkdown
import Lessons

/// `lectern inspect`: what the reader makes of a lesson.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show which actions a lesson has, and which sample belongs to which.",
        discussion: "Nothing is run. Takes a scenario's directory or a single Markdown file.")

    @Argument(help: "A scenario's directory, or a Markdown file.") var path: String?
    @Flag(help: "Print JSON.") var json = false
    @Flag(help: "Print the JSON Schema of the 'lectern' key of index.json; takes no path.") var schema = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if schema, path != nil || json { throw ValidationError("--schema goes alone, without a path and --json") }
        if !schema, path == nil {
            throw ValidationError("name a scenario's directory or a Markdown file, or say --schema")
        }
    }

    func run() async throws {
        let console = common.console
        guard let path else {
            return console.write(Array(LecternKeySchema.text.utf8))
        }
        let scenarios = try LessonSelection(paths: [path], console: console).read()
        let inspection = Inspection(of: scenarios.flatMap(\.pages))
        if json {
            console.result(inspection.json)
        } else {
            for page in scenarios.flatMap(\.pages) { describe(page, on: console) }
        }
        for warning in scenarios.flatMap(\.pages).flatMap(\.warnings) {
            console.report(warning.description)
        }
    }

    private func describe(_ page: Page, on console: Console) {
        console.result("\(page.file)  \(page.title)")
        for (index, action) in page.actions.enumerated() {
            let terminal = action.terminal.map { " T\($0)" } ?? ""
            let text = action.text.split(separator: "\n", omittingEmptySubsequences: false)
            console.result(
                "  \(action.place.line): \(action.kind.rawValue)\(terminal)  \(text.first ?? "")\(text.count > 1 ? " …" : "")"
            )
            for sample in page.expectations where sample.action == index {
                let elided = sample.isElided ? ", elided" : ""
                console.result("      sample at line \(sample.place.line), \(sample.wording.rawValue)\(elided)")
            }
        }
    }
}

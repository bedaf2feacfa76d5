import ArgumentParser
import FoundationEssentials
import LessonMarkdown
import LessonReports
import Lessons

/// `lectern inspect`: what the reader makes of a lesson.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show how a lesson is read: its settings, scripts and actions, and which sample belongs to which.",
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
            return console.document(LecternKeySchema.text)
        }
        let scenarios = try LessonSelection(paths: [path], console: console).read()
        if json {
            console.document(Inspection(of: scenarios.flatMap(\.pages)).json)
        } else {
            let outline = LessonOutline()
            for (index, scenario) in scenarios.enumerated() {
                if index > 0 { console.result("") }
                outline.lines(for: scenario).forEach(console.result)
            }
        }
        for warning in scenarios.flatMap(\.pages).flatMap(\.warnings) {
            console.report("\(warning.description)")
        }
    }
}

import ArgumentParser
import ComposeFiles
import Diagnostics
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

    /// Documents that have a JSON Schema.
    enum Schema: String, CaseIterable, ExpressibleByArgument {
        case lesson
        case xLectern = "x-lectern"
        case verify

        var text: String {
            switch self {
            case .lesson: LecternKeySchema.text
            case .xLectern: XLecternSchema.text
            case .verify: VerifySchema.text
            }
        }
    }

    @Argument(help: "A scenario's directory, or a Markdown file.", completion: .file()) var path: String?
    @Flag(help: "Print JSON.") var json = false
    @Option(
        defaultAsFlag: .lesson,
        help: ArgumentHelp(
            """
            Print a JSON Schema, and take no path: of the 'lectern' key of index.json (lesson), of Lectern's field in a Compose file \
            (x-lectern), or of what 'verify --json' prints (verify).
            """, valueName: "what"))
    var schema: Schema?
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if schema != nil, path != nil || json {
            throw ValidationError("--schema cannot be used with a path or --json")
        }
        if schema == nil, path == nil {
            throw ValidationError("name a scenario's directory or a Markdown file, or use --schema")
        }
    }

    func run() async throws {
        let console = common.console
        if let schema { return console.document(schema.text) }
        guard let path else { return }
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

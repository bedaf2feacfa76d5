import ArgumentParser
import Diagnostics
import FoundationEssentials
import LessonLinting
import Lessons

/// `lectern lint`: what won't work in a lesson, without running it.
struct LintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Find what won't work in lessons, without running them.",
        discussion: """
            Takes scenarios, directories of scenarios and single Markdown files. Every problem has a code; \
            'lectern lint --explain CODE' says what it means. '<!-- lectern: ignore LL401 -->' before a block ignores a \
            problem there.

            Exit status: 0 no errors, 1 errors (with --strict: or warnings), 2 something could not be read, 64 usage.
            """)

    @Argument(help: "Scenarios, directories of scenarios, or Markdown files.", completion: .file())
    var paths: [String] = []
    @Flag(help: "Print JSON.") var json = false
    @Flag(help: "Print SARIF 2.1.0, for code hosts.") var sarif = false
    @Flag(help: "Fail on warnings as well.") var strict = false
    @Flag(help: "Fix what can be fixed safely, and show the remaining problems.") var fix = false
    @Flag(help: "With --fix: show the changes without making them.") var dryRun = false
    @Flag(help: "Show only errors and warnings, no notes.") var quiet = false
    @Option(
        help: ArgumentHelp(
            "Check only for these (repeat the option, or separate them by commas).", valueName: "code"))
    var only: [String] = []
    @Option(
        help: ArgumentHelp("Do not check for these (repeat the option, or separate them by commas).", valueName: "code")
    )
    var ignore: [String] = []
    @Option(
        help: ArgumentHelp("Print what a code means, or 'all' of them.", valueName: "code"),
        completion: .list(["all"] + Rule.all.map(\.code)))
    var explain: String?
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if explain == nil, paths.isEmpty { throw ValidationError("name a lesson, or a code with --explain") }
        if json, sarif { throw ValidationError("--json and --sarif exclude each other") }
        if dryRun, !fix { throw ValidationError("--dry-run says what --fix would do; give both") }
        _ = try rules(only)
        _ = try rules(ignore)
        if let explain, explain != "all" { _ = try rules([explain]) }
    }

    func run() async throws {
        let console = common.console
        if let explain {
            let pages = explain == "all" ? Rule.all : Array(try rules([explain]))
            return console.document(pages.map(\.page).joined(separator: "\n"))
        }
        let linter = Linter(configuration: .init(only: try rules(only), ignored: try rules(ignore)))
        var report = try await linter.lint(paths: paths)
        if dryRun {
            for change in try FixApplication(of: report.problems).changes {
                console.result(StyledText(UnifiedDiff(change).text))
            }
        } else {
            if fix { report = try await corrected(report, with: linter, on: console) }
            try show(quiet ? report.from(.warning) : report, on: console)
        }
        if report.fails(strict: strict) { throw ExitCode(1) }
    }

    /// Does what is certain until nothing is left of it: one fix may make another possible.
    private func corrected(_ report: LintReport, with linter: Linter, on console: Console) async throws -> LintReport {
        var report = report
        var fixes = 0
        var files: Set<String> = []
        for _ in 0..<5 {
            let application = try FixApplication(of: report.problems)
            if application.changes.isEmpty { break }
            try application.write()
            for change in application.changes {
                fixes += change.fixes
                files.insert(change.file)
            }
            report = try await linter.lint(paths: paths)
        }
        if fixes > 0 {
            let places = files.count == 1 ? "'\(files.first ?? "")'" : "\(files.count) files"
            console.report("fixed \(fixes) problem\(fixes == 1 ? "" : "s") in \(places)")
        }
        return report
    }

    private func show(_ report: LintReport, on console: Console) throws {
        if json { return console.document(try LintJSON().text(of: report)) }
        if sarif {
            let directory = FileManager.default.currentDirectoryPath
            let version = LecternCommand.configuration.version
            return console.document(try SARIF(version: version).text(of: report, from: directory))
        }
        let text = LintText()
        for problem in report.problems { console.result(text.text(of: problem)) }
        console.result(text.summary(of: report))
    }

    private func rules(_ names: [String]) throws -> Set<Rule> {
        var rules: Set<Rule> = []
        for name in names.flatMap({ $0.split(separator: ",") }).map(String.init) {
            guard let rule = Rule.named(name) else {
                throw ValidationError(
                    "there is no problem code '\(name)'; see 'lectern lint --explain all'")
            }
            rules.insert(rule)
        }
        return rules
    }
}

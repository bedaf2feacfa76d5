import ArgumentParser
import LabSupervision
import LessonReports
import LessonVerification
import Lessons

/// `lectern verify`: does the lesson tell the truth?
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Run lessons step by step and compare what they print with the samples on the page.",
        discussion: """
            Stands up the lab that the lesson names, seeds it, types every command into a real terminal, and takes the lab \
            down again. Exit status: 0 verified, 1 a step failed, 2 it could not be told.
            """)

    @Argument(help: "Scenarios, directories of scenarios, or single Markdown files.") var paths: [String]
    @Option(help: ArgumentHelp("Use a lab that is up, and leave it up.", valueName: "name")) var lab: String?
    @Flag(help: "Leave the lab up, to look into it.") var keep = false
    @Option(help: ArgumentHelp("Run only these steps: 3 or 2-4. Steps before them are not run.", valueName: "steps"))
    var step: StepRange?
    @Option(
        help: ArgumentHelp(
            "How long one action may take, in seconds: 60 unless the lesson says otherwise.", valueName: "seconds"))
    var timeout: Double?
    @Option(
        help: ArgumentHelp(
            "Record every terminal (asciicast 2), a file each; several lessons get a directory each.",
            valueName: "directory"))
    var record: String?
    @Flag(help: "Print the outcome as JSON instead of text.") var json = false
    @OptionGroup var engine: EngineOptions
    @OptionGroup var images: ImageTableOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let timeout, !(timeout > 0 && timeout <= 86_400) {
            throw ValidationError("--timeout wants a number of seconds above 0, at most 86400")
        }
        guard lab == nil || !keep else { throw ValidationError("--keep goes without --lab: a lab that is up stays up") }
    }

    func run() async throws {
        let console = common.console
        let scenarios = try LessonSelection(paths: paths, console: console).read()
        for scenario in scenarios { try step?.check(against: scenario) }
        let recordings = try record.map { try RecordingDirectory(path: $0) }
        let names = Self.names(of: scenarios)
        let tables = try images.tables()
        var outcomes: [ScenarioOutcome] = []
        for (scenario, name) in zip(scenarios, names) where !outcomes.contains(where: \.interrupted) {
            let run = LessonRun(
                scenario: scenario, console: console, isQuiet: json,
                limits: LessonRun.limits(of: scenario, timeout: timeout),
                steps: step?.steps, engine: engine.engine, labName: lab, keepsLab: keep, tables: tables,
                recordings: scenarios.count == 1 ? recordings : try recordings?.directory(named: name))
            outcomes.append(await run.outcome())
        }
        let report = JSONReport(outcomes)
        if json { console.write(try report.encoded()) }
        if !json, outcomes.count > 1 {
            console.result(TerminalReport(isColoured: console.isColoured).summary(of: outcomes))
        }
        if report.interrupted { throw CancellationError() }
        switch report.verdict {
        case .passed: return
        case .failed: throw ExitCode(1)
        case .undecided, .notRun: throw ExitCode(2)
        }
    }
}

extension VerifyCommand {
    /// The last part of each scenario's path, with a number where one comes again.
    private static func names(of scenarios: [Scenario]) -> [String] {
        var taken: Set<String> = []
        return scenarios.map { scenario in
            let last = scenario.directory.split(separator: "/").last.map(String.init) ?? ""
            let base = last.isEmpty || last == "." || last == ".." ? "lesson" : last
            var name = base
            var number = 1
            while !taken.insert(name).inserted {
                number += 1
                name = "\(base)-\(number)"
            }
            return name
        }
    }
}

/// The steps that `--step` names.
struct StepRange: ExpressibleByArgument {
    let steps: ClosedRange<Int>

    init?(argument: String) {
        let bounds = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(bounds.count), let first = bounds[0], let last = bounds[bounds.count - 1],
            first >= 1, first <= last
        else { return nil }
        steps = first...last
    }

    /// - Throws: ``CommandError`` when the scenario lacks one of the steps.
    func check(against scenario: Scenario) throws {
        guard !steps.allSatisfy({ number in scenario.pages.contains { $0.role == .step(number) } }) else { return }
        throw CommandError(
            problem: "'\(scenario.directory)' has no step \(steps.upperBound)",
            remedy: "'lectern inspect' shows which steps there are")
    }
}

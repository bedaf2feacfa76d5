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
        let scenarios = try LessonSelection(paths: paths).read()
        if let step, let scenario = scenarios.first(where: { !$0.has(step.steps) }) {
            throw CommandError(
                problem: "'\(scenario.directory)' has no step \(step.steps.upperBound)",
                remedy: "'lectern inspect' shows which steps there are")
        }
        let tables = try images.tables()
        var outcomes: [ScenarioOutcome] = []
        for scenario in scenarios {
            let run = LessonRun(
                scenario: scenario, console: console, isQuiet: json,
                limits: .init(
                    action: timeout ?? scenario.settings.timeout ?? 60, check: scenario.settings.checkTimeout ?? 60,
                    background: scenario.settings.backgroundTimeout, obeysPages: timeout == nil),
                steps: step?.steps,
                labName: lab, keepsLab: keep, tables: tables)
            outcomes.append(try await run.outcome())
        }
        let report = JSONReport(outcomes)
        if json { console.result(try report.encoded()) }
        if !json, outcomes.count > 1 {
            console.result(TerminalReport(isColoured: console.isColoured).summary(of: outcomes))
        }
        switch report.verdict {
        case .passed: return
        case .failed: throw ExitCode(1)
        case .undecided, .notRun: throw ExitCode(2)
        }
    }
}

extension Scenario {
    fileprivate func has(_ steps: ClosedRange<Int>) -> Bool {
        steps.allSatisfy { number in pages.contains { $0.role == .step(number) } }
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
}

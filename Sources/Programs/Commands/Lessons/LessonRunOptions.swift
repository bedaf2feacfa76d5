import ArgumentParser
import Diagnostics
import LessonMarkdown
import LessonVerification
import Lessons

/// In which lab a lesson is run, how much of it and how patiently: what `verify` and `update` have in common.
struct LessonRunOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Use a lab that is already running, and keep it running.", valueName: "name")) var lab:
        String?
    @Flag(help: "Keep the lab running afterwards, to inspect it.") var keep = false
    @Option(
        help: ArgumentHelp("Run only these steps: 3 or 2-4. Steps before them are not run.", valueName: "steps"),
        transform: StepRange.init(argument:))
    var step: StepRange?
    // Takes what follows whatever it looks like: '-5' is a wrong number, not a missing one.
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long one action may take, in seconds: 60 unless the lesson says otherwise.", valueName: "seconds"))
    var timeout: Double?
    @OptionGroup var engine: EngineOptions
    @OptionGroup var limits: LimitOptions
    @OptionGroup var images: ImageTableOptions
    @OptionGroup var variables: VariableOptions

    func validate() throws {
        if let timeout, !(timeout > 0 && timeout <= 86_400) {
            throw ValidationError("--timeout must be a number of seconds above 0, at most 86400")
        }
        guard lab == nil || !keep else {
            throw ValidationError("--keep cannot be used with --lab: a running lab is kept anyway")
        }
    }

    /// Reads the lessons that were named, and sees that they have the steps that are wanted.
    ///
    /// - Returns: A run for each lesson that can be run, and an outcome that says why for each other, in order; what else a run
    ///   needs is up to the command.
    /// - Throws: ``CommandError`` for an option that keeps all of them from running.
    func runs(of paths: [String], console: Console, isQuiet: Bool) throws -> [PlannedRun] {
        let tables = try images.tables()
        let variables = try variables.values()
        return LessonSelection(paths: paths, console: console).select().map { lesson in
            do {
                var scenario = try lesson.scenario.get()
                if let variation = try ObservedFile(scenario: scenario).read() {
                    scenario = scenario.applying(variation)
                }
                try step?.check(against: scenario)
                return .lesson(
                    LessonRun(
                        scenario: scenario, console: console, isQuiet: isQuiet,
                        limits: VerificationLimits(of: scenario, timeout: timeout), steps: step?.steps,
                        engine: engine.engine, labLimits: limits.limits(of: scenario),
                        internet: limits.internet(of: scenario), labName: lab, keepsLab: keep, tables: tables,
                        variables: variables))
            } catch {
                return .impossible(ScenarioOutcome(of: lesson, after: error))
            }
        }
    }
}

/// One lesson of several that a command runs.
enum PlannedRun {
    case lesson(LessonRun)
    /// It can't be read, or has no such step.
    case impossible(ScenarioOutcome)

    /// Where it is, as the user can open it.
    var path: String {
        switch self {
        case .lesson(let run): run.scenario.directory
        case .impossible(let outcome): outcome.path
        }
    }

    /// What is said of a lesson when the user ended the command before its turn.
    var notBegun: ScenarioOutcome {
        guard case .lesson(let run) = self else { return ScenarioOutcome(title: "", path: path) }
        var outcome = ScenarioOutcome(title: run.scenario.title, path: path)
        outcome.interrupted = true
        outcome.position = "before it started"
        return outcome
    }
}

extension Console {
    /// Writes why a lesson could not be run.
    func problem(of outcome: ScenarioOutcome) {
        let remedy = outcome.remedy.map { "\n  try: \($0)" } ?? ""
        problem((outcome.problem ?? "'\(outcome.path)' cannot be read") + remedy)
    }
}

extension ScenarioOutcome {
    fileprivate init(of lesson: SelectedLesson, after error: any Error) {
        let excerpt = (error as? LessonError)?.excerpt.map { "\n" + $0 } ?? ""
        let error = error as? any UserFacingError
        self.init(
            title: (try? lesson.scenario.get().title) ?? "", path: lesson.path,
            problem: (error?.problem ?? "'\(lesson.path)' cannot be read") + excerpt, remedy: error?.remedy)
    }
}

/// The steps that `--step` names.
struct StepRange: Sendable {
    let steps: ClosedRange<Int>

    /// - Throws: `ValidationError` for anything but `3` and `2-4`.
    init(argument: String) throws {
        let bounds = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(bounds.count), let first = bounds[0], let last = bounds[bounds.count - 1],
            first >= 1, first <= last
        else { throw ValidationError("steps count from 1; write one of them as 3, several as 2-4") }
        steps = first...last
    }

    /// - Throws: ``CommandError`` when the scenario lacks one of the steps.
    func check(against scenario: Scenario) throws {
        let numbers = scenario.pages.compactMap { page in
            if case .step(let number) = page.role { number } else { nil }
        }
        guard let missing = steps.first(where: { !numbers.contains($0) }) else { return }
        let remedy =
            switch numbers.count {
            case 0: "it has no numbered steps: leave '--step' out"
            case 1: "it has one step: leave '--step' out"
            default: "its steps are 1 to \(numbers.count); 'lectern inspect \(scenario.directory)' shows them"
            }
        throw CommandError(problem: "'\(scenario.directory)' has no step \(missing)", remedy: remedy)
    }
}

extension VerificationLimits {
    /// What the lesson asks for, unless the command line names a time-out, in seconds.
    fileprivate init(of scenario: Scenario, timeout: Double?) {
        self.init(
            action: timeout ?? scenario.settings.timeout ?? 60, check: scenario.settings.checkTimeout ?? 60,
            background: scenario.settings.backgroundTimeout, obeysPages: timeout == nil)
    }
}

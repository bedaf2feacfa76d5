import ArgumentParser
import Diagnostics
import LessonVerification
import Lessons
import SampleUpdating
import Synchronization

/// `lectern update`: writes what the lesson prints into its pages.
struct UpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update",
        abstract: "Run lessons and write what they print into their pages, as samples.",
        discussion: """
            Shows what would change and writes nothing, unless --accept or --accept-drift is given. A sample that matches \
            stays as it is; a command without a sample gets one. What the author left out stays left out. Exit status: \
            0 the pages show what is printed, 1 something differs or failed, 2 a lesson is inconclusive; the others are updated.
            """)

    @Argument(help: "Scenarios, directories of scenarios, or single Markdown files.", completion: .file())
    var paths: [String]
    @Flag(help: "Write all changes.") var accept = false
    @Flag(
        help: "Write only samples whose values changed within their class, such as a number or a date; list the others."
    )
    var acceptDrift = false
    @Flag(help: "Add no samples to commands that have none.") var noNew = false
    @Flag(help: "Rewrite samples that match, too, with today's values.") var refresh = false
    @Option(
        help: ArgumentHelp(
            "Run each lesson this often, each time in a new lab, and keep which parts of its outputs varied.",
            discussion: """
                Writes \(ObservedVariation.path) beside the lesson and leaves its pages alone. 'lectern verify' then accepts \
                what varied and holds to what never did.
                """, valueName: "runs"))
    var learn: Int?
    @Flag(help: "Print the changes as JSON instead of text.") var json = false
    @OptionGroup var options: LessonRunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !accept || !acceptDrift else { throw ValidationError("--accept includes --accept-drift") }
        guard let learn else { return }
        guard (2...50).contains(learn) else { throw ValidationError("--learn must be a number of runs from 2 to 50") }
        guard !accept, !acceptDrift, !noNew, !refresh, !json else {
            throw ValidationError(
                "--learn writes no samples; it cannot be used with --accept, --no-new, --refresh or --json")
        }
        guard options.lab == nil, !options.keep, options.step == nil else {
            throw ValidationError(
                "--learn runs whole lessons in new labs; it cannot be used with --lab, --keep or --step")
        }
    }

    func run() async throws {
        let console = common.console
        if let learn { return try await observe(runs: learn, console: console) }
        var updated: [UpdatedPage] = []
        var inconclusive: [ScenarioOutcome] = []
        for planned in try options.runs(of: paths, console: console, isQuiet: json) {
            guard case .lesson(let run) = planned else {
                if case .impossible(let outcome) = planned {
                    console.problem(of: outcome)
                    inconclusive.append(outcome)
                }
                continue
            }
            let (outcome, pages) = try await pages(of: run)
            if outcome.interrupted { throw Interruption.Stop(json ? outcome.position : nil) }
            updated += pages
            if outcome.verdict == .inconclusive { inconclusive.append(outcome) }
        }
        if writes { for page in updated { try page.write() } }
        let report = UpdateReport(pages: updated, inconclusive: inconclusive, hasWritten: writes)
        if json {
            console.document(try report.encoded())
        } else if inconclusive.isEmpty || !updated.isEmpty {
            report.lines.forEach(console.result)
        }
        if !inconclusive.isEmpty { throw ExitCode(2) }
        if !report.isClean { throw ExitCode(1) }
    }

    /// Runs each lesson several times, and writes what varied beside it.
    private func observe(runs: Int, console: Console) async throws {
        var worst = Verdict.passed
        for planned in try options.runs(of: paths, console: console, isQuiet: true) {
            switch planned {
            case .impossible(let outcome):
                console.problem(of: outcome)
                worst = .inconclusive
            case .lesson(let run):
                let result = await LessonLearner(run: run, runs: runs).learn()
                if result.outcome.interrupted { throw Interruption.Stop(result.outcome.position) }
                let report = LearningReport(result: result, file: ObservedFile(scenario: run.scenario))
                if let variation = report.variation { try report.file.write(variation) }
                report.lines.forEach(console.result)
                if worst != .inconclusive, result.outcome.verdict != .passed { worst = result.outcome.verdict }
            }
        }
        if worst != .passed { throw ExitCode(worst == .failed ? 1 : 2) }
    }

    /// Runs a lesson, and compares its pages with what it printed; none when the run is inconclusive: what a broken lab showed is no
    /// lesson's output.
    private func pages(of run: LessonRun) async throws -> (outcome: ScenarioOutcome, pages: [UpdatedPage]) {
        var run = run
        let files = try run.scenario.pages.filter { !$0.actions.isEmpty }.map { try PageFile(reading: $0.file) }
        let seen = Mutex<[String: [ObservedOutput]]>([:])
        run.purpose = .updating { page, observed in
            seen.withLock { $0[page.file, default: []].append(observed) }
        }
        let outcome = await run.outcome()
        guard outcome.verdict != .inconclusive else { return (outcome, []) }
        let pages = files.map { file in
            UpdatedPage(file, update(of: file, from: seen.withLock { $0[file.path] } ?? []))
        }
        return (outcome, pages)
    }

    private var writes: Bool { accept || acceptDrift }

    private func update(of file: PageFile, from observations: [ObservedOutput]) -> PageUpdate {
        let updater = PageUpdater(
            bytes: file.bytes, file: file.path, observations: observations,
            options: .init(addsSamples: !noNew, refreshes: refresh))
        return acceptDrift ? updater.update(accepting: [.drifted, .refreshed]) : updater.update()
    }
}

/// A page and what an update changes in it.
struct UpdatedPage {
    let file: PageFile
    let update: PageUpdate

    init(_ file: PageFile, _ update: PageUpdate) {
        self.file = file
        self.update = update
    }

    func write() throws {
        if update.bytes != file.bytes { try file.replace(with: update.bytes) }
    }
}

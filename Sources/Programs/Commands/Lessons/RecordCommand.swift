import ArgumentParser
import Diagnostics
import LessonVerification
import Lessons
import SampleUpdating
import Synchronization

/// `lectern record`: writes what the lesson prints into its pages.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Run lessons and write what they print into their pages, as samples.",
        discussion: """
            Shows what would change and writes nothing, unless --accept or --accept-drift is given. A sample that holds \
            stays as it is; a command without a sample gets one. What the author left out stays left out. Exit status: \
            0 the pages show what is printed, 1 something differs or failed, 2 a lesson is inconclusive; the others are recorded.
            """)

    @Argument(help: "Scenarios, directories of scenarios, or single Markdown files.", completion: .file())
    var paths: [String]
    @Flag(help: "Write all that was recorded.") var accept = false
    @Flag(help: "Write only samples in which values moved inside their class, and list the others.")
    var acceptDrift = false
    @Flag(help: "Leave commands without a sample alone.") var noNew = false
    @Flag(help: "Write samples that hold anew, too, with today's values.") var refresh = false
    @Flag(help: "Print what was recorded as JSON instead of text.") var json = false
    @OptionGroup var options: LessonRunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !accept || !acceptDrift else { throw ValidationError("--accept includes --accept-drift") }
    }

    func run() async throws {
        let console = common.console
        var recorded: [RecordedPage] = []
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
            recorded += pages
            if outcome.verdict == .inconclusive { inconclusive.append(outcome) }
        }
        if writes { for page in recorded { try page.write() } }
        let report = RecordingReport(pages: recorded, inconclusive: inconclusive, hasWritten: writes)
        if json {
            console.document(try report.encoded())
        } else if inconclusive.isEmpty || !recorded.isEmpty {
            report.lines.forEach(console.result)
        }
        if !inconclusive.isEmpty { throw ExitCode(2) }
        if !report.isClean { throw ExitCode(1) }
    }

    /// Runs a lesson, and compares its pages with what it printed; none when the run is inconclusive: what a broken lab showed is no
    /// lesson's output.
    private func pages(of run: LessonRun) async throws -> (outcome: ScenarioOutcome, pages: [RecordedPage]) {
        var run = run
        let files = try run.scenario.pages.filter { !$0.actions.isEmpty }.map { try PageFile(reading: $0.file) }
        let seen = Mutex<[String: [ObservedOutput]]>([:])
        run.purpose = .recording { page, observed in
            seen.withLock { $0[page.file, default: []].append(observed) }
        }
        let outcome = await run.outcome()
        guard outcome.verdict != .inconclusive else { return (outcome, []) }
        let pages = files.map { file in
            RecordedPage(file, record(file, seen.withLock { $0[file.path] } ?? []))
        }
        return (outcome, pages)
    }

    private var writes: Bool { accept || acceptDrift }

    private func record(_ file: PageFile, _ observations: [ObservedOutput]) -> PageRecording {
        let recorder = PageRecorder(
            bytes: file.bytes, file: file.path, observations: observations,
            options: .init(addsSamples: !noNew, refreshes: refresh))
        return acceptDrift ? recorder.recording(accepting: [.drifted, .refreshed]) : recorder.recording()
    }
}

/// A page and what came of recording it.
struct RecordedPage {
    let file: PageFile
    let recording: PageRecording

    init(_ file: PageFile, _ recording: PageRecording) {
        self.file = file
        self.recording = recording
    }

    func write() throws {
        if recording.bytes != file.bytes { try file.replace(with: recording.bytes) }
    }
}

import ArgumentParser
import LessonRecording
import LessonVerification
import Lessons
import Synchronization

/// `lectern record`: writes what the lesson prints into its pages.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Run lessons and write what they print into their pages, as samples.",
        discussion: """
            Shows what would change and writes nothing, unless --accept or --accept-drift is given. A sample that holds \
            stays as it is; a command without a sample gets one. What the author left out stays left out. Exit status: \
            0 the pages show what is printed, 1 something differs or failed, 2 it could not be told.
            """)

    @Argument(help: "Scenarios, directories of scenarios, or single Markdown files.") var paths: [String]
    @Flag(help: "Write all that was recorded.") var accept = false
    @Flag(help: "Write only samples in which values moved inside their class, and list the others.")
    var acceptDrift = false
    @Flag(help: "Leave commands without a sample alone.") var noNew = false
    @Flag(help: "Write samples that hold anew, too, with today's values.") var refresh = false
    @Option(help: ArgumentHelp("Use a lab that is up, and leave it up.", valueName: "name")) var lab: String?
    @Flag(help: "Leave the lab up, to look into it.") var keep = false
    @Option(help: ArgumentHelp("Run only these steps: 3 or 2-4. Steps before them are not run.", valueName: "steps"))
    var step: StepRange?
    @Option(
        help: ArgumentHelp(
            "How long one action may take, in seconds: 60 unless the lesson says otherwise.", valueName: "seconds"))
    var timeout: Double?
    @Flag(help: "Print what was recorded as JSON instead of text.") var json = false
    @OptionGroup var engine: EngineOptions
    @OptionGroup var images: ImageTableOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let timeout, !(timeout > 0 && timeout <= 86_400) {
            throw ValidationError("--timeout wants a number of seconds above 0, at most 86400")
        }
        guard lab == nil || !keep else { throw ValidationError("--keep goes without --lab: a lab that is up stays up") }
        guard !accept || !acceptDrift else { throw ValidationError("--accept includes --accept-drift") }
    }

    func run() async throws {
        let console = common.console
        var recorded: [RecordedPage] = []
        var isUndecided = false
        let tables = try images.tables()
        for scenario in try LessonSelection(paths: paths, console: console).read() {
            try step?.check(against: scenario)
            let files = try scenario.pages.filter { !$0.actions.isEmpty }.map { try PageFile(reading: $0.file) }
            let seen = Mutex<[String: [Sighting]]>([:])
            let run = LessonRun(
                scenario: scenario, console: console, isQuiet: json,
                limits: LessonRun.limits(of: scenario, timeout: timeout), steps: step?.steps, engine: engine.engine,
                labName: lab, keepsLab: keep, tables: tables,
                purpose: .recording { page, sighting in seen.withLock { $0[page.file, default: []].append(sighting) } })
            let outcome = await run.outcome()
            if outcome.interrupted { throw CancellationError() }
            // What a broken lab showed is no lesson's output.
            guard outcome.verdict != .undecided else {
                if json { console.problem(outcome.problem ?? "the lab broke") }
                isUndecided = true
                continue
            }
            for file in files {
                let sightings = seen.withLock { $0[file.path] } ?? []
                recorded.append(RecordedPage(file, record(file, sightings)))
            }
        }
        if writes { for page in recorded { try page.write() } }
        guard !isUndecided || !recorded.isEmpty else { throw ExitCode(2) }
        let report = RecordingReport(pages: recorded, hasWritten: writes, isColoured: console.isColoured)
        if json { console.result(try report.encoded()) } else { report.lines.forEach(console.result) }
        if isUndecided { throw ExitCode(2) }
        if !report.isClean { throw ExitCode(1) }
    }

    private var writes: Bool { accept || acceptDrift }

    private func record(_ file: PageFile, _ sightings: [Sighting]) -> PageRecording {
        let recorder = PageRecorder(
            bytes: file.bytes, file: file.path, sightings: sightings,
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

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
    @Flag(help: "Print what was recorded as JSON instead of text.") var json = false
    @OptionGroup var options: LessonRunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !accept || !acceptDrift else { throw ValidationError("--accept includes --accept-drift") }
    }

    func run() async throws {
        let console = common.console
        var recorded: [RecordedPage] = []
        var isUndecided = false
        for var run in try options.runs(of: paths, console: console, isQuiet: json) {
            let files = try run.scenario.pages.filter { !$0.actions.isEmpty }.map { try PageFile(reading: $0.file) }
            let seen = Mutex<[String: [Sighting]]>([:])
            run.purpose = .recording { page, sighting in
                seen.withLock { $0[page.file, default: []].append(sighting) }
            }
            let outcome = await run.outcome()
            if outcome.interrupted { throw Interruption.Stop(json ? outcome.standing : nil) }
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
        let report = RecordingReport(pages: recorded, hasWritten: writes)
        if json { console.document(try report.encoded()) } else { report.lines.forEach(console.result) }
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

import ArgumentParser
import Diagnostics
import LabControlClient
import LabControlProtocol
import Labs
import LessonMarkdown
import LessonVerification
import Lessons

/// `lectern reset`: a lab as it was after seeding.
struct ResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Take a lab back to the state after seeding.",
        discussion: """
            Ends the terminals and what they left running, and empties the workspace's home and temporary files. \
            Services that hold data, and those that depend on them, are stopped at once, get their data back as it was \
            before their first start, and are started again; the others go on. Then the lab is seeded as it was before, \
            by its lesson and by 'lectern seed', and gets its lesson's assets again, as they are now. Ports stay the same. A service says in the Compose file, under \
            x-lectern, 'reset: restart' or 'reset: keep' when that is not what it needs.
            """)

    @Argument(help: "The lab's name; not needed while only one is up.", completion: .runningLabs) var name: String?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let lab = try await LabClient.connect(to: try LabOptions.resolve(name))
        defer { lab.disconnect() }
        let waiting = WaitDisplay(console: console)
        defer { waiting.close() }
        let progress = LabProgress(console: console, waiting: waiting)
        let began = ContinuousClock.now
        do {
            try await lab.reset { event in
                // It's as it was only when its assets are back.
                if case .ready = event { return }
                progress.show(event)
            }
        } catch  where Task.isCancelled {
            throw Interruption.Stop(
                "while the lab '\(lab.name)' was reset, which goes on; 'lectern status \(lab.name)' tells when it is ready, "
                    + "and another reset brings its lesson's assets back")
        } catch let error as LabError where !error.logTail.isEmpty {
            console.report(StyledText(error.logTail.quoted))
            throw error
        }
        try await placeAssets(in: lab)
        let seconds = (ContinuousClock.now - began).seconds
        console.report("the lab '\(lab.name)' is as it was after seeding, in \(seconds.inSeconds)")
    }

    /// Brings the assets of the lab's lesson back, which went with the home directory.
    ///
    /// - Throws: ``CommandError`` when the lesson is gone, or no longer what it was.
    private func placeAssets(in lab: LabClient) async throws {
        guard let lesson = try await lab.status().lesson else { return }
        do {
            let scenario = try LessonSelection(paths: [lesson], console: common.console).readOne()
            let materials = try LessonReader().materials(of: scenario)
            try await AssetInstaller(lab: SupervisedLab(client: lab), materials: materials, lesson: lesson).run()
        } catch let error as any UserFacingError where !(error is LabError) {
            throw CommandError(
                problem: "the lab '\(lab.name)' is reset, but without its lesson's assets: \(error.problem)",
                remedy: "fix the lesson '\(lesson)' and reset again, or end the lab: lectern down \(lab.name)")
        }
    }
}

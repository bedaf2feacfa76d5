import ArgumentParser
import Diagnostics
import LabControlClient
import LabProvisioning
import LessonMarkdown

/// `lectern reset`: a lab as it was after seeding.
struct ResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Take a lab back to the state after seeding.",
        discussion: """
            Ends the terminals and what they left running, and empties the workspace's home and temporary files. \
            Services that hold data, and those that depend on them, are stopped at once, get their data back as it was \
            before their first start, and are started again; the others go on. Then the lab is seeded as it was before, \
            by its lesson and by 'lectern seed', and gets its lesson's assets again, as they are now. Ports stay the same. \
            A service says in the Compose file, under x-lectern, 'reset: restart' or 'reset: keep' when that is not what \
            it needs.
            """)

    @Argument(help: "The lab's name; not needed while only one is running.", completion: .runningLabs) var name: String?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let lab = try await LabClient.connect(to: try LabOptions.resolve(name))
        defer { lab.disconnect() }
        let waiting = WaitDisplay(console: console)
        defer { waiting.close() }
        let display = ProvisioningDisplay(console: console, waiting: waiting)
        let began = ContinuousClock.now
        do {
            try await LabProvisioner(opener: SupervisedLabOpener(), listener: display.show).reset(lab) { lesson in
                try LessonReader().materials(of: LessonSelection(paths: [lesson], console: console).readOne())
            }
        } catch  where Task.isCancelled {
            throw Interruption.Stop(
                "while the lab '\(lab.name)' was reset, which goes on; 'lectern status \(lab.name)' tells when it is ready, "
                    + "and another reset brings its lesson's assets back")
        }
        console.report(
            "the lab '\(lab.name)' is as it was after seeding, in \((ContinuousClock.now - began).inSeconds)")
    }
}

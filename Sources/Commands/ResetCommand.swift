import ArgumentParser
import LabSupervision
import Labs

/// `lectern reset`: a lab as it was after seeding.
struct ResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset", abstract: "Take a lab back to the state after seeding.",
        discussion: """
            Ends the terminals and what they left running, and empties the workspace's home and temporary files. \
            Services that hold data, and those that depend on them, are stopped at once, get their data back as it was \
            before their first start, and are started again; the others go on. Then the lab is seeded as it was before, \
            by its lesson and by 'lectern seed'. Ports stay the same. A service says in the Compose file, under \
            x-lectern, 'reset: restart' or 'reset: keep' when that is not what it needs.
            """)

    @Argument(help: "The lab's name; not needed while only one is up.") var name: String?
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let lab = try await LabClient.connect(to: try LabOptions.resolve(name))
        defer { lab.disconnect() }
        let progress = LabProgress(console: console)
        do {
            try await lab.reset { event in
                if case .ready(let seconds) = event {
                    console.report("the lab '\(lab.name)' is as it was after seeding, in \(seconds.inSeconds)")
                } else {
                    progress.show(event)
                }
            }
        } catch let error as LabError where !error.logTail.isEmpty {
            console.report(error.logTail.quoted)
            throw error
        }
    }
}

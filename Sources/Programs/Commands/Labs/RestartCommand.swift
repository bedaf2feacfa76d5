import ArgumentParser
import Diagnostics
import LabControlClient
import Labs
import Lessons

/// `lectern restart`: one service of a lab, ended and started again.
struct RestartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart", abstract: "Stop a service of a lab and start it again, with its data as it is.",
        discussion: """
            The service is asked to stop, and killed after ten seconds; then it is started again and waited for. Other \
            services go on, and so do the terminals. What a service of containers wrote outside its volumes is gone.
            """)

    @Argument(help: "The service's name, as 'lectern status' shows it.") var service: String
    @OptionGroup var lab: LabOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let client = try await lab.connect()
        defer { client.disconnect() }
        let waiting = WaitDisplay(console: console)
        defer { waiting.close() }
        let progress = LabProgress(console: console, waiting: waiting)
        do {
            waiting.wait(for: .init("waiting for \(service) (to stop)"))
            try await client.restart(service) { event in
                if case .ready(let seconds) = event {
                    waiting.wait(for: nil)
                    console.report("service '\(service)' of the lab '\(client.name)' restarted in \(seconds.inSeconds)")
                } else {
                    progress.show(event)
                }
            }
        } catch  where Task.isCancelled {
            throw Interruption.Stop(
                "while '\(service)' was restarted, which goes on; 'lectern status' shows when it is ready")
        }
    }
}

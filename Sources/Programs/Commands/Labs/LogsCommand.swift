import ArgumentParser
import Glibc
import LabControlClient

/// `lectern logs`: what a service printed.
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Print the log of a lab's service.")

    @Argument(help: "The service's name, as 'lectern status' shows it.") var service: String
    @Flag(name: .shortAndLong, help: "Go on with what is appended, until Ctrl-C.") var follow = false
    @OptionGroup var lab: LabOptions
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let client = try await lab.connect()
        defer { client.disconnect() }
        let console = common.console
        // Ends a log that is followed at once when its reader is gone (`| head`), not with the next line.
        let watch = Task { [client] in
            await StandardOutput.waitUntilUnread()
            client.disconnect()
        }
        defer { watch.cancel() }
        do {
            try await client.readLog(of: service, follow: follow) { console.write($0) }
        } catch  where StandardOutput.isUnread {
            return
        } catch  where Task.isCancelled {
            // The way to end a log that is followed.
            throw Interruption.Stop(nil)
        }
    }
}

import ArgumentParser
import Diagnostics
import LabControlClient
import Lessons
import TerminalSessions

/// `lectern logs`: what a service printed.
struct LogsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Print the log of a lab's service.",
        discussion: """
            The log is shown as plain text: escape sequences are left out, and control characters replaced, so that a service \
            cannot command the terminal. --colours keeps colours, --raw keeps every byte.
            """)

    @Argument(help: "The service's name, as 'lectern status NAME' shows it.", completion: .services)
    var service: String
    @Flag(name: .shortAndLong, help: "Go on with what is appended, until Ctrl-C.") var follow = false
    @Flag(help: "Keep the service's own colours.") var colours = false
    @Flag(help: "Write the log byte for byte, to a file or a program; not to a terminal.") var raw = false
    @OptionGroup var lab: LabOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !raw || !colours else { throw ValidationError("--colours cannot be used with --raw") }
    }

    func run() async throws {
        let console = common.console
        guard !raw || !console.writesToTerminal else {
            throw CommandError(
                problem: "'lectern logs --raw' cannot write to a terminal, which the log's bytes could command",
                remedy: "send it to a file or a program, or leave --raw out")
        }
        let client = try await lab.connect()
        defer { client.disconnect() }
        // Ends a log that is followed at once when its reader is gone (`| head`), not with the next line.
        let watch = Task { [client] in
            await StandardOutput.waitUntilUnread()
            client.disconnect()
        }
        defer { watch.cancel() }
        var filter = LogFilter(keepsColours: colours)
        defer { if !raw { console.endLog(through: &filter) } }
        do {
            try await client.readLog(of: service, follow: follow) { bytes in
                if raw { console.raw(bytes) } else { console.log(bytes, through: &filter) }
            }
        } catch  where StandardOutput.isUnread {
            return
        } catch  where Task.isCancelled {
            // The way to end a log that is followed.
            throw Interruption.Stop(nil)
        }
    }
}

import AgentProtocol
import ArgumentParser
import Diagnostics
import LabControlClient
import LabControlProtocol
import Labs
import Lessons

/// `lectern shell`: a person at a lab's terminal.
struct ShellCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell",
        abstract: "Join a terminal of a running lab.",
        discussion: """
            Ctrl-] leaves it, and everything in it goes on. What a lesson typed there is still on the screen, and above it. \
            While 'lectern verify --lab' runs a lesson in the same terminal you look on, and what you type is as if the \
            lesson had typed it. Several people may join a terminal: it has the size of the window in which somebody typed, \
            or that changed its size, last, as with tmux's 'window-size latest'.
            """)

    @Argument(help: "The terminal: T1, T2, … It is opened if need be.", completion: .list(["T1", "T2", "T3", "T4"]))
    var terminal = "T1"
    @Flag(help: "Look on: what is typed goes nowhere, and the window's size does not count.") var readOnly = false
    @OptionGroup var lab: LabOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard terminal.first == "T", let number = Int(terminal.dropFirst()), (1...99).contains(number) else {
            throw ValidationError("'\(terminal)' is not a terminal; name one of T1 to T99")
        }
    }

    func run() async throws {
        guard LocalConsole.isTerminal else {
            throw CommandError(
                problem: "'lectern shell' must have a terminal for its input and output",
                remedy: "run it without a pipe or redirection")
        }
        let client = try await lab.connect()
        defer { client.disconnect() }
        let size = LocalConsole.size
        let attachment = try client.attach(
            to: terminal, columns: size.columns, rows: size.rows, isReadOnly: readOnly)
        let end = try await LocalConsole.run(
            attachment, announcement: "\(terminal) of the lab '\(client.name)'; Ctrl-] leaves".oneLine
        ) { Self.farewell(to: terminal, of: client.name, after: $0) }
        if end != .detached { throw ExitCode(2) }
    }

    /// Says that whatever is typed next is for the host, and why.
    static func farewell(to terminal: String, of lab: String, after end: AttachmentEnd) -> String {
        let what =
            switch end {
            case .detached: "you left \(terminal) of the lab '\(lab)'"
            case .labEnded(let error?): "the lab '\(lab)' has ended: \(error.problem.oneLine)"
            case .labEnded(nil): "the lab '\(lab)' has ended: it was taken down"
            case .labReset: "the lab '\(lab)' is being reset"
            case .shellEnded(let status): "the shell of \(terminal) in the lab '\(lab)' has ended with \(status)"
            case .connectionLost: "the lab '\(lab)' has ended: its supervisor is gone or does not answer"
            }
        return "lectern: \(what); you are back on your own machine".oneLine
    }
}

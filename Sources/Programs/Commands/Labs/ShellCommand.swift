import ArgumentParser
import LabControlClient

/// `lectern shell`: a person at a lab's terminal.
struct ShellCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shell",
        abstract: "Join a terminal of a lab that is up.",
        discussion: """
            Ctrl-] leaves it, and everything in it goes on. What a lesson typed there is still on the screen, and above it. \
            While 'lectern verify --lab' runs a lesson in the same terminal you look on, and what you type is as if the \
            lesson had typed it.
            """)

    @Argument(help: "The terminal: T1, T2, … It is opened if need be.") var terminal = "T1"
    @OptionGroup var lab: LabOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard terminal.first == "T", let number = Int(terminal.dropFirst()), (1...99).contains(number) else {
            throw ValidationError("'\(terminal)' is no terminal; name one of T1 to T99")
        }
    }

    func run() async throws {
        guard LocalConsole.isTerminal else {
            throw CommandError(
                problem: "'lectern shell' wants a terminal for its input and output",
                remedy: "run it without a pipe or redirection")
        }
        let client = try await lab.connect()
        defer { client.disconnect() }
        common.console.report("\(terminal) of the lab '\(client.name)'; Ctrl-] leaves")
        let size = LocalConsole.size
        try await LocalConsole.run(try client.attach(to: terminal, columns: size.columns, rows: size.rows))
    }
}

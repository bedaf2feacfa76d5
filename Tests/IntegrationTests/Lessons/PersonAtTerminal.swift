import Foundation
import Glibc
import PseudoTerminals
import Synchronization
import TerminalScreens
import Testing

/// A person who runs a program, such as `lectern shell`, in a terminal window.
final class PersonAtTerminal: Sendable {
    private let terminal: PseudoTerminal
    private let process: pid_t
    private let screen: Mutex<Screen>
    private let received = Mutex<[UInt8]>([])
    private let hasRead = DispatchSemaphore(value: 0)

    /// - Parameter script: What a shell of the host runs instead, with the program as `$0` and the arguments as `$@`.
    init(
        _ lectern: LecternProgram, _ arguments: [String], script: String? = nil, columns: Int = 100, rows: Int = 30
    ) throws {
        terminal = try PseudoTerminal.open(columns: columns, rows: rows)
        screen = Mutex(Screen(columns: columns, rows: rows, nonce: ""))
        var environment = lectern.environment
        environment["TERM"] = "xterm-256color"
        let program = LecternProgram.directory.appending(path: "lectern").path
        process = try terminal.spawn(
            executable: script == nil ? program : "/bin/bash",
            arguments: script.map { ["bash", "-c", $0, program] + arguments } ?? ["lectern"] + arguments,
            environment: environment.map { "\($0)=\($1)" }, directory: LecternProgram.repository.path)
        Thread { [self] in
            read()
            hasRead.signal()
        }.start()
    }

    deinit { terminal.close() }

    /// Takes in what the program shows, until it has ended.
    private func read() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            var entry = pollfd(fd: terminal.master, events: Int16(POLLIN), revents: 0)
            guard poll(&entry, 1, -1) >= 0 || errno == EINTR else { return }
            let count = Glibc.read(terminal.master, &buffer, buffer.count)
            if count > 0 {
                screen.withLock { $0.feed(buffer[..<count]) }
                received.withLock { $0 += buffer[..<count] }
            }
            if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR { return }
        }
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(terminal.master, bytes, bytes.count)
    }

    func resize(columns: Int, rows: Int) {
        screen.withLock { $0.resize(columns: columns, rows: rows) }
        terminal.resize(columns: columns, rows: rows)
    }

    /// Every byte that the window was sent.
    var bytes: [UInt8] { received.withLock { $0 } }

    /// What the window shows.
    var shown: [String] { screen.withLock { $0.snapshot.lines } }

    /// That, and what can be scrolled back to.
    var history: String { screen.withLock { $0.transcript(since: 0).text } }

    /// The window's terminal collects lines and echoes, as it did before the program ran.
    var isCooked: Bool {
        var modes = termios()
        let wanted = tcflag_t(ICANON | ECHO | ISIG)
        return tcgetattr(terminal.master, &modes) == 0 && modes.c_lflag & wanted == wanted
    }

    /// Waits until the window shows something; gives up after twenty seconds.
    func wait(for what: String, where holds: ([String]) -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while !holds(shown) {
            try #require(
                ContinuousClock.now < deadline, "no \(what) in the window:\n\(shown.joined(separator: "\n"))")
            // A window tells nobody of its changes: it is looked at again.
            usleep(5000)
        }
    }

    func wait(for text: String) throws {
        try wait(for: "'\(text)'") { $0.contains { $0.contains(text) } }
    }

    func kill() { Glibc.kill(process, SIGKILL) }

    /// Waits for the program's end, twenty seconds at most.
    ///
    /// - Returns: Its exit status, or minus the signal that ended it.
    func end() throws -> Int32 {
        let deadline = ContinuousClock.now + .seconds(20)
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 {
            guard ContinuousClock.now < deadline else {
                kill()
                waitpid(process, &status, 0)
                Issue.record("the program didn't end; the window showed\n\(shown.joined(separator: "\n"))")
                return -1
            }
            // Nothing but a look tells of one child's end.
            usleep(5000)
        }
        hasRead.wait()
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    }
}

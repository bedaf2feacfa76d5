import Foundation
import LocalTerminals
import PseudoTerminals
import TerminalScreens
import TerminalSessions
import Testing

/// A real shell on a real pseudo-terminal, in an empty home directory that goes with it.
struct TestTerminal {
    let session: TerminalSession
    let home: URL

    static func with(
        columns: Int = 100, rows: Int = 30, _ body: (TestTerminal) async throws -> Void
    ) async throws {
        let home = FileManager.default.temporaryDirectory.appending(path: "terminals-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: home) }
        let nonce = UUID().uuidString.filter { $0 != "-" }
        let rcFile = home.appending(path: ".marks")
        let userRcFile = home.appending(path: ".bashrc")
        try "PS1='$ '\n".write(to: userRcFile, atomically: true, encoding: .utf8)
        try ShellSetup.rcFile(nonce: nonce, userRcFile: userRcFile.path).write(
            to: rcFile, atomically: true, encoding: .utf8)
        let terminal = LocalTerminal(
            executable: "/bin/bash", arguments: ShellSetup.bashArguments(rcFile: rcFile.path),
            environment: [
                "TERM=xterm-256color", "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME=\(home.path)",
                "LANG=C.UTF-8", "PS1=$ ", "HISTFILE=/dev/null", "LESSHISTFILE=-",
            ], directory: home.path)
        let session = TerminalSession(name: "T1", nonce: nonce, line: terminal, columns: columns, rows: rows)
        try terminal.open(for: session)
        defer { terminal.close() }
        try await body(TestTerminal(session: session, home: home))
    }

    /// Types a line and waits for a decisive end.
    func line(_ text: String, interrupting: Bool = false, timeout: Double = 20) async throws -> Capture {
        try await finish(TerminalInput(.line(text), interruptsFirst: interrupting, timeout: timeout))
    }

    func keys(_ names: String) async throws -> Capture {
        try await finish(TerminalInput(.keys(try keySequence(named: names)), timeout: 20))
    }

    func text(_ text: String) async throws -> Capture {
        try await finish(TerminalInput(.text(text), timeout: 20))
    }

    func finish(_ input: TerminalInput) async throws -> Capture {
        var capture = try await session.perform(input)
        while case .running = capture.ending { capture = try await session.resume(capture.token) }
        return capture
    }

    /// Types a line and waits until what it prints holds, as a verifier does for servers.
    func line(_ text: String, until holds: (Capture) -> Bool) async throws -> Capture {
        var capture = try await session.perform(TerminalInput(.line(text), timeout: 20))
        while !holds(capture) {
            switch capture.ending {
            case .running, .quiet: capture = try await session.resume(capture.token)
            default: return capture
            }
        }
        return capture
    }

    /// Waits until the screen shows something that no action waits for; gives up after ten seconds.
    func screen(where holds: (ScreenSnapshot) -> Bool) async throws -> ScreenSnapshot {
        let deadline = ContinuousClock.now + .seconds(10)
        while true {
            let screen = await session.screen()
            if holds(screen) { return screen }
            try #require(ContinuousClock.now < deadline, "the screen stayed\n\(screen.lines.joined(separator: "\n"))")
            // A screen tells nobody of its changes: it is looked at again.
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    func write(_ text: String, to name: String) throws {
        try text.write(to: home.appending(path: name), atomically: true, encoding: .utf8)
    }
}

/// Whether a program is installed where test terminals look for it.
func isInstalled(_ program: String) -> Bool {
    ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"].contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
    }
}

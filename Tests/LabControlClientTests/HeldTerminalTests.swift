import AgentProtocol
import FrameConnections
import Glibc
import Labs
import NIOPosix
import PseudoTerminals
import Synchronization
import TerminalSessions
import Testing

@testable import LabControlClient
@testable import LabControlProtocol

/// A terminal that the client holds, with a shell on the other side that a test plays.
private final class PlayedShell: Sendable {
    static let nonce = "n0nce"
    let terminal: PseudoTerminal
    private let slave: Int32

    init() throws {
        terminal = try PseudoTerminal.open(columns: 80, rows: 24)
        slave = open("/dev/pts/\(terminal.number)", O_RDWR | O_NOCTTY)
        // As a line editor has it: what is typed comes at once, and isn't shown.
        var modes = termios()
        tcgetattr(slave, &modes)
        cfmakeraw(&modes)
        tcsetattr(slave, TCSANOW, &modes)
    }

    deinit { close(slave) }

    func print(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(slave, bytes, bytes.count)
    }

    func mark(_ mark: String) { print("\u{1B}]133;\(mark);\(Self.nonce)\u{07}") }

    func prompt() {
        mark("A;0")
        print("$ ")
        mark("B")
    }

    /// What is typed next.
    func typed() async throws -> String {
        // A thread of its own: it waits.
        try await NIOThreadPool.singleton.runIfActive { [slave] in
            var bytes = [UInt8](repeating: 0, count: 256)
            let count = read(slave, &bytes, bytes.count)
            return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
        }
    }

    /// Runs what is typed next: shows it, prints something, and prompts.
    func run(printing output: String, status: Int = 0) async throws {
        let line = try await typed()
        print(line.replacing("\r", with: "\r\n"))
        mark("C")
        print(output)
        mark("D;\(status)")
        prompt()
    }
}

@Suite struct HeldTerminalTests {
    /// What the client asked, but for terminals.
    private final class Requests: Sendable {
        private let all = Mutex<[String]>([])
        var count: Int { all.withLock { $0.count } }
        func add(_ request: ControlRequest) { all.withLock { $0.append("\(request)") } }
    }

    /// Has a client hold T1.
    private func holding(
        _ shell: PlayedShell, asked requests: Requests = Requests(),
        _ body: (PaperServer, FrameConversation, AsyncStream<[UInt8]>) async throws -> Void
    ) async throws {
        let (conversations, conversation) = AsyncStream<FrameConversation>.makeStream()
        let server = try await PaperServer { request, asked in
            requests.add(request)
            guard case .hold = request else { return try asked.reply(true) }
            conversation.yield(asked)
        }
        server.client.holdTerminals()
        async let first = server.client.perform(TerminalInput(.text("")), in: "T1")
        for await held in conversations {
            let (shown, show) = AsyncStream<[UInt8]>.makeStream()
            // Ends with the connection.
            let answers = Task {
                for try await frame in held.frames {
                    switch frame.kind {
                    case ControlFrame.bytes: show.yield(frame.payload)
                    case ControlFrame.foreground:
                        held.send(kind: ControlFrame.foreground, ForegroundState(state: "R").encoded())
                    default: break
                    }
                }
            }
            defer { answers.cancel() }
            try server.pass(
                shell.terminal, HeldShell(nonce: PlayedShell.nonce, size: TerminalSize(columns: 80, rows: 24)), in: held
            )
            shell.prompt()
            let opened = try await first
            #expect(opened.ending == .status(0))
            try await body(server, held, shown)
            break
        }
        server.vanish()
    }

    @Test("a step's output and status come without a word to the supervisor")
    func steps() async throws {
        let shell = try PlayedShell()
        let requests = Requests()
        try await holding(shell, asked: requests) { server, _, _ in
            for step in 0..<20 {
                async let capture = server.client.perform(TerminalInput(.line("echo \(step)")), in: "T1")
                try await shell.run(printing: "said \(step)\r\n", status: step % 3)
                let done = try await capture
                #expect(done.text == "said \(step)")
                #expect(done.ending == .status(Int32(step % 3)))
            }
            #expect(requests.count == 1)
        }
    }

    @Test("what others type reaches the shell, and what they are shown is the screen")
    func others() async throws {
        let shell = try PlayedShell()
        try await holding(shell) { _, held, stream in
            held.send(kind: ControlFrame.bytes, Array("ls".utf8))
            let typed = try await shell.typed()
            #expect(typed == "ls")
            held.send(kind: ControlFrame.follow)
            var shown = ""
            for await bytes in stream {
                let isFirst = shown.isEmpty
                shown += String(decoding: bytes, as: UTF8.self)
                if isFirst { shell.print("more\r\n") }
                if shown.contains("more") { break }
            }
            #expect(shown.contains("$ "))
        }
    }

    @Test("a size that another window gives reaches the terminal")
    func sizes() async throws {
        let shell = try PlayedShell()
        try await holding(shell) { server, held, _ in
            held.send(kind: ControlFrame.size, try encode(TerminalSize(columns: 33, rows: 11)))
            // Frames are taken in order.
            held.send(kind: ControlFrame.bytes, Array("x".utf8))
            _ = try await shell.typed()
            var size = winsize()
            _ = ioctl(shell.terminal.master, UInt(TIOCGWINSZ), &size)
            #expect(size.ws_col == 33 && size.ws_row == 11)
        }
    }

    @Test("a shell's end comes after all that it printed")
    func shellEnd() async throws {
        let shell = try PlayedShell()
        try await holding(shell) { server, held, _ in
            async let capture = server.client.perform(TerminalInput(.line("exit 5")), in: "T1")
            _ = try await shell.typed()
            shell.print("exit 5\r\n")
            shell.mark("C")
            shell.print("bye\r\n")
            held.send(kind: ControlFrame.ended, try encode(Optional(AgentProtocol.ExitStatus.code(5))))
            let ended = try await capture
            #expect(ended.text == "bye")
            #expect(ended.ending == .shellEnded(5))
        }
    }

    @Test("an action under way learns why the lab has ended, and so does the next one")
    func labEnd() async throws {
        let reason = LabError(code: .labEnded, problem: "the sandbox fell over")
        let shell = try PlayedShell()
        try await holding(shell) { server, held, _ in
            let action = Task { [client = server.client] in
                try await client.perform(TerminalInput(.line("sleep 100")), in: "T1")
            }
            _ = try await shell.typed()
            held.fail(reason)
            await #expect(throws: reason) { try await action.value }
            await #expect(throws: reason) { try await server.client.perform(TerminalInput(.line("ls")), in: "T1") }
        }
    }

    @Test("an action under way learns that the supervisor has gone")
    func supervisorEnd() async throws {
        let shell = try PlayedShell()
        try await holding(shell) { server, held, _ in
            let action = Task { [client = server.client] in
                try await client.perform(TerminalInput(.line("sleep 100")), in: "T1")
            }
            _ = try await shell.typed()
            server.vanish()
            let error = await #expect(throws: LabError.self) { try await action.value }
            #expect(error?.code == .supervisorGone)
        }
    }

    @Test("a terminal that cannot be held is used through the supervisor")
    func refusal() async throws {
        let (performed, perform) = AsyncStream<String>.makeStream()
        let server = try await PaperServer { request, conversation in
            switch request {
            case .hold: conversation.send(kind: ControlFrame.end)
            case .perform(let terminal, _):
                perform.yield(terminal)
                conversation.fail(LabError(code: .notReady, problem: "enough"))
            default: break
            }
        }
        server.client.holdTerminals()
        let error = await #expect(throws: LabError.self) {
            try await server.client.perform(TerminalInput(.line("ls")), in: "T2")
        }
        #expect(error?.problem == "enough")
        for await terminal in performed {
            #expect(terminal == "T2")
            break
        }
        server.vanish()
    }

    @Test("a supervisor that passes something else than it says is an error, not a hang")
    func nothingPassed() async throws {
        let server = try await PaperServer { _, conversation in
            let shell = HeldShell(nonce: PlayedShell.nonce, size: TerminalSize(columns: 80, rows: 24))
            conversation.send(kind: ControlFrame.opened, try encode(shell))
        }
        server.client.holdTerminals()
        let error = await #expect(throws: LabError.self) {
            try await server.client.perform(TerminalInput(.line("ls")), in: "T1")
        }
        #expect(error?.problem == "terminal 'T1' was not passed")
        server.vanish()
    }
}

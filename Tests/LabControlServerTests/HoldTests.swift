import AgentProtocol
import FrameConnections
import Labs
import PseudoTerminals
import Testing

@testable import LabControlProtocol
@testable import LabControlServer
@testable import TerminalSessions

/// What becomes of a terminal that the client reads and writes which made the lab.
@Suite struct HoldTests {
    /// Holds T1, and says which terminal was passed.
    private func hold(
        _ lab: PaperLab
    ) async throws -> (conversation: FrameConversation, frames: FrameConnection.Frames.Iterator, number: Int32) {
        let conversation = try lab.ask(.hold(terminal: "T1"))
        var frames = conversation.frames.makeAsyncIterator()
        let opened = try #require(try await frames.next())
        #expect(opened.kind == ControlFrame.opened)
        let terminal = try #require(lab.passed.take(conversation.number))
        defer { terminal.close() }
        return (conversation, frames, terminal.number)
    }

    private func attach(_ lab: PaperLab) throws -> FrameConversation {
        try lab.ask(.attach(terminal: "T1", TerminalSize(columns: 120, rows: 40), isReadOnly: false))
    }

    @Test("the terminal that the agent opened is passed on")
    func passing() async throws {
        try await PaperLab.with { lab in
            let held = try await hold(lab)
            #expect(lab.pod.paperAgent.passedNumbers == [held.number])
        }
    }

    @Test("a terminal that somebody has used before isn't given away, and neither is one that is recorded")
    func refusals() async throws {
        try await PaperLab.with { lab in
            for try await _ in try attach(lab).frames { break }
            for try await frame in try lab.ask(.hold(terminal: "T1")).frames {
                #expect(frame.kind == ControlFrame.end)
                break
            }
        }
        try await PaperLab.with { lab in
            for try await _ in try lab.ask(.record).frames { break }
            for try await frame in try lab.ask(.hold(terminal: "T1")).frames {
                #expect(frame.kind == ControlFrame.end)
                break
            }
        }
    }

    @Test("who looks in sees what the holder shows, and what they type goes to the holder")
    func looking() async throws {
        try await PaperLab.with { lab in
            var held = try await hold(lab)
            let person = try attach(lab)
            #expect(try await held.frames.next()?.kind == ControlFrame.follow)
            held.conversation.send(kind: ControlFrame.bytes, Array("what is there".utf8))
            var seen = ""
            for try await frame in person.frames where frame.kind == ControlFrame.bytes {
                seen += String(decoding: frame.payload, as: UTF8.self)
                if seen.contains("what is there") { break }
            }
            person.send(kind: ControlFrame.bytes, Array("ls\r".utf8))
            var typed: [UInt8] = []
            while typed.isEmpty, let frame = try await held.frames.next() {
                if frame.kind == ControlFrame.bytes { typed = frame.payload }
            }
            #expect(typed == Array("ls\r".utf8))
        }
    }

    @Test("a window's size goes to the holder")
    func resizing() async throws {
        try await PaperLab.with { lab in
            var held = try await hold(lab)
            for try await _ in try lab.ask(.resize(terminal: "T1", TerminalSize(columns: 90, rows: 30))).frames {
                break
            }
            let frame = try #require(try await held.frames.next())
            #expect(frame.kind == ControlFrame.size)
            #expect(try decode(TerminalSize.self, from: frame.payload) == TerminalSize(columns: 90, rows: 30))
        }
    }

    @Test("another client cannot type an action into it meanwhile")
    func performing() async throws {
        try await PaperLab.with { lab in
            _ = try await hold(lab)
            for try await frame in try lab.ask(.perform(terminal: "T1", TerminalInput(.line("ls")))).frames {
                #expect(frame.kind == ControlFrame.failure)
                #expect(try decode(LabError.self, from: frame.payload).code == .terminalUnusable)
                break
            }
        }
    }

    @Test("the holder is told how a shell has ended, and gets the next one")
    func ending() async throws {
        try await PaperLab.with { lab in
            var held = try await hold(lab)
            lab.pod.paperAgent.endShell(try #require(lab.pod.paperAgent.terminals.first), .code(4))
            // The paper agent answers pings, so the lab is known to go on.
            let frame = try #require(try await held.frames.next())
            #expect(frame.kind == ControlFrame.ended)
            #expect(try decode(Optional<AgentProtocol.ExitStatus>.self, from: frame.payload) == .code(4))
            let next = try await hold(lab)
            #expect(next.number != held.number)
        }
    }

    @Test("a lab that ends by itself is told with its reason, and no shell's end before it")
    func collapse() async throws {
        let reason = LabError(code: .labEnded, problem: "the sandbox fell over")
        try await PaperLab.with { lab in
            var held = try await hold(lab)
            lab.pod.collapse(reason)
            let frame = try #require(try await held.frames.next())
            #expect(frame.kind == ControlFrame.failure)
            #expect(try decode(LabError.self, from: frame.payload) == reason)
        }
    }

    @Test("a reset ends the shell, and the terminal that is held afterwards is another")
    func reset() async throws {
        try await PaperLab.with { lab in
            var held = try await hold(lab)
            for try await frame in try lab.ask(.reset).frames {
                if case .ready = try decode(LabEvent.self, from: frame.payload) { break }
            }
            #expect(try await held.frames.next()?.kind == ControlFrame.ended)
            let next = try await hold(lab)
            #expect(next.number != held.number)
        }
    }
}

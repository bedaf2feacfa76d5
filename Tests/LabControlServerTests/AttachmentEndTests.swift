import AgentProtocol
import FrameConnections
import Labs
import Testing

@testable import LabControlProtocol
@testable import LabControlServer

@Suite struct AttachmentEndTests {
    /// Attaches to T1 and, once the screen has come, does something; then says why the attachment ended.
    private func end(_ lab: PaperLab, after change: () async throws -> Void) async throws -> AttachmentEnd? {
        let conversation = try lab.ask(.attach(terminal: "T1", TerminalSize(columns: 80, rows: 24), isReadOnly: false))
        var hasScreen = false
        for try await frame in conversation.frames {
            switch frame.kind {
            case ControlFrame.end: return try decode(AttachmentEnd.self, from: frame.payload)
            case ControlFrame.failure: throw try decode(LabError.self, from: frame.payload)
            default: if !hasScreen { try await change() }
            }
            hasScreen = true
        }
        return nil
    }

    @Test(
        "a shell that ends by itself is told with its status",
        arguments: [.code(3), .signal(15)] as [AgentProtocol.ExitStatus])
    func shell(status: AgentProtocol.ExitStatus) async throws {
        try await PaperLab.with { lab in
            let end = try await end(lab) {
                let shell = try #require(lab.pod.paperAgent.terminals.first)
                lab.pod.paperAgent.endShell(shell, status)
            }
            #expect(end == .shellEnded(status))
        }
    }

    @Test("a lab that ends by itself is told with its reason, though its shells go first")
    func collapse() async throws {
        let reason = LabError(code: .labEnded, problem: "the sandbox fell over")
        try await PaperLab.with { lab in
            let end = try await end(lab) { lab.pod.collapse(reason) }
            #expect(end == .labEnded(reason))
        }
    }

    @Test("a lab that somebody takes down has no reason of its own")
    func stop() async throws {
        try await PaperLab.with { lab in
            let end = try await end(lab) { Task { await lab.supervision.stop() } }
            #expect(end == .labEnded(nil))
        }
    }

    @Test("a reset lets people go, and says so")
    func reset() async throws {
        try await PaperLab.with { lab in
            let end = try await end(lab) { _ = try lab.ask(.reset) }
            #expect(end == .labReset)
        }
    }
}

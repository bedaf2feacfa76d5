import AgentProtocol
import FrameConnections
import LabControlClient
import Labs
import Testing

@testable import LabControlProtocol

@Suite struct AttachmentTests {
    @Test(
        "a person is told why the terminal is no longer the lab's",
        arguments: [
            .shellEnded(.code(3)), .shellEnded(.signal(9)), .labReset, .labEnded(nil),
            .labEnded(LabError(code: .labEnded, problem: "the sandbox fell over", logTail: "oom")), .connectionLost,
        ] as [AttachmentEnd])
    func theEndIsTold(end: AttachmentEnd) async throws {
        let server = try await PaperServer { _, conversation in
            conversation.send(kind: ControlFrame.bytes, Array("$ ".utf8))
            conversation.send(kind: ControlFrame.end, try encode(end))
        }
        let attachment = try server.client.attach(to: "T1", columns: 80, rows: 24)
        var shown: [UInt8] = []
        #expect(try await attachment.read { shown += $0 } == end)
        #expect(shown == Array("$ ".utf8))
    }

    @Test("whoever leaves is told that he left")
    func leaving() async throws {
        let server = try await PaperServer { _, conversation in
            conversation.send(kind: ControlFrame.bytes, Array("$ ".utf8))
        }
        let attachment = try server.client.attach(to: "T1", columns: 80, rows: 24)
        #expect(try await attachment.read { _ in attachment.detach() } == .detached)
    }

    @Test("a supervisor that vanishes is a lost connection, not a person who left")
    func vanishing() async throws {
        let server = try await PaperServer { _, conversation in
            conversation.send(kind: ControlFrame.bytes, Array("$ ".utf8))
        }
        let attachment = try server.client.attach(to: "T1", columns: 80, rows: 24)
        #expect(try await attachment.read { _ in server.vanish() } == .connectionLost)
    }

    @Test("a terminal that can't be attached to is an error")
    func refusal() async throws {
        let refusal = LabError(code: .noSuchTerminal, problem: "'T100' is no terminal")
        let server = try await PaperServer { _, conversation in conversation.fail(refusal) }
        let attachment = try server.client.attach(to: "T100", columns: 80, rows: 24)
        await #expect(throws: refusal) { try await attachment.read { _ in } }
    }
}

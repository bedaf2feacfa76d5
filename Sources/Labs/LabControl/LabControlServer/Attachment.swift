import AgentProtocol
import FrameConnections
import LabAgents
import LabControlProtocol
import Labs
import TerminalSessions

/// One person at one terminal.
struct Attachment: Sendable {
    let terminal: LabTerminal
    let conversation: FrameConversation
    /// What the client types goes nowhere, and its window counts for nothing.
    let isReadOnly: Bool

    /// Repaints the screen, then relays both ways until the client leaves, its connection ends or the shell does.
    ///
    /// - Returns: How the shell ended; `nil` when the client has left.
    func run(window: TerminalSize) async throws -> LabTerminal.End? {
        guard !isReadOnly else { return try await relay(as: nil) }
        return try await terminal.withPerson(window) { try await relay(as: $0) }
    }

    private func relay(as person: TerminalPeople.Person?) async throws -> LabTerminal.End? {
        let (snapshot, stream) = await terminal.session.attach()
        try await conversation.sendAndWait(kind: ControlFrame.bytes, snapshot)
        return await withTaskGroup(of: LabTerminal.End?.self) { group in
            group.addTask {
                await show(stream)
                return nil
            }
            group.addTask {
                try? await receive(from: person)
                return nil
            }
            group.addTask { await terminal.waitUntilEnded() }
            let end = await group.next() ?? nil
            group.cancelAll()
            // What the shell said last is in the stream still; releases the task that waits for the client, too.
            conversation.close()
            return end
        }
    }

    /// Sends what the terminal shows; a client that is too slow for its stream gets the screen again.
    private func show(_ first: AsyncStream<[UInt8]>) async {
        var stream = first
        while true {
            for await bytes in stream {
                guard (try? await conversation.sendAndWait(kind: ControlFrame.bytes, bytes)) != nil else { return }
            }
            guard !Task.isCancelled else { return }
            let (snapshot, next) = await terminal.session.attach()
            guard (try? await conversation.sendAndWait(kind: ControlFrame.bytes, snapshot)) != nil else { return }
            stream = next
        }
    }

    private func receive(from person: TerminalPeople.Person?) async throws {
        for try await frame in conversation.frames {
            switch frame.kind {
            case ControlFrame.bytes:
                guard let person else { continue }
                await terminal.type(frame.payload, by: person)
            case ControlFrame.size:
                guard let person else { continue }
                await terminal.resize(try decode(from: frame.payload), by: person)
            case ControlFrame.end: return
            default: break
            }
        }
    }
}

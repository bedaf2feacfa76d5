import AgentProtocol
import LabAgents
import Labs
import TerminalSessions

/// One person at one terminal.
struct Attachment: Sendable {
    let terminal: LabTerminal
    let conversation: FrameConversation

    /// Repaints the screen, then relays both ways until the client leaves, its connection ends or the shell does.
    func run(columns: Int, rows: Int) async throws {
        try await terminal.withPerson(columns: columns, rows: rows) { try await relay() }
    }

    private func relay() async throws {
        let (snapshot, stream) = await terminal.session.attach()
        try await conversation.sendAndWait(kind: ControlFrame.bytes, snapshot)
        await withTaskGroup { group in
            group.addTask {
                for await bytes in stream {
                    guard (try? await conversation.sendAndWait(kind: ControlFrame.bytes, bytes)) != nil else { return }
                }
            }
            group.addTask { try? await receive() }
            group.addTask { await terminal.waitUntilEnded() }
            await group.next()
            group.cancelAll()
            // Releases the task that waits for the client, and the stream of the one that sends to it.
            conversation.send(kind: ControlFrame.end)
            conversation.close()
        }
    }

    private func receive() async throws {
        for try await frame in conversation.frames {
            switch frame.kind {
            case ControlFrame.bytes: await terminal.session.type(frame.payload)
            case ControlFrame.size:
                let size: TerminalSize = try decode(from: frame.payload)
                await terminal.session.resize(columns: size.columns, rows: size.rows)
            case ControlFrame.end: return
            default: break
            }
        }
    }
}

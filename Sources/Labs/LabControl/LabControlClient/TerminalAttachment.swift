import AgentProtocol
import FrameConnections
public import LabControlProtocol
import Labs

/// A person's connection to a terminal of a lab: first what repaints its screen, then what it prints.
public struct TerminalAttachment: Sendable {
    let conversation: FrameConversation

    /// Hands over what the terminal shows until it's detached, its shell ends or the lab does; for one caller.
    ///
    /// - Returns: Why it ended. A lab that goes away under the person is a result too.
    /// - Throws: ``LabError`` when the terminal can't be attached to.
    @discardableResult
    public func read(_ body: ([UInt8]) -> Void) async throws -> AttachmentEnd {
        do {
            let end: AttachmentEnd? = try await conversation.expectingFrames {
                for try await frame in conversation.frames {
                    switch frame.kind {
                    case ControlFrame.bytes: body(frame.payload)
                    case ControlFrame.failure: throw try decode(LabError.self, from: frame.payload)
                    case ControlFrame.end: return try decode(AttachmentEnd.self, from: frame.payload)
                    default: return .connectionLost
                    }
                }
                return nil
            }
            if let end { return end }
        } catch is ConnectionClosed {
            return .connectionLost
        } catch is PeerSilent {
            return .connectionLost
        }
        // Only this side finishes the conversation without a last frame.
        return .detached
    }

    /// Types keys, as a terminal sends them; nothing when the attachment is read-only.
    public func type(_ bytes: [UInt8]) {
        conversation.send(kind: ControlFrame.bytes, bytes)
    }

    /// In character cells.
    public func resize(columns: Int, rows: Int) {
        guard let bytes = try? encode(TerminalSize(columns: columns, rows: rows)) else { return }
        conversation.send(kind: ControlFrame.size, bytes)
    }

    /// Leaves the terminal as it is.
    public func detach() {
        conversation.send(kind: ControlFrame.end)
        conversation.close()
    }
}

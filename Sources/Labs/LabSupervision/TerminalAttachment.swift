import AgentProtocol
import LabAgents
import Labs

/// How a person's connection to a terminal of a lab ended.
public enum AttachmentEnd: Equatable, Sendable {
    /// The person left.
    case detached
    case labEnded(reason: String)
    case labReset
    /// The terminal's shell ended, with a status when one is known.
    case shellEnded(status: Int32?)
    /// The supervisor is gone, and didn't say why.
    case connectionLost
}

/// A person's connection to a terminal of a lab: first what repaints its screen, then what it prints.
public struct TerminalAttachment: Sendable {
    let conversation: FrameConversation

    /// Hands over what the terminal shows until it's detached, its shell ends or the lab does.
    ///
    /// - Returns: How it ended.
    /// - Throws: ``LabError`` when the terminal can't be attached to.
    public func read(_ body: ([UInt8]) -> Void) async throws -> AttachmentEnd {
        do {
            for try await frame in conversation.frames {
                switch frame.kind {
                case ControlFrame.bytes: body(frame.payload)
                case ControlFrame.failure: throw try decode(LabError.self, from: frame.payload)
                default: return .shellEnded(status: nil)
                }
            }
        } catch is ConnectionClosed {
            return .connectionLost
        }
        return .connectionLost
    }

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

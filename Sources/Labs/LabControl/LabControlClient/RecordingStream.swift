import AgentProtocol
import FrameConnections
import LabControlProtocol
import Labs

/// The recordings of a lab's terminals, as asciicast text that grows while things happen.
public struct RecordingStream: Sendable {
    let conversation: FrameConversation

    /// Hands over the next lines of a terminal's recording, until ``finish()`` was called or the lab is gone.
    ///
    /// Not to be cancelled: what was recorded until the end is to be handed over, too.
    ///
    /// - Parameter write: Takes the terminal's name and whole lines; the terminal is held up while it works.
    public func read(_ write: (String, [UInt8]) -> Void) async {
        // Without a supervisor, or one that answers, there's no more to come.
        try? await conversation.expectingFrames {
            for try await frame in conversation.frames {
                guard frame.kind == ControlFrame.bytes, let length = frame.payload.first.map(Int.init),
                    frame.payload.count > length
                else { break }
                let name = String(decoding: frame.payload[1...length], as: UTF8.self)
                write(name, Array(frame.payload[(1 + length)...]))
                conversation.send(kind: ControlFrame.bytes)
            }
        }
        conversation.close()
    }

    /// Asks for what is left.
    public func finish() {
        conversation.send(kind: ControlFrame.end)
    }
}

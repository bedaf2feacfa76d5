public import AgentProtocol
import FrameConnections

/// A service's process that runs, or ran, in the lab.
public struct AgentProcess: Sendable {
    /// Inside the sandbox.
    public let pid: Int32
    /// Names the process in ``LabAgent/usage()``.
    public let channel: UInt32
    private let conversation: FrameConversation
    private let end: Task<ExitStatus?, Never>

    init(
        pid: Int32, conversation: FrameConversation, output: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.pid = pid
        self.conversation = conversation
        channel = conversation.number
        // Lives as long as the process; ends at the latest with the connection to the agent.
        end = Task {
            defer { conversation.close() }
            do {
                for try await frame in conversation.frames {
                    switch try AgentEvent(frame) {
                    case .data(let bytes):
                        output(bytes)
                        let credit = AgentRequest.credit(UInt32(clamping: bytes.count))
                        conversation.connection.send(credit.frame(on: conversation.number))
                    case .exited(let status): return status
                    default: break
                    }
                }
            } catch {}
            return nil
        }
    }

    /// Waits for the end of the process.
    ///
    /// - Returns: `nil` when the whole lab ended first.
    public func exit() async -> ExitStatus? {
        await end.value
    }

    /// Sends a signal to the process and its group; to a process that has ended it does nothing.
    public func send(signal: Int32) {
        conversation.connection.send(AgentRequest.signal(signal).frame(on: conversation.number))
    }
}

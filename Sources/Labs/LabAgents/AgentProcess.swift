public import AgentProtocol
import FrameConnections
import Synchronization

/// A service's process that runs, or ran, in the lab.
public struct AgentProcess: Sendable {
    /// Inside the sandbox.
    public let pid: Int32
    /// Names the process in ``LabAgent/usage()``.
    public let channel: UInt32
    private let conversation: FrameConversation
    private let noted: NotedExit
    private let end: Task<ExitStatus?, Never>

    init(
        pid: Int32, conversation: FrameConversation, noted: NotedExit, output: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.pid = pid
        self.conversation = conversation
        self.noted = noted
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

    /// How the process ended, as far as the agent has said; `nil` while it runs. After ``LabAgent/ping()`` it's true of the
    /// moment of the ping.
    public var knownExit: ExitStatus? { noted.status }

    /// Sends a signal to the process and its group; to a process that has ended it does nothing.
    public func send(signal: Int32) {
        conversation.connection.send(AgentRequest.signal(signal).frame(on: conversation.number))
    }
}

/// The end of a process, known as soon as its frame has arrived, before anything that came later.
final class NotedExit: Sendable {
    private let exit = Mutex<ExitStatus?>(nil)

    var status: ExitStatus? { exit.withLock { $0 } }

    func note(_ frame: Frame) {
        guard case .exited(let status) = try? AgentEvent(frame) else { return }
        exit.withLock { $0 = status }
    }
}

import AgentProtocol
import FrameConnections
import LabAgents
import LabControlProtocol
import Labs

/// Sends a service's log to a client.
struct LogStream {
    let pod: any LabPod
    let service: String
    let conversation: FrameConversation
    /// Returns when the lab has ended.
    let waitUntilStopped: @Sendable () async -> Void

    /// - Parameter follow: Goes on with what is appended, until the client leaves.
    func send(follow: Bool) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await pod.readLog(of: service, follow: follow) { bytes in
                    try await conversation.sendAndWait(kind: ControlFrame.bytes, bytes)
                }
            }
            if follow {
                group.addTask {
                    for try await frame in conversation.frames where frame.kind == ControlFrame.end { return }
                }
                group.addTask { _ = await value(of: Task { await waitUntilStopped() }) }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
        conversation.send(kind: ControlFrame.end)
    }
}

import AgentProtocol
import Glibc
import LabAgents

/// Sends a log file to a client.
struct LogStream {
    let path: String
    let conversation: FrameConversation

    /// - Parameter follow: Goes on with what is appended, until the client leaves.
    func send(follow: Bool) async throws {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        // A service that has printed nothing may have no file yet.
        defer { if file >= 0 { close(file) } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while file >= 0 {
                    let bytes = readSome(file)
                    if !bytes.isEmpty {
                        try await conversation.sendAndWait(kind: ControlFrame.bytes, bytes)
                    } else if follow {
                        try await Task.sleep(for: .milliseconds(100))
                    } else {
                        break
                    }
                }
            }
            if follow {
                group.addTask {
                    for try await frame in conversation.frames where frame.kind == ControlFrame.end { return }
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
        conversation.send(kind: ControlFrame.end)
    }
}

private func readSome(_ file: Int32) -> [UInt8] {
    withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
        let count = read(file, buffer.baseAddress!, buffer.count)
        return count > 0 ? Array(UnsafeRawBufferPointer(rebasing: buffer[..<count])) : []
    }
}

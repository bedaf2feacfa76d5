import AgentProtocol
import FrameConnections
import Synchronization

/// A TCP connection to a port inside the lab.
///
/// One task may read while another writes. A reader that stops reading stops the sender.
public struct AgentStream: Sendable {
    private let conversation: FrameConversation
    private let credit: Credit
    private let incoming: AsyncThrowingStream<[UInt8], any Error>
    private let pump: Task<Void, Never>

    init(conversation: FrameConversation) {
        self.conversation = conversation
        let credit = Credit(AgentEvent.window)
        self.credit = credit
        let (incoming, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
        self.incoming = incoming
        // Sorts what arrives into bytes for the reader and credit for the writer; ends with the conversation. The window
        // bounds what waits for the reader.
        pump = Task {
            do {
                for try await frame in conversation.frames {
                    switch try AgentEvent(frame) {
                    case .data(let bytes): continuation.yield(bytes)
                    case .credit(let count): credit.add(Int(count))
                    case .endOfStream: continuation.finish()
                    case .closed:
                        continuation.finish()
                        credit.close()
                        return
                    default: break
                    }
                }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
            credit.close()
        }
    }

    /// Hands each piece to `body`, in order, until the other side has nothing more.
    public func read(_ body: ([UInt8]) async throws -> Bool) async throws {
        for try await bytes in incoming {
            guard try await body(bytes) else { return }
            conversation.connection.send(AgentRequest.credit(UInt32(bytes.count)).frame(on: conversation.number))
        }
    }

    /// Writes, waiting while the other side is behind.
    ///
    /// - Returns: `false` when the stream is closed and the bytes went nowhere.
    public func write(_ bytes: [UInt8]) async -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = await credit.take(upTo: min(rest.count, 64 * 1024))
            guard count > 0 else { return false }
            conversation.connection.send(
                AgentRequest.data(Array(rest.prefix(count))).frame(on: conversation.number))
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Says that nothing more will be written.
    public func finishWriting() {
        conversation.connection.send(AgentRequest.finish.frame(on: conversation.number))
    }

    /// Ends both directions: reading ends, writing returns `false`, and the service sees its connection closed.
    public func close() {
        conversation.connection.send(AgentRequest.close.frame(on: conversation.number))
        conversation.close()
        credit.close()
    }
}

/// Bytes that may still be sent; one writer waits for more.
private final class Credit: Sendable {
    private struct State {
        var left: Int
        var isClosed = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(left: count))
    }

    func add(_ count: Int) {
        wake { $0.left += count }
    }

    func close() {
        wake { $0.isClosed = true }
    }

    /// - Returns: 0 once closed.
    func take(upTo wanted: Int) async -> Int {
        while true {
            let taken: Int? = state.withLock { state in
                if state.isClosed { return 0 }
                guard state.left > 0 else { return nil }
                let count = min(wanted, state.left)
                state.left -= count
                return count
            }
            if let taken { return taken }
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.isClosed || state.left > 0 { return true }
                    state.waiter = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiter = state.withLock { state in
            change(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}

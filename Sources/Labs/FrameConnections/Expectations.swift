import AgentProtocol
import Synchronization

/// The other side of a connection gives no sign of life, though it was asked for one.
public struct PeerSilent: Error {}

extension FrameConnection {
    /// Waits for something that the other side is to do, for as long as it shows that it's alive.
    ///
    /// How long the answer takes doesn't matter: a side that is merely busy answers pings. One that was stopped, or hangs,
    /// doesn't. Nothing is sent, and nothing wakes, while nobody waits or while frames come.
    ///
    /// - Parameters:
    ///   - patience: For how long there may be no sign of life; rounded up to whole looks of 0.75 s.
    ///   - body: Is cancelled when it's given up, and left behind if it doesn't heed that.
    /// - Throws: ``PeerSilent``, what the body throws, and `CancellationError`.
    public func expectingAnswer<Value: Sendable>(
        patience: Duration = .milliseconds(3750), _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let (results, result) = AsyncThrowingStream<Value, any Error>.makeStream(bufferingPolicy: .bufferingOldest(1))
        // Cancelled in the end, when it isn't through.
        let task = Task(executorPreference: executor) {
            do {
                result.yield(try await body())
                result.finish()
            } catch {
                result.finish(throwing: error)
            }
        }
        let number = expect(patience) { result.finish(throwing: PeerSilent()) }
        defer {
            expectations.remove(number)
            task.cancel()
        }
        for try await value in results { return value }
        throw CancellationError()
    }

    fileprivate func expect(_ patience: Duration, giveUp: @escaping @Sendable () -> Void) -> Int {
        expectations.add(patience: patience, giveUp: giveUp) {
            // Ends by itself, soon after the last expectation has.
            Task { await self.watch() }
        }
    }

    /// Returns once the other side has answered a ping: what it sent before has arrived.
    ///
    /// Waits for ever for one that doesn't answer; see ``expectingAnswer(patience:_:)``.
    ///
    /// - Throws: ``ConnectionClosed``, and `CancellationError`.
    public func ping() async throws {
        let (pongs, pong) = AsyncThrowingStream<Void, any Error>.makeStream()
        expectations.addPing(pong) { send(.ping) }
        for try await _ in pongs { return }
        throw CancellationError()
    }

    private func watch() async {
        while true {
            // A clock alone can't tell: whoever was stopped together with the other side must see that it goes on.
            try? await Task.sleep(for: Expectations.pause)
            switch expectations.look() {
            case .nobodyWaits: return
            case .alive: break
            case .silent: expectations.addPing(nil) { send(.ping) }
            }
        }
    }
}

extension FrameConversation {
    /// Reads the conversation's frames, for as long as the other side shows that it's alive: otherwise they end with
    /// ``PeerSilent``. See ``FrameConnection/expectingAnswer(patience:_:)``.
    public func expectingFrames<Value>(
        patience: Duration = .milliseconds(3750), _ body: () async throws -> Value
    ) async rethrows -> Value {
        let expectation = connection.expect(patience) { [self] in
            connection.finish(number, throwing: PeerSilent())
        }
        defer { connection.expectations.remove(expectation) }
        return try await body()
    }
}

/// Those who wait for an answer, and when the other side last gave a sign of life.
final class Expectations: Sendable {
    /// Between two looks.
    static let pause = Duration.milliseconds(750)

    enum Finding {
        case nobodyWaits
        case alive
        case silent
    }

    private struct Sample {
        let patience: Int
        let giveUp: @Sendable () -> Void
        /// Looks in a row that found nothing.
        var silentLooks = 0
    }

    private struct State {
        var expectations: [Int: Sample] = [:]
        var last = 0
        var isWatched = false
        /// Pings that have not been answered, in their order, and who waits for the answer.
        var pings: [PongWaiter?] = []
        var closed: (any Error)?
        var signs: UInt64 = 0
        var signsSeen: UInt64 = 0
    }

    typealias PongWaiter = AsyncThrowingStream<Void, any Error>.Continuation

    private let state = Mutex(State())

    /// - Parameter send: Called under the lock, so that answers come in the order of the pings.
    func addPing(_ waiter: PongWaiter?, send: () -> Void) {
        let closed = state.withLock { state in
            guard state.closed == nil else { return state.closed }
            state.pings.append(waiter)
            send()
            return nil
        }
        if let closed { waiter?.finish(throwing: closed) }
    }

    /// A pong that nobody asked for is nothing.
    func notePong() {
        let waiter = state.withLock { $0.pings.isEmpty ? nil : $0.pings.removeFirst() }
        waiter?.yield()
    }

    func close(_ error: any Error) {
        let waiters = state.withLock { state in
            state.closed = error
            defer { state.pings = [] }
            return state.pings
        }
        for waiter in waiters { waiter?.finish(throwing: error) }
    }

    func noteSignOfLife() { state.withLock { $0.signs &+= 1 } }

    /// - Parameter watch: Called when nobody looks yet.
    func add(patience: Duration, giveUp: @escaping @Sendable () -> Void, watch: () -> Void) -> Int {
        let (number, mustWatch) = state.withLock { state in
            state.last += 1
            let looks = Int((patience / Self.pause).rounded(.up))
            state.expectations[state.last] = Sample(patience: looks, giveUp: giveUp)
            if !state.isWatched { state.signsSeen = state.signs }
            defer { state.isWatched = true }
            return (state.last, !state.isWatched)
        }
        if mustWatch { watch() }
        return number
    }

    func remove(_ number: Int) {
        state.withLock { _ = $0.expectations.removeValue(forKey: number) }
    }

    /// Takes one look, and gives up what has waited for too long.
    func look() -> Finding {
        let (finding, givenUp) = state.withLock { state -> (Finding, [Sample]) in
            guard !state.expectations.isEmpty else {
                state.isWatched = false
                return (.nobodyWaits, [])
            }
            let isAlive = state.signs != state.signsSeen
            state.signsSeen = state.signs
            state.expectations = state.expectations.mapValues { expectation in
                var expectation = expectation
                expectation.silentLooks = isAlive ? 0 : expectation.silentLooks + 1
                return expectation
            }
            let over = state.expectations.filter { $0.value.silentLooks >= $0.value.patience }
            for number in over.keys { state.expectations[number] = nil }
            return (isAlive ? .alive : .silent, Array(over.values))
        }
        for expectation in givenUp { expectation.giveUp() }
        return finding
    }
}

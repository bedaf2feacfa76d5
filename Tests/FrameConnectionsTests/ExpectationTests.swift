import AgentProtocol
import Glibc
import NIOPosix
import Synchronization
import Testing

@testable import FrameConnections

@Suite struct ExpectationTests {
    /// Counts how often it was given up.
    private final class Count: Sendable {
        private let times = Mutex(0)
        var value: Int { times.withLock { $0 } }
        func add() { times.withLock { $0 += 1 } }
    }

    @Test("a side that gives no sign of life is given up after its patience, and not before")
    func silence() {
        let expectations = Expectations()
        let givenUp = Count()
        _ = expectations.add(patience: Expectations.pause * 3, giveUp: givenUp.add) {}
        #expect(expectations.look() == .silent)
        #expect(expectations.look() == .silent)
        #expect(givenUp.value == 0)
        #expect(expectations.look() == .silent)
        #expect(givenUp.value == 1)
        #expect(expectations.look() == .nobodyWaits)
    }

    @Test("any sign of life begins the patience anew, however long the answer takes")
    func signs() {
        let expectations = Expectations()
        let givenUp = Count()
        _ = expectations.add(patience: Expectations.pause * 2, giveUp: givenUp.add) {}
        for _ in 1...50 {
            #expect(expectations.look() == .silent)
            expectations.noteSignOfLife()
            #expect(expectations.look() == .alive)
        }
        #expect(givenUp.value == 0)
    }

    @Test("each expectation has a patience of its own")
    func patiences() {
        let expectations = Expectations()
        let (short, long) = (Count(), Count())
        _ = expectations.add(patience: Expectations.pause, giveUp: short.add) {}
        _ = expectations.add(patience: Expectations.pause * 4, giveUp: long.add) {}
        _ = expectations.look()
        #expect(short.value == 1 && long.value == 0)
    }

    @Test("whoever has his answer is not given up")
    func answered() {
        let expectations = Expectations()
        let givenUp = Count()
        let number = expectations.add(patience: Expectations.pause, giveUp: givenUp.add) {}
        expectations.remove(number)
        #expect(expectations.look() == .nobodyWaits)
        #expect(givenUp.value == 0)
    }

    @Test("looks are taken by one watcher at a time, and by none while nobody waits")
    func watchers() {
        let expectations = Expectations()
        let watchers = Count()
        let first = expectations.add(patience: .seconds(9), giveUp: {}, watch: watchers.add)
        let second = expectations.add(patience: .seconds(9), giveUp: {}, watch: watchers.add)
        #expect(watchers.value == 1)
        expectations.remove(first)
        expectations.remove(second)
        #expect(expectations.look() == .nobodyWaits)
        _ = expectations.add(patience: .seconds(9), giveUp: {}, watch: watchers.add)
        #expect(watchers.value == 2)
    }
}

@Suite(.timeLimit(.minutes(1))) struct PingTests {
    private func pair() throws -> (Int32, Int32) {
        var ends: [Int32] = [0, 0]
        try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        return (ends[0], ends[1])
    }

    private func adopt(
        _ descriptor: Int32, accept: (@Sendable (Frame, FrameConversation) -> Void)? = nil
    ) async throws -> FrameConnection {
        try await FrameConnection.adopt(
            descriptor, limit: 1 << 16, on: MultiThreadedEventLoopGroup.singleton, accept: accept)
    }

    @Test("a connection answers pings by itself, and what was sent before has arrived with the answer")
    func order() async throws {
        let ends = try pair()
        let there = try await adopt(ends.1) { frame, conversation in
            for _ in 1...frame.payload.count { conversation.send(kind: 7) }
        }
        let here = try await adopt(ends.0)
        let noted = NotedFrames()
        let conversation = here.open(noting: noted.add)
        conversation.send(kind: 1, [UInt8](repeating: 0, count: 500))
        try await here.ping()
        #expect(noted.count == 500)
        there.close()
    }

    @Test("a ping over a connection that closes ends, with an error")
    func closing() async throws {
        let ends = try pair()
        let here = try await adopt(ends.0)
        // Nobody answers at the other end.
        let ping = Task { try await here.ping() }
        close(ends.1)
        await #expect(throws: ConnectionClosed.self) { try await ping.value }
        await #expect(throws: ConnectionClosed.self) { try await here.ping() }
    }

    @Test("what hangs at the other end is given up, and the connection stays")
    func silence() async throws {
        let ends = try pair()
        defer { close(ends.1) }
        let here = try await adopt(ends.0)
        let first = here.open()
        await #expect(throws: PeerSilent.self) {
            try await here.expectingAnswer(patience: .milliseconds(1)) {
                for try await _ in first.frames {}
            }
        }
        let second = here.open()
        await #expect(throws: PeerSilent.self) {
            try await second.expectingFrames(patience: .milliseconds(1)) {
                for try await _ in second.frames {}
            }
        }
        // The other side is back.
        let third = here.open()
        var reply: [UInt8] = []
        Frame(kind: 4, channel: third.number).encode(into: &reply)
        #expect(write(ends.1, reply, reply.count) == reply.count)
        for try await frame in third.frames {
            #expect(frame.kind == 4)
            break
        }
    }
}

private final class NotedFrames: Sendable {
    private let frames = Mutex(0)
    var count: Int { frames.withLock { $0 } }
    func add(_ frame: Frame) { frames.withLock { $0 += 1 } }
}

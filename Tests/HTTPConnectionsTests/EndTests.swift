import HTTPConnections
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct EndTests {
    @Test func aServerThatDoesNotAnswerIsNotWaitedForLongerThanAllowed() async throws {
        try await ScriptedServer.with {
            try await $0.waitForEnd()
        } _: { pool, _ in
            await expect(.timedOut) { _ = try await pool.get(within: .milliseconds(50)) }
            await expect(.timedOut) {
                _ = try await pool.response(to: HTTPClientRequest(.GET, "/"), within: .milliseconds(50))
            }
        }
    }

    @Test("time covers the whole answer where all of it is waited for, and only its head where it is a stream")
    func timeCoversWhatIsWaitedFor() async throws {
        let (doors, door) = AsyncStream<Void>.makeStream()
        try await ScriptedServer.with { connection in
            let request = try await connection.request()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha")
            if request?.hasPrefix("GET /stream ") != true { return try await connection.waitForEnd() }
            for await _ in doors { break }
            try await connection.write("lf")
        } _: { pool, _ in
            await expect(.timedOut) { _ = try await pool.get(within: .milliseconds(100)) }
            let answer = try await pool.response(to: HTTPClientRequest(.GET, "/stream"), within: .seconds(5))
            try await Task.sleep(for: .milliseconds(5200))
            door.yield()
            #expect(String(buffer: try await answer.body.collect(upTo: 4)) == "half")
        }
    }

    @Test("cancelling closes the connection, before and after the head of the answer", arguments: [false, true])
    func cancellingClosesTheConnection(hasHead: Bool) async throws {
        let (begun, beginning) = AsyncStream<Void>.makeStream()
        let (ended, end) = AsyncStream<Void>.makeStream()
        try await ScriptedServer.with { connection in
            _ = try await connection.request()
            if hasHead { try await connection.write("HTTP/1.1 200 OK\r\n\r\n") }
            beginning.yield()
            try await connection.waitForEnd()
            end.finish()
        } _: { pool, _ in
            let task = Task { try await pool.get(within: nil) }
            for await _ in begun { break }
            task.cancel()
            await #expect(throws: CancellationError.self) { _ = try await task.value }
            for await _ in ended {}
        }
    }

    @Test func aCancelledTaskSendsNothing() async throws {
        try await ScriptedServer.with { connection in
            if try await connection.request() != nil { Issue.record("something was sent") }
        } _: { pool, _ in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await pool.get()
            }
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func aBodyThatIsLetGoClosesItsConnection() async throws {
        let (ended, end) = AsyncStream<Void>.makeStream()
        try await ScriptedServer.with { connection in
            _ = try await connection.request()
            defer { end.finish() }
            try await connection.write("HTTP/1.1 200 OK\r\n\r\n")
            while true { try await connection.write("more") }
        } _: { pool, _ in
            for try await _ in try await pool.response(to: HTTPClientRequest(.GET, "/")).body { break }
            for await _ in ended {}
        }
    }

    @Test func aBodyIsReadNoFasterThanItIsTaken() async throws {
        let sent = Mutex(0)
        let chunk = String(repeating: "c", count: 1 << 16)
        try await ScriptedServer.with { connection in
            _ = try await connection.request()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(1024 << 16)\r\n\r\n")
            for number in 1...1024 {
                try await connection.write(chunk)
                sent.withLock { $0 = number }
            }
            try await connection.waitForEnd()
        } _: { pool, _ in
            let answer = try await pool.response(to: HTTPClientRequest(.GET, "/"))
            #expect(await settled { sent.withLock { $0 } } < 512)
            var count = 0
            for try await bytes in answer.body { count += bytes.readableBytes }
            #expect(count == 1024 << 16)
            // The connection is as good as before.
            #expect(sent.withLock { $0 } == 1024)
        }
    }

    @Test func closingEndsRequestsUnderWayAndLaterOnes() async throws {
        let (begun, beginning) = AsyncStream<Void>.makeStream()
        try await ScriptedServer.with { connection in
            if let request = try await connection.request(), request.hasPrefix("GET /body") {
                try await connection.write("HTTP/1.1 200 OK\r\n\r\nbegun")
            }
            beginning.yield()
            try await connection.waitForEnd()
        } _: { pool, _ in
            let tasks = ["/head", "/body"].map { target in Task { try await pool.get(target, within: nil) } }
            var waits = begun.makeAsyncIterator()
            for _ in tasks { await waits.next() }
            await pool.close()
            for task in tasks { await expect(.poolClosed) { _ = try await task.value } }
            await expect(.poolClosed) { _ = try await pool.get() }
        }
    }

    @Test func aPoolThatIsLetGoClosesItsConnections() async throws {
        let (ended, end) = AsyncStream<Void>.makeStream()
        try await ScriptedServer.with { connection in
            while try await connection.request() != nil { try await connection.answer("fine") }
            end.finish()
        } _: { _, server in
            do {
                let pool = HTTPConnectionPool(to: server.endpoint)
                try await pool.expect("200 fine")
            }
            for await _ in ended {}
        }
    }

    @Test func aConnectionThatWasIdleForTooLongIsNotUsedAgain() async throws {
        try await ScriptedServer.with { connection in
            while try await connection.request() != nil { try await connection.answer("\(connection.number)") }
        } _: { _, server in
            let pool = HTTPConnectionPool(to: server.endpoint, idleTimeout: .milliseconds(20))
            try await pool.expect("200 1")
            try await Task.sleep(for: .milliseconds(30))
            try await pool.expect("200 2")
        }
    }
}

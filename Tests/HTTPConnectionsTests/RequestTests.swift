import HTTPConnections
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// Chunks of 1 MiB, and a count of those that were taken.
private struct Megabytes: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let count: Int
    let onTake: @Sendable (Int) -> Void

    struct AsyncIterator: AsyncIteratorProtocol {
        let chunks: Megabytes
        var taken = 0

        mutating func next() async throws -> ByteBuffer? {
            guard taken < chunks.count else { return nil }
            taken += 1
            chunks.onTake(taken)
            return ByteBuffer(repeating: UInt8(ascii: "m"), count: 1 << 20)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(chunks: self) }
}

@Suite(.timeLimit(.minutes(1))) struct RequestTests {
    @Test func headersAndLengthAreSent() async throws {
        let heads = Mutex<[String]>([])
        try await ScriptedServer.with { connection in
            while let head = try await connection.request() {
                heads.withLock { $0.append(head) }
                let length = head.firstMatch(of: /content-length: (\d+)/.ignoresCase()).flatMap { Int($0.1) } ?? 0
                try await connection.answer(try await connection.body(length))
            }
        } _: { pool, server in
            var request = HTTPClientRequest(
                .POST, "/a", headers: ["X-Own": "1"], body: .bytes(ByteBuffer(string: "body")))
            #expect(String(buffer: try await pool.collectedResponse(to: request, upTo: 100).body) == "body")
            request = HTTPClientRequest(.POST, "/b", headers: ["Host": "docker", "Content-Length": "7"])
            #expect(try await pool.collectedResponse(to: request, upTo: 100).body.readableBytes == 0)
            _ = try await pool.get("/c")
            #expect(
                heads.withLock { $0 } == [
                    "POST /a HTTP/1.1\r\nX-Own: 1\r\nHost: \(server.endpoint)\r\nContent-Length: 4\r\n\r\n",
                    "POST /b HTTP/1.1\r\nHost: docker\r\nContent-Length: 0\r\n\r\n",
                    "GET /c HTTP/1.1\r\nHost: \(server.endpoint)\r\n\r\n",
                ])
        }
    }

    @Test(
        "what would put a second line into a request is not sent",
        arguments: [
            HTTPClientRequest(.GET, "/a b"), HTTPClientRequest(.GET, "/a\r\nX: y"),
            HTTPClientRequest(.GET, "http://x/"),
            HTTPClientRequest(.GET, ""), HTTPClientRequest(.GET, "/", headers: ["X": "y\r\nZ: z"]),
            HTTPClientRequest(.GET, "/", headers: ["X Y": "z"]),
        ])
    func injectionIsRefused(request: HTTPClientRequest) async throws {
        try await ScriptedServer.with { connection in
            if try await connection.request() != nil { Issue.record("something was sent") }
        } _: { pool, _ in
            await expect(.badRequest) { _ = try await pool.response(to: request) }
        }
    }

    @Test func aStreamedBodyIsTakenNoFasterThanTheServerReads() async throws {
        let taken = Mutex(0)
        let (doors, door) = AsyncStream<Void>.makeStream()
        try await ScriptedServer.with { connection in
            _ = try await connection.request()
            for await _ in doors { break }
            var count = try await connection.body(0).utf8.count
            while count < 64 << 20 { count += try await connection.body(1 << 20).utf8.count }
            try await connection.answer("\(count)")
        } _: { pool, _ in
            let chunks = Megabytes(count: 64) { count in taken.withLock { $0 = count } }
            let request = HTTPClientRequest(.PUT, "/", body: .stream(chunks, size: 64 << 20))
            async let answer = pool.collectedResponse(to: request, upTo: 100)
            let held = await settled { taken.withLock { $0 } }
            #expect((1..<32).contains(held))
            door.yield()
            let count = String(buffer: try await answer.body)
            #expect(count == "\(64 << 20)")
        }
    }

    @Test(arguments: [(2, "shorter"), (4, "longer")])
    func aStreamedBodyOfAnotherLengthThanAnnouncedIsAnError(count: Int, word: String) async throws {
        try await ScriptedServer.with {
            try await $0.waitForEnd()
        } _: { pool, _ in
            let body = HTTPClientRequest.Body.stream(Megabytes(count: count) { _ in }, size: 3 << 20)
            let error = await expect(.badRequest) {
                _ = try await pool.response(to: HTTPClientRequest(.PUT, "/", body: body))
            }
            #expect(error?.problem.contains(word) == true)
        }
    }

    @Test func anErrorOfTheStreamedBodyIsTheErrorOfTheRequest() async throws {
        struct Unreadable: Error {}
        try await ScriptedServer.with {
            try await $0.waitForEnd()
        } _: { pool, _ in
            let chunks = AsyncThrowingStream<ByteBuffer, any Error> { throw Unreadable() }
            await #expect(throws: Unreadable.self) {
                _ = try await pool.response(to: HTTPClientRequest(.PUT, "/", body: .stream(chunks, size: 10)))
            }
        }
    }

    @Test("an answer that comes before the whole request was read counts")
    func anEarlyAnswerCounts() async throws {
        try await ScriptedServer.with { connection in
            _ = try await connection.request()
            try await connection.write("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nno!")
            // Until the client gives up sending.
            try await connection.waitForEnd()
        } _: { pool, server in
            for number in 1...3 {
                let request = HTTPClientRequest(
                    .PUT, "/", body: .stream(Megabytes(count: 1000) { _ in }, size: 1000 << 20))
                let answer = try await pool.collectedResponse(to: request, upTo: 100)
                #expect(answer.status == 413 && String(buffer: answer.body) == "no!")
                // A connection with half a request on it can't be used again.
                #expect(server.connections == number)
            }
        }
    }

    @Test func nothingListeningAndUnknownHostsAreToldApart() async throws {
        var port: HTTPEndpoint?
        try await ScriptedServer.with { _ in
        } _: { _, server in
            port = server.endpoint
        }
        let closed = try #require(port)
        await expect(.refused) { _ = try await HTTPConnectionPool(to: closed).get() }
        await expect(.refused) { _ = try await HTTPConnectionPool(to: .unixSocket(path: "/tmp/lectern-no-such")).get() }
        await expect(.unknownHost) {
            _ = try await HTTPConnectionPool(to: .tcp(host: "no-such-host.invalid", port: 80)).get()
        }
    }
}

/// Waits until a value has been the same for a while.
func settled(_ value: () -> Int) async -> Int {
    var last = value()
    var since = ContinuousClock.now
    while ContinuousClock.now - since < .milliseconds(300) || last == 0 {
        try? await Task.sleep(for: .milliseconds(10))
        let now = value()
        if now != last { (last, since) = (now, .now) }
    }
    return last
}

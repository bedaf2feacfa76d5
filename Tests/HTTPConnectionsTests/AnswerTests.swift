import HTTPConnections
import NIOCore
import NIOHTTP1
import SeededNumbers
import Synchronization
import Testing

extension HTTPConnectionPool {
    func get(
        _ target: String = "/", upTo limit: Int = 1 << 20, within timeout: Duration? = .seconds(50)
    ) async throws -> String {
        let answer = try await collectedResponse(to: HTTPClientRequest(.GET, target), upTo: limit, within: timeout)
        return "\(answer.status) \(String(buffer: answer.body))"
    }

    func expect(
        _ answer: String, at target: String = "/", sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let given = try await get(target)
        #expect(given == answer, sourceLocation: sourceLocation)
    }
}

@discardableResult
func expect(
    _ code: HTTPClientError.Code, sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async -> HTTPClientError? {
    let error = await #expect(throws: HTTPClientError.self, sourceLocation: sourceLocation) { try await body() }
    #expect(error?.code == code, "\(String(describing: error))", sourceLocation: sourceLocation)
    return error
}

@Suite(.timeLimit(.minutes(1))) struct AnswerTests {
    @Test(arguments: [false, true])
    func aConnectionServesOneRequestAfterTheOther(unixSocket: Bool) async throws {
        try await ScriptedServer.with(unixSocket: unixSocket) { connection in
            while let request = try await connection.request() {
                try await connection.answer(String(request.split(separator: " ")[1]))
            }
        } _: { pool, server in
            for number in 1...20 { try await pool.expect("200 /\(number)?a=b", at: "/\(number)?a=b") }
            #expect(server.connections == 1)
        }
    }

    @Test func manyRequestsAtATimeEachGetTheirOwnAnswer() async throws {
        try await ScriptedServer.with { connection in
            while let request = try await connection.request() {
                try await connection.answer(String(request.split(separator: " ")[1]))
            }
        } _: { pool, server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...200 {
                    group.addTask { try await pool.expect("200 /\(number)", at: "/\(number)") }
                }
                try await group.waitForAll()
            }
            #expect(server.connections <= 200)
        }
    }

    @Test(
        "bodies end where the head says, wherever the answer is broken into pieces",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nwh\r\n3;x=y\r\nole\r\n0\r\nTrailer: t\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole",
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nwhole",
            "HTTP/1.0 200 OK\r\n\r\nwhole",
        ])
    func bodiesEndWhereTheHeadSays(answer: String) async throws {
        try await ScriptedServer.with { connection in
            while try await connection.request() != nil {
                for character in answer.unicodeScalars { try await connection.write(String(character)) }
                if answer.contains("close") || answer.contains("HTTP/1.0") { return }
            }
        } _: { pool, _ in
            for _ in 1...3 { try await pool.expect("200 whole") }
        }
    }

    @Test func statusAndHeadersAreHandedOverWhateverTheyAre() async throws {
        try await ScriptedServer.with { connection in
            while try await connection.request() != nil {
                try await connection.write("HTTP/1.1 307 Away\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n")
            }
        } _: { pool, server in
            let answer = try await pool.response(to: HTTPClientRequest(.GET, "/"))
            #expect(answer.status == 307 && answer.headers["location"] == ["/x"])
            #expect(try await answer.body.collect(upTo: 0).readableBytes == 0)
            try await pool.expect("307 ")
            #expect(server.connections == 1)
        }
    }

    @Test func aServerThatClosesIsConnectedToAgain() async throws {
        try await ScriptedServer.with { connection in
            _ = try await connection.request()
            try await connection.answer("\(connection.number)", headers: "Connection: close\r\n")
        } _: { pool, _ in
            for number in 1...5 { try await pool.expect("200 \(number)") }
        }
    }

    @Test("a connection closed while idle costs a GET nothing; a POST may have arrived and fails")
    func aConnectionClosedWhileIdle() async throws {
        try await ScriptedServer.with { connection in
            _ = try await connection.request()
            try await connection.answer("\(connection.number)")
            // Reads the next request and hangs up: the client can't know that the connection was about to be closed.
            _ = try await connection.request()
        } _: { pool, _ in
            try await pool.expect("200 1")
            try await pool.expect("200 2")
            await expect(.hungUp) {
                _ = try await pool.collectedResponse(to: HTTPClientRequest(.POST, "/"), upTo: 100)
            }
        }
    }

    @Test(arguments: [
        ("", HTTPClientError.Code.hungUp), ("HTTP/1.1 20", .hungUp),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart", .hungUp),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\npart", .hungUp),
        ("SSH-2.0-OpenSSH_9.2\r\n", .badResponse), ("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", .badResponse),
        ("HTTP/1.1 101 Switching\r\nUpgrade: tcp\r\nConnection: Upgrade\r\n\r\n", .badResponse),
    ])
    func answersThatAreNotWholeOrNotHTTPAreErrors(answer: String, code: HTTPClientError.Code) async throws {
        try await ScriptedServer.with { connection in
            _ = try await connection.request()
            try await connection.write(answer)
        } _: { pool, _ in
            await expect(code) { _ = try await pool.get() }
        }
    }

    @Test(
        "a head that is larger than any should be is refused",
        arguments: [
            "X: \(String(repeating: "x", count: 4096))\r\n", String(repeating: "x", count: 4096), "X: y\r\n",
        ])
    func anEndlessHeadIsRefused(piece: String) async throws {
        try await ScriptedServer.with { connection in
            _ = try await connection.request()
            try await connection.write("HTTP/1.1 200 OK\r\n")
            while true { try await connection.write(String(repeating: piece, count: 64)) }
        } _: { pool, _ in
            await expect(.badResponse) { _ = try await pool.get() }
        }
    }

    @Test func aBodyLongerThanAllowedIsAnErrorAndItsConnectionIsClosed() async throws {
        let (ended, end) = AsyncStream<Void>.makeStream()
        try await ScriptedServer.with { connection in
            _ = try await connection.request()
            defer { end.finish() }
            try await connection.write("HTTP/1.1 200 OK\r\n\r\n")
            while true { try await connection.write(String(repeating: "endless", count: 1000)) }
        } _: { pool, _ in
            await expect(.bodyTooLarge) { _ = try await pool.get(upTo: 1000) }
            for await _ in ended {}
        }
    }

    @Test("bytes that nobody asked for close the connection")
    func unaskedBytesAreNotTheNextAnswer() async throws {
        try await ScriptedServer.with { connection in
            _ = try await connection.request()
            let answer = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"
            try await connection.write("\(answer)\(connection.number)\(answer)x")
            try await connection.waitForEnd()
        } _: { pool, server in
            try await pool.expect("200 1")
            try await pool.expect("200 2")
            #expect(server.connections == 2)
        }
    }

    @Test("whatever a server sends, a request has an end")
    func noBytesMakeARequestHangOrCrash() async throws {
        let pieces = [
            "HTTP/1.1 ", "200 OK", "\r\n", "\r\n\r\n", "Content-Length: 3", "Transfer-Encoding: chunked", "0\r\n\r\n",
            "3\r\nabc",
            "abc", "ffffffffffffffff\r\n", "\0", "\u{FF}", "HTTP/1.0 204", "Connection: close", "100 Continue", ":",
            " ",
        ]
        try await ScriptedServer.with { connection in
            var random = SplitMix(state: UInt64(connection.number))
            while try await connection.request() != nil {
                let count = Int.random(in: 0...12, using: &random)
                let start = Bool.random(using: &random) ? "HTTP/1.1 200 OK\r\n" : ""
                try await connection.write(
                    start + (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined())
                if Bool.random(using: &random) { return }
            }
        } _: { pool, _ in
            for _ in 1...200 {
                do { _ = try await pool.get(within: .milliseconds(100)) } catch { #expect(error is HTTPClientError) }
            }
        }
    }
}

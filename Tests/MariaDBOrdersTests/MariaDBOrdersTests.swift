import Dispatch
import FoundationEssentials
import Orders
import Testing

@testable import MariaDBOrders

@Suite struct SQLDateTests {
    @Test(
        "a date is written in UTC with three decimals, and read back the same",
        arguments: [
            (0, "1970-01-01 00:00:00.000"), (1_769_903_999_123, "2026-01-31 23:59:59.123"),
            (1_582_934_400_007, "2020-02-29 00:00:00.007"), (-1, "1969-12-31 23:59:59.999"),
        ] as [(Int64, String)])
    func dates(_ milliseconds: Int64, _ text: String) {
        let date = Date(millisecondsSince1970: milliseconds)
        #expect(date.sqlText == text)
        #expect(Date(sqlText: text)?.millisecondsSince1970 == milliseconds)
    }

    @Test("every millisecond of a second survives")
    func milliseconds() {
        for millisecond in 0..<1000 {
            let date = Date(millisecondsSince1970: 1_769_903_999_000 + Int64(millisecond))
            #expect(Date(sqlText: date.sqlText) == date)
        }
    }

    @Test(
        "what no DATETIME(3) looks like is no date",
        arguments: ["", "yesterday", "0000-00-00 00:00:00.000", "2026-01-31"])
    func badDates(_ text: String) { #expect(Date(sqlText: text) == nil) }
}

@Suite struct MariaDBErrorTests {
    @Test("deadlocks and long waits for a row are worth another attempt", arguments: [1213, 1205] as [UInt32])
    func conflicts(_ code: UInt32) {
        let error = MariaDBError(code: code, message: "m")
        #expect(error.isLockConflict && !error.isConnectionLost)
    }

    @Test(
        "the library's own codes and those of a server that goes down end a connection",
        arguments: [2000, 2013, 2999, 1053, 1927] as [UInt32])
    func losses(_ code: UInt32) {
        let error = MariaDBError(code: code, message: "m")
        #expect(error.isConnectionLost && !error.isLockConflict)
        #expect(error.description == "m (\(code))")
    }

    @Test("a wrong statement is neither", arguments: [1062, 1064, 1999, 3000] as [UInt32])
    func others(_ code: UInt32) {
        let error = MariaDBError(code: code, message: "m")
        #expect(!error.isConnectionLost && !error.isLockConflict)
    }
}

/// Nothing listens at port 1.
@Suite struct NoServerTests {
    private let server = MariaDBServer(host: "localhost", port: 1, password: "secret")

    @Test("a write source without its server is not available, and says where it looked")
    func unavailable() async throws {
        let source = MariaDBWriteSource(server, connections: 2)
        #expect(source.address == "localhost:1")
        let order = try NewOrder(description: "tea", quantity: 1, email: "a@b")
        for attempt in [source.prepare, source.ping, { _ = try await source.add(order, idempotencyKey: nil) }] {
            let error = await #expect(throws: OrderError.self) { try await attempt() }
            guard case .unavailable("write source", let problem)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(problem.hasPrefix("localhost:1: ") && problem.hasSuffix("(2002)"), "\(problem)")
            #expect(!problem.contains("secret"))
        }
        try await source.close()
    }

    @Test("a thousand requests may wait for a thread; the next one is refused at once", .timeLimit(.minutes(1)))
    func queue() async throws {
        let pool = ConnectionPool(to: server, size: 1)
        let gate = DispatchSemaphore(value: 0)
        let (started, starts) = AsyncStream.makeStream(of: Void.self)
        let first = Task {
            try await pool.withThread { _ in
                starts.yield()
                gate.wait()
            }
        }
        for await _ in started { break }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<1000 {
                group.addTask {
                    do {
                        try await pool.withThread { _ in }
                        return true
                    } catch let error as MariaDBError where error.code == 1040 {
                        return false
                    }
                }
            }
            // The one too many ends first: all others wait for the thread.
            #expect(try await group.next() == false)
            gate.signal()
            var served = 0
            for try await wasServed in group where wasServed { served += 1 }
            #expect(served == 999)
        }
        try await first.value
        try await pool.close()
    }
}

import NIOPosix
import Synchronization

/// A bounded number of connections, each used on a thread of the pool's own: a slow server never blocks an event
/// loop or a thread of Swift's.
final class ConnectionPool: Sendable {
    private static let maxQueueLength = 1000
    private static let attempts = 4

    private let server: MariaDBServer
    private let threads: NIOThreadPool
    private let idle = Mutex<[Connection]>([])
    private let waiting = Atomic(0)

    init(to server: MariaDBServer, size: Int) {
        self.server = server
        threads = NIOThreadPool(numberOfThreads: size)
        threads.start()
    }

    /// Runs `body` on a thread that may block, without a connection.
    ///
    /// - Throws: Code 1040, as a server with too many connections would, when a thousand others wait already.
    func withThread<Value: Sendable>(
        _ body: @escaping @Sendable (MariaDBServer) throws -> Value
    ) async throws -> Value {
        try await onThread { try body($0.server) }
    }

    /// Runs `body` in a transaction, commits it, and rolls back when `body` throws.
    ///
    /// `body` runs again when a deadlock or a stale connection undid it; it is never run again once the commit was
    /// sent, since what became of a lost commit is not known.
    func withTransaction<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async throws -> Value {
        try await onThread { pool in
            for _ in 1..<Self.attempts {
                if let value = try pool.attempt(body, isLast: false) { return value }
            }
            guard let value = try pool.attempt(body, isLast: true) else { preconditionFailure("the last one throws") }
            return value
        }
    }

    func close() async throws {
        try await threads.shutdownGracefully()
        idle.withLock { $0.removeAll() }
    }

    /// - Returns: `nil` when nothing was changed and the transaction is worth another attempt.
    private func attempt<Value>(_ body: (Connection) throws -> Value, isLast: Bool) throws -> Value? {
        let pooled = take()
        let connection = try pooled ?? connect()
        let value: Value
        do {
            value = try body(connection)
        } catch let error as MariaDBError {
            if !error.isConnectionLost, connection.rollback() { give(back: connection) }
            // A new connection that is lost at once tells of a server in trouble; an idle one only of a restart.
            let isTransient = error.isLockConflict || (error.isConnectionLost && pooled != nil)
            guard isTransient, !isLast else { throw error }
            // After a restart all idle connections are stale.
            if error.isConnectionLost { idle.withLock { $0.removeAll() } }
            return nil
        } catch {
            if connection.rollback() { give(back: connection) }
            throw error
        }
        try connection.commit()
        give(back: connection)
        return value
    }

    private func onThread<Value: Sendable>(
        _ body: @escaping @Sendable (ConnectionPool) throws -> Value
    ) async throws -> Value {
        defer { waiting.subtract(1, ordering: .relaxed) }
        guard waiting.add(1, ordering: .relaxed).newValue <= Self.maxQueueLength else {
            throw MariaDBError(code: 1040, message: "too many requests wait for a connection")
        }
        return try await threads.runIfActive { try body(self) }
    }

    private func connect() throws -> Connection {
        try Connection(to: server, database: Schema.database)
    }

    private func take() -> Connection? {
        idle.withLock { $0.popLast() }
    }

    private func give(back connection: Connection) {
        idle.withLock { $0.append(connection) }
    }
}

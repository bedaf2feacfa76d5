import NIOCore
import Synchronization

/// All connections of a pool, and which of them are free.
final class HTTPConnectionRegistry: Sendable {
    private struct State {
        var isClosed = false
        var all: [ObjectIdentifier: HTTPConnection] = [:]
        /// The one used last is at the end.
        var idle: [(connection: HTTPConnection, since: NIODeadline)] = []
    }

    private let state = Mutex(State())
    private let idleTimeout: TimeAmount

    init(idleTimeout: Duration) {
        self.idleTimeout = TimeAmount(idleTimeout)
    }

    /// - Returns: `false` when no connection is wanted any more.
    func add(_ connection: HTTPConnection) -> Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            state.all[connection.id] = connection
            return true
        }
    }

    func park(_ connection: HTTPConnection) {
        state.withLock { state in
            guard state.all[connection.id] != nil else { return }
            state.idle.append((connection, .now()))
        }
    }

    func remove(_ id: ObjectIdentifier) {
        state.withLock { state in
            state.all[id] = nil
            state.idle.removeAll { $0.connection.id == id }
        }
    }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// A connection that nobody uses, if there is one.
    func take() -> HTTPConnection? {
        let (connection, expired) = state.withLock { state in
            guard let last = state.idle.popLast() else { return (nil as HTTPConnection?, [] as [HTTPConnection]) }
            if .now() - last.since < idleTimeout { return (last.connection, []) }
            // The others have been idle for longer still.
            let expired = state.idle.map(\.connection) + [last.connection]
            state.idle = []
            return (nil, expired)
        }
        for connection in expired { connection.channel.close(promise: nil) }
        return connection
    }

    /// No connection is added any more.
    ///
    /// - Returns: Those that are open.
    func close() -> [HTTPConnection] {
        state.withLock { state in
            state.isClosed = true
            state.idle = []
            return Array(state.all.values)
        }
    }
}

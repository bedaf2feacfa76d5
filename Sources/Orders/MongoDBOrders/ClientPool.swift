import CMongoC
import NIOPosix
import Synchronization

/// The driver's client pool, with threads of its own for calls that block.
///
/// `@unchecked Sendable`: the driver's pool may be used by any thread, and its pointer never changes.
final class ClientPool: @unchecked Sendable {
    private static let maxQueueLength = 1000

    private static let driver: Void = {
        mongoc_init()
        // What matters comes back as errors; the driver's own lines would only mix with the service's log.
        mongoc_log_set_handler(nil, nil)
    }()

    let database: String
    /// Host and port of each server, without user and password.
    let address: String

    private let pool: OpaquePointer
    private let threads: NIOThreadPool
    private let waiting = Atomic(0)

    /// - Parameter size: The number of threads, and of the most clients that are ever open.
    /// - Throws: ``MongoDBURLError``.
    init(_ url: String, defaultDatabase: String, size: Int) throws {
        _ = Self.driver
        var error = bson_error_t()
        guard let uri = mongoc_uri_new_with_error(url, &error) else { throw MongoDBURLError("\(MongoDBError(error))") }
        defer { mongoc_uri_destroy(uri) }

        // Short, unless the URL says otherwise: callers are to hear of a server that is down, not to wait for it.
        for (option, milliseconds) in [
            (MONGOC_URI_SERVERSELECTIONTIMEOUTMS, Int32(2000)), (MONGOC_URI_CONNECTTIMEOUTMS, 2000),
            (MONGOC_URI_SOCKETTIMEOUTMS, 5000),
        ] where !mongoc_uri_has_option(uri, option) {
            mongoc_uri_set_option_as_int32(uri, option, milliseconds)
        }
        database = mongoc_uri_get_database(uri).map { String(cString: $0) } ?? defaultDatabase
        address = Self.hosts(of: uri).joined(separator: ",")

        guard let pool = mongoc_client_pool_new_with_error(uri, &error) else {
            throw MongoDBURLError("\(MongoDBError(error))")
        }
        mongoc_client_pool_max_size(pool, UInt32(size))
        mongoc_client_pool_set_error_api(pool, MONGOC_ERROR_API_VERSION_2)
        self.pool = pool
        threads = NIOThreadPool(numberOfThreads: size)
        threads.start()
    }

    deinit {
        mongoc_client_pool_destroy(pool)
    }

    private static func hosts(of uri: OpaquePointer) -> [String] {
        var hosts: [String] = []
        var next = mongoc_uri_get_hosts(uri)
        while let host = next {
            hosts.append(
                withUnsafeBytes(of: host.pointee.host_and_port) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                })
            next = UnsafePointer(host.pointee.next)
        }
        return hosts
    }

    /// Runs `body` with a client, on a thread that may block; once more when the connection turns out to be broken,
    /// so `body` must not mind being run twice.
    func withClient<Value: Sendable>(
        _ body: @escaping @Sendable (borrowing Client) throws -> Value
    ) async throws -> Value {
        defer { waiting.subtract(1, ordering: .relaxed) }
        guard waiting.add(1, ordering: .relaxed).newValue <= Self.maxQueueLength else {
            throw MongoDBError("too many requests wait for a client")
        }
        return try await threads.runIfActive { [self] in
            // As many clients as threads: this never waits.
            guard let handle = mongoc_client_pool_pop(pool) else { throw MongoDBError("the pool is closed") }
            defer { mongoc_client_pool_push(pool, handle) }
            let client = Client(handle, database: database)
            do {
                return try body(client)
            } catch let error as MongoDBError where error.isConnectionLost {
                return try body(client)
            }
        }
    }

    func close() async throws {
        try await threads.shutdownGracefully()
    }
}

/// A connection string that the driver does not understand.
public struct MongoDBURLError: Error, CustomStringConvertible {
    /// What the driver says, in its own words.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

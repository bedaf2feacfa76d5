import CMariaDB

/// One connection to the server, with its prepared statements.
///
/// `@unchecked Sendable`: the pool gives it to one thread at a time.
final class Connection: @unchecked Sendable {
    /// Seconds; the library takes no finer unit.
    private static let connectTimeout: UInt32 = 2
    private static let readTimeout: UInt32 = 5

    private static let library: Void = { _ = mysql_server_init(0, nil, nil) }()

    private let handle: UnsafeMutablePointer<MYSQL>
    private var statements: [String: Statement] = [:]

    /// - Parameter database: `nil` to connect before the database exists.
    init(to server: MariaDBServer, database: String?) throws {
        _ = Self.library
        guard let handle = mysql_init(nil) else { throw MariaDBError(code: 2008, message: "out of memory") }
        self.handle = handle

        Self.set(MYSQL_OPT_CONNECT_TIMEOUT, Self.connectTimeout, on: handle)
        Self.set(MYSQL_OPT_READ_TIMEOUT, Self.readTimeout, on: handle)
        Self.set(MYSQL_OPT_WRITE_TIMEOUT, Self.readTimeout, on: handle)
        Self.set(MYSQL_OPT_PROTOCOL, MYSQL_PROTOCOL_TCP.rawValue, on: handle)
        mysql_options(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4")

        // To the library `localhost` is a Unix socket, which a server in a container does not share.
        let host = server.host == "localhost" ? "127.0.0.1" : server.host
        // From here on a throw runs `deinit`, which closes the handle.
        guard
            mysql_real_connect(
                handle, host, server.user, server.password, database, UInt32(server.port), nil, 0) != nil
        else { throw MariaDBError(handle) }
        try run("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
        try run("SET SESSION autocommit = 0, innodb_lock_wait_timeout = 3, sql_mode = 'STRICT_ALL_TABLES'")
    }

    deinit {
        statements.removeAll()
        mysql_close(handle)
    }

    private static func set(_ option: mysql_option, _ value: UInt32, on handle: UnsafeMutablePointer<MYSQL>) {
        withUnsafePointer(to: value) { _ = mysql_options(handle, option, $0) }
    }

    /// Runs fixed text that no statement can be prepared for or that is run once: it cannot carry a value.
    func run(_ sql: StaticString) throws {
        let failed = sql.withUTF8Buffer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { mysql_real_query(handle, $0.baseAddress, UInt($0.count)) }
        }
        guard failed == 0 else { throw MariaDBError(handle) }
    }

    /// - Returns: The number of rows changed.
    @discardableResult
    func execute(_ sql: StaticString, _ values: String?...) throws -> Int {
        try statement(sql).execute(values)
    }

    func query(_ sql: StaticString, _ values: String?...) throws -> [[String?]] {
        try statement(sql).query(values)
    }

    func commit() throws {
        guard mysql_commit(handle) == 0 else { throw MariaDBError(handle) }
    }

    /// - Returns: Whether the connection is clean and may be used again.
    func rollback() -> Bool {
        mysql_rollback(handle) == 0
    }

    func ping() throws {
        guard mysql_ping(handle) == 0 else { throw MariaDBError(handle) }
    }

    /// Each statement is prepared once a connection.
    private func statement(_ sql: StaticString) throws -> Statement {
        let text = sql.description
        if let known = statements[text] { return known }
        let statement = try Statement(text, on: handle)
        statements[text] = statement
        return statement
    }
}

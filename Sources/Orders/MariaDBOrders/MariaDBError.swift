import CMariaDB

/// What the server or the client library said, as it said it.
struct MariaDBError: Error, CustomStringConvertible {
    let code: UInt32
    let message: String

    init(code: UInt32, message: String) {
        self.code = code
        self.message = message
    }

    init(_ handle: UnsafeMutablePointer<MYSQL>) {
        self.init(code: mysql_errno(handle), message: String(cString: mysql_error(handle)))
    }

    init(_ statement: UnsafeMutablePointer<MYSQL_STMT>) {
        self.init(code: mysql_stmt_errno(statement), message: String(cString: mysql_stmt_error(statement)))
    }

    var description: String { "\(message) (\(code))" }

    /// The server chose this transaction to fail so that another one could go on (1213), or it waited too long for
    /// a row (1205): it was rolled back, and may be tried again.
    var isLockConflict: Bool { code == 1213 || code == 1205 }

    /// The connection is of no use any more: codes of the client library (2000 to 2999), or the server is going
    /// down (1053) or has ended the session (1927).
    var isConnectionLost: Bool { 2000..<3000 ~= code || code == 1053 || code == 1927 }
}

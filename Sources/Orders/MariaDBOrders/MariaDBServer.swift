/// Where the server is and who we are there.
public struct MariaDBServer: Sendable {
    /// A name or an address; `localhost` is taken as 127.0.0.1.
    public let host: String
    /// 1–65535; MariaDB's usual port is 3306.
    public let port: Int
    /// Must be allowed to create the database `simplecqrs_w`, or to use it once it exists.
    public let user: String
    /// Sent to the server only; no address and no error contains it.
    public let password: String

    /// - Parameter host: `localhost` means 127.0.0.1 over TCP, never a Unix socket.
    public init(host: String, port: Int = 3306, user: String = "root", password: String) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
    }
}

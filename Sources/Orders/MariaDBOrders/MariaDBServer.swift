/// Where the server is and who we are there.
public struct MariaDBServer: Sendable {
    public let host: String
    public let port: Int
    public let user: String
    public let password: String

    /// - Parameter host: `localhost` means 127.0.0.1 over TCP, never a Unix socket.
    public init(host: String, port: Int = 3306, user: String = "root", password: String) {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
    }
}

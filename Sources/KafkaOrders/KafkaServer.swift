/// Where the broker is.
public struct KafkaServer: Sendable {
    public let host: String
    public let port: Int

    public init(host: String, port: Int = 9092) {
        self.host = host
        self.port = port
    }

    var address: String { "\(host):\(port)" }

    /// `localhost` often has an IPv6 address that nothing listens on; trying that first costs a failed connection.
    var addressFamily: String { host == "localhost" ? "v4" : "any" }
}

/// Where the broker is.
public struct KafkaServer: Sendable {
    /// A name or an address; for a name all its addresses are tried, of either family.
    public let host: String
    /// 1–65535; Kafka's usual port is 9092.
    public let port: Int

    /// Connects to nothing yet.
    public init(host: String, port: Int = 9092) {
        self.host = host
        self.port = port
    }

    var address: String { "\(host):\(port)" }
}

/// Where the broker is.
public struct KafkaServer: Sendable {
    public let host: String
    public let port: Int

    public init(host: String, port: Int = 9092) {
        self.host = host
        self.port = port
    }

    var address: String { "\(host):\(port)" }
}

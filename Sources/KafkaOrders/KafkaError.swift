import CRDKafka

/// What the broker or the client library said, as it said it.
struct KafkaError: Error, CustomStringConvertible {
    let code: rd_kafka_resp_err_t
    let description: String

    init(_ code: rd_kafka_resp_err_t, _ description: String? = nil) {
        self.code = code
        self.description = description ?? String(cString: rd_kafka_err2str(code))
    }

    /// The producer cannot guarantee order and uniqueness any more, and refuses all work from now on.
    var isFatal: Bool { code == RD_KAFKA_RESP_ERR__FATAL }

    static let connectionLost = KafkaError(RD_KAFKA_RESP_ERR__TRANSPORT, "the connection was lost")
}

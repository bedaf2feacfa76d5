import CRDKafka

/// What the broker or the client library said, as it said it.
struct KafkaError: Error, CustomStringConvertible {
    let code: rd_kafka_resp_err_t
    let description: String

    init(_ code: rd_kafka_resp_err_t, _ description: String? = nil) {
        self.code = code
        self.description = description ?? String(cString: rd_kafka_err2str(code))
    }

    /// The broker, or the topic, is not the one that the producer knew, as after a restart that lost its memory. A new
    /// producer may send the message again; whether it was kept the first time may be unknown.
    var endsProducer: Bool {
        switch code {
        case RD_KAFKA_RESP_ERR__FATAL, RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT,
            RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID,
            RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH,
            RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
            RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
            true
        default: false
        }
    }

    static let connectionLost = KafkaError(RD_KAFKA_RESP_ERR__TRANSPORT, "the connection was lost")
}

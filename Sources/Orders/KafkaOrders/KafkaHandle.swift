import CRDKafka
import Dispatch
import Logging

/// One client of librdkafka, a producer or a consumer, for one ``BrokerSession``.
///
/// `@unchecked Sendable`: librdkafka's handles may be used by any thread, and the pointer never changes.
final class KafkaHandle: @unchecked Sendable {
    /// Milliseconds that a question to the broker may take.
    static let patience: Int32 = 2000

    let client: OpaquePointer
    private let session: BrokerSession

    /// - Parameter onDelivery: For a producer, called for each message that was delivered or given up.
    init(
        _ type: rd_kafka_type_t, server: KafkaServer, _ settings: [String: String], logger: Logger,
        onDelivery: (
            @convention(c) (OpaquePointer?, UnsafePointer<rd_kafka_message_t>?, UnsafeMutableRawPointer?) -> Void
        )? = nil
    ) throws {
        session = BrokerSession(logger: logger)
        let configuration = rd_kafka_conf_new()
        var reason = [CChar](repeating: 0, count: 512)
        let common = [
            "bootstrap.servers": server.address,
            // Not "v4": asked for one family alone, a resolver that sees no interface but loopback finds no `localhost`.
            "broker.address.family": "any",
            "client.id": "order-service",
            "socket.nagle.disable": "true",
            // A broker that comes back is to be found at once, not after the usual ten seconds.
            "reconnect.backoff.ms": "50",
            "reconnect.backoff.max.ms": "500",
        ]
        for (name, value) in common.merging(settings, uniquingKeysWith: { $1 }) {
            guard rd_kafka_conf_set(configuration, name, value, &reason, reason.count) == RD_KAFKA_CONF_OK else {
                rd_kafka_conf_destroy(configuration)
                throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, Self.text(reason))
            }
        }
        rd_kafka_conf_set_opaque(configuration, Unmanaged.passUnretained(session).toOpaque())
        BrokerSession.install(in: configuration)
        rd_kafka_conf_set_error_cb(configuration) { _, _, reason, opaque in
            BrokerSession.of(opaque)?.logger.debug(
                "message broker client", metadata: ["reason": "\(reason.map { String(cString: $0) } ?? "")"])
        }
        rd_kafka_conf_set_log_cb(configuration) { client, _, _, line in
            BrokerSession.of(client.flatMap { rd_kafka_opaque($0) })?.logger.debug(
                "librdkafka", metadata: ["line": "\(line.map { String(cString: $0) } ?? "")"])
        }
        if let onDelivery { rd_kafka_conf_set_dr_msg_cb(configuration, onDelivery) }

        guard let client = rd_kafka_new(type, configuration, &reason, reason.count) else {
            rd_kafka_conf_destroy(configuration)
            throw KafkaError(rd_kafka_last_error(), Self.text(reason))
        }
        self.client = client
        session.watch(
            type == RD_KAFKA_CONSUMER ? rd_kafka_queue_get_consumer(client) : rd_kafka_queue_get_main(client))
    }

    deinit {
        session.stopWatching()
        // Takes up to a second after a session that was lost: whoever lets go of a client has no time for that.
        nonisolated(unsafe) let client = client  // used nowhere else any more
        DispatchQueue.global(qos: .utility).async { [session] in
            // A consumer that chooses its partitions itself belongs to no group that it would have to leave.
            rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
            withExtendedLifetime(session) {}
        }
    }

    /// Whether a connection broke after ``settle()``: the client is of no use any more.
    var connectionLost: Bool { session.isLost }

    /// To be called when the broker has answered for the first time, and before it is asked about a topic.
    func settle() { session.settle() }

    /// Has the thread that polls the client return at once.
    func wake() { session.wake() }

    /// Blocks until the broker has told its topics.
    ///
    /// - Returns: The partitions of `topic`; none for a topic that does not exist, or when none is asked for.
    @discardableResult
    func metadata(topic: String? = nil) throws -> [Int32] {
        let handle = topic.flatMap { rd_kafka_topic_new(client, $0, nil) }
        defer { if let handle { rd_kafka_topic_destroy(handle) } }
        var answer: UnsafePointer<rd_kafka_metadata>?
        try check(rd_kafka_metadata(client, 0, handle, &answer, Self.patience))
        defer { rd_kafka_metadata_destroy(answer) }
        guard let topic, let metadata = answer?.pointee else { return [] }
        for entry in UnsafeBufferPointer(start: metadata.topics, count: Int(metadata.topic_cnt))
        where entry.topic.map({ String(cString: $0) }) == topic {
            try check(entry.err)
            return UnsafeBufferPointer(start: entry.partitions, count: Int(entry.partition_cnt)).map(\.id)
        }
        return []
    }

    /// Blocks until the broker has the topic, made with one partition if it was missing.
    func createTopic(_ name: String) throws {
        var reason = [CChar](repeating: 0, count: 512)
        var topic = rd_kafka_NewTopic_new(name, 1, 1, &reason, reason.count)
        guard topic != nil else { throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, Self.text(reason)) }
        defer { rd_kafka_NewTopic_destroy(topic) }
        let options = rd_kafka_AdminOptions_new(client, RD_KAFKA_ADMIN_OP_CREATETOPICS)
        defer { rd_kafka_AdminOptions_destroy(options) }
        _ = rd_kafka_AdminOptions_set_request_timeout(options, Self.patience, &reason, reason.count)
        _ = rd_kafka_AdminOptions_set_operation_timeout(options, Self.patience, &reason, reason.count)
        let queue = rd_kafka_queue_new(client)
        defer { rd_kafka_queue_destroy(queue) }

        rd_kafka_CreateTopics(client, &topic, 1, options, queue)
        guard let event = rd_kafka_queue_poll(queue, Self.patience * 2) else {
            throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT)
        }
        defer { rd_kafka_event_destroy(event) }
        try check(rd_kafka_event_error(event))
        var count = 0
        let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count)
        for result in UnsafeBufferPointer(start: results, count: count) {
            let code = rd_kafka_topic_result_error(result)
            if code != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS { try check(code) }
        }
    }

    func check(_ code: rd_kafka_resp_err_t) throws {
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(code) }
    }

    private static func text(_ characters: [CChar]) -> String {
        String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

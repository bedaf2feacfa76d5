import CRDKafka
import Logging
import Synchronization

/// One client of librdkafka: a producer or a consumer.
///
/// `@unchecked Sendable`: librdkafka's handles may be used by any thread, and the pointer never changes.
final class KafkaHandle: @unchecked Sendable {
    /// Milliseconds that a question to the broker may take.
    static let patience: Int32 = 2000

    /// What callbacks find behind librdkafka's `opaque` pointer.
    private final class Context: Sendable {
        let logger: Logger
        let connectionLost = Atomic(false)

        init(logger: Logger) {
            self.logger = logger
        }

        static func of(_ opaque: UnsafeMutableRawPointer?) -> Context? {
            opaque.map { Unmanaged<Context>.fromOpaque($0).takeUnretainedValue() }
        }
    }

    let client: OpaquePointer
    private let context: Context

    /// - Parameter onDelivery: For a producer, called for each message that was delivered or given up.
    init(
        _ type: rd_kafka_type_t, server: KafkaServer, _ settings: [String: String], logger: Logger,
        onDelivery: (
            @convention(c) (OpaquePointer?, UnsafePointer<rd_kafka_message_t>?, UnsafeMutableRawPointer?) -> Void
        )? = nil
    ) throws {
        context = Context(logger: logger)
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
        rd_kafka_conf_set_opaque(configuration, Unmanaged.passUnretained(context).toOpaque())
        rd_kafka_conf_set_error_cb(configuration) { _, code, reason, opaque in
            let error = rd_kafka_resp_err_t(rawValue: code)
            Context.of(opaque)?.logger.debug(
                "message broker client", metadata: ["reason": "\(reason.map { String(cString: $0) } ?? "")"])
            if error == RD_KAFKA_RESP_ERR__TRANSPORT || error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN {
                Context.of(opaque)?.connectionLost.store(true, ordering: .relaxed)
            }
        }
        rd_kafka_conf_set_log_cb(configuration) { client, _, _, line in
            Context.of(client.flatMap { rd_kafka_opaque($0) })?.logger.debug(
                "librdkafka", metadata: ["line": "\(line.map { String(cString: $0) } ?? "")"])
        }
        if let onDelivery { rd_kafka_conf_set_dr_msg_cb(configuration, onDelivery) }

        guard let client = rd_kafka_new(type, configuration, &reason, reason.count) else {
            rd_kafka_conf_destroy(configuration)
            throw KafkaError(rd_kafka_last_error(), Self.text(reason))
        }
        self.client = client
    }

    deinit {
        rd_kafka_destroy(client)
    }

    /// Whether a connection broke since this was last set to `false`.
    var connectionLost: Bool {
        get { context.connectionLost.load(ordering: .relaxed) }
        set { context.connectionLost.store(newValue, ordering: .relaxed) }
    }

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

import CRDKafka
import KafkaShell

/// A broker through librdkafka: asks it what it has, reads and writes messages; for one thread.
final class KafkaBroker {
    private let address: BrokerAddress
    private let client: KafkaClient

    /// What a connection is for; librdkafka keeps readers and writers apart.
    enum Purpose: Sendable { case reading, writing }

    /// Connects in the background; whether the broker answers shows at the first call.
    ///
    /// - Throws: ``KafkaShellError``.
    init(_ address: BrokerAddress, for purpose: Purpose) throws {
        self.address = address
        var settings = [
            ("bootstrap.servers", address.description), ("client.id", "lectern-kfk"), ("reconnect.backoff.ms", "50"),
            ("reconnect.backoff.max.ms", "500"), ("socket.timeout.ms", "4000"),
        ]
        switch purpose {
        case .reading:
            settings += [
                ("allow.auto.create.topics", "false"), ("enable.auto.commit", "false"), ("auto.offset.reset", "latest"),
                ("fetch.wait.max.ms", "100"),
            ]
        case .writing: settings += [("acks", "all"), ("linger.ms", "0"), ("message.timeout.ms", "5000")]
        }
        do {
            client = try KafkaClient(
                purpose == .reading ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER, settings: settings)
        } catch let error as KafkaClient.ConfigurationError {
            throw KafkaShellError("the connection to '\(address)' cannot be set up: \(error.text)")
        }
    }

    // MARK: Topics

    /// Every topic that the broker has. Never makes one: all are asked for, none by name.
    ///
    /// - Throws: ``KafkaShellError`` after about a second when nothing listens there, after four when nothing answers.
    func topics() throws -> [KafkaTopic] {
        let clock = ContinuousClock()
        var deadline = clock.now + .seconds(4)
        var reason: String?
        while clock.now < deadline {
            var metadata: UnsafePointer<rd_kafka_metadata>?
            let result = rd_kafka_metadata(client.handle, 1, nil, &metadata, 250)
            if result == RD_KAFKA_RESP_ERR_NO_ERROR, let metadata {
                defer { rd_kafka_metadata_destroy(metadata) }
                return metadata.pointee.listedTopics
            }
            while case .error(let code, let text)? = client.event(within: 0) {
                if code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN {
                    // The name may have another address that answers: one more round.
                    deadline = min(deadline, clock.now + .seconds(1))
                } else {
                    reason = text
                }
            }
        }
        throw KafkaShellError(
            "no broker answers at '\(address)'" + (reason.map { " (\(Self.short($0)))" } ?? ""),
            remedy: "check that the broker is running and that this is its address")
    }

    /// - Throws: ``KafkaShellError`` that lists the topics there are when this isn't one.
    func topic(_ name: TopicName) throws -> KafkaTopic {
        let topics = try topics()
        if let topic = topics.first(where: { $0.name == name.description }) { return topic }
        let others = topics.map(\.name).filter { !$0.hasPrefix("__") }.sorted().prefix(10)
        throw KafkaShellError(
            "the broker at '\(address)' has no topic '\(name)'",
            remedy: others.isEmpty ? "it has no topics yet" : "use one of " + others.joined(separator: ", "))
    }

    // MARK: Reading

    /// Reads every partition from the offset on, without a group, and goes on with what arrives.
    ///
    /// An offset below what a partition still has starts at its first message; one beyond its end waits for new ones.
    ///
    /// - Parameter body: Gets each record; `false` ends the reading.
    /// - Throws: ``KafkaShellError`` for an unknown topic, and when the broker goes away for good.
    func read(
        _ name: TopicName, from offset: StartingOffset, _ body: (KafkaRecord) throws -> Bool
    ) throws {
        let partitions = try topic(name).partitions
        guard let topic = rd_kafka_topic_new(client.handle, name.description, nil),
            let queue = rd_kafka_queue_new(client.handle)
        else { throw KafkaShellError("'\(name)' cannot be read: \(rd_kafka_last_error().text)") }
        defer {
            for partition in partitions { rd_kafka_consume_stop(topic, partition) }
            rd_kafka_queue_destroy(queue)
            rd_kafka_topic_destroy(topic)
        }
        for partition in partitions {
            let start = start(of: partition, in: name, for: offset)
            guard rd_kafka_consume_start_queue(topic, partition, start, queue) == 0 else {
                throw KafkaShellError(
                    "partition \(partition) of '\(name)' cannot be read: \(rd_kafka_last_error().text)")
            }
        }
        while true {
            if let message = rd_kafka_consume_queue(queue, 500) {
                defer { rd_kafka_message_destroy(message) }
                guard message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
                    try explain(message.pointee, in: name)
                    continue
                }
                guard try body(record(message.pointee, in: name)) else { return }
            }
            while case .error(let code, _)? = client.event(within: 0) {
                // Perhaps only an idle connection was closed: check whether the broker still answers.
                if code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN { _ = try topics() }
            }
        }
    }

    private func start(of partition: Int32, in name: TopicName, for offset: StartingOffset) -> Int64 {
        switch offset {
        case .earliest: return Int64(RD_KAFKA_OFFSET_BEGINNING)
        case .latest: return Int64(RD_KAFKA_OFFSET_END)
        case .at(let number):
            var (low, high) = (Int64(0), Int64(0))
            _ = rd_kafka_query_watermark_offsets(client.handle, name.description, partition, &low, &high, 2000)
            return max(low, number)
        }
    }

    private func explain(_ message: rd_kafka_message_t, in name: TopicName) throws {
        switch message.err {
        case RD_KAFKA_RESP_ERR__PARTITION_EOF, RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__TIMED_OUT: return
        case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION,
            RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
            throw KafkaShellError("the topic '\(name)' was deleted")
        default: throw KafkaShellError("'\(name)' cannot be read: \(message.err.text)")
        }
    }

    private func record(_ message: rd_kafka_message_t, in name: TopicName) -> KafkaRecord {
        var (low, high) = (Int64(0), Int64(-1))
        _ = rd_kafka_get_watermark_offsets(client.handle, name.description, message.partition, &low, &high)
        return KafkaRecord(
            topic: name.description, partition: message.partition, offset: message.offset,
            highWaterOffset: max(high, message.offset + 1), key: Self.bytes(message.key, message.key_len),
            value: Self.bytes(message.payload, message.len))
    }

    private static func bytes(_ start: UnsafeMutableRawPointer?, _ count: Int) -> [UInt8]? {
        start.map { Array(UnsafeRawBufferPointer(start: $0, count: count)) }
    }

    // MARK: Writing

    /// Sends one message and waits until the broker has it.
    ///
    /// - Returns: Where the broker put it.
    /// - Throws: ``KafkaShellError`` when the broker doesn't take it within five seconds.
    func send(_ message: KafkaMessage, to name: TopicName) throws -> (partition: Int32, offset: Int64) {
        guard let topic = rd_kafka_topic_new(client.handle, name.description, nil) else {
            throw KafkaShellError("'\(name)' cannot be written: \(rd_kafka_last_error().text)")
        }
        defer { rd_kafka_topic_destroy(topic) }
        var value = Array(message.value.utf8)
        let key = message.key.map { Array($0.utf8) }
        // Any partition (-1), and the library copies the bytes.
        let result = (key ?? []).withUnsafeBytes { keyBytes in
            rd_kafka_produce(
                topic, -1, RD_KAFKA_MSG_F_COPY, &value, value.count, key == nil ? nil : keyBytes.baseAddress,
                keyBytes.count, nil)
        }
        guard result == 0 else {
            throw KafkaShellError("the message cannot be sent: \(rd_kafka_last_error().text)")
        }
        let deadline = ContinuousClock.now + .seconds(6)
        while ContinuousClock.now < deadline {
            guard case .delivered(let partition, let offset, let code)? = client.event(within: 200) else { continue }
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw KafkaShellError("the broker at '\(address)' did not accept the message: \(code.text)")
            }
            return (partition, offset)
        }
        throw KafkaShellError("the broker at '\(address)' did not answer within 6 seconds")
    }

    /// The reason inside one of the library's sentences: `Connect to … failed: Connection refused (after 0ms in …)`.
    private static func short(_ text: String) -> String {
        let reason = text.split(separator: " (after ", maxSplits: 1).first ?? ""
        return reason.contains("Connection refused") ? "connection refused" : String(reason)
    }
}

extension rd_kafka_metadata {
    fileprivate var listedTopics: [KafkaTopic] {
        UnsafeBufferPointer(start: topics, count: Int(topic_cnt)).map { topic in
            KafkaTopic(
                name: String(cString: topic.topic),
                partitions: UnsafeBufferPointer(start: topic.partitions, count: Int(topic.partition_cnt)).map(\.id))
        }
    }
}

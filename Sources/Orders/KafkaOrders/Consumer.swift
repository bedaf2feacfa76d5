import CRDKafka
import FoundationEssentials
import Logging
import Synchronization

/// A message as it came.
struct IncomingMessage: Sendable {
    let partition: Int32
    let offset: Int64
    let value: Data
    /// Milliseconds since 1970; `nil` when the broker keeps none.
    let created: Int64?
}

/// Reads all partitions of a topic and keeps its place in each under a group id. All calls block.
///
/// It takes the partitions itself (`assign`) where most consumers let the group share them out (`subscribe`): one
/// service reads everything anyway, assigning is instant where joining a group takes seconds, and not every broker
/// that speaks the protocol implements joining well. The price: two services under one group id would both read
/// everything. That is harmless here, since adding an order twice changes nothing.
final class Consumer: Sendable {
    private let handle: KafkaHandle
    private let topic: String
    /// The offset to be read next in each partition; negative for the oldest one there is.
    private let positions = Mutex<[Int32: Int64]>([:])

    /// Starts at the offsets committed under `groupID`, or at the oldest message where there are none.
    init(server: KafkaServer, topic: String, groupID: String, logger: Logger) throws {
        self.topic = topic
        let settings = [
            "group.id": groupID,
            "enable.auto.commit": "false",
            // A broker that has forgotten its messages starts at 0 again: an offset beyond the end is no place to wait.
            "auto.offset.reset": "earliest",
            // Apache Kafka answers when data arrives, other brokers only when this has passed. Five milliseconds keep
            // the read source that close behind, for about 1 % of a core while nothing happens.
            "fetch.wait.max.ms": "5",
            "fetch.error.backoff.ms": "50",
        ]
        handle = try KafkaHandle(RD_KAFKA_CONSUMER, server: server, settings, logger: logger)
        _ = rd_kafka_poll_set_consumer(handle.client)
        try handle.createTopic(topic)
        try assignAllPartitions()
        handle.connectionLost = false
    }

    /// - Parameter wait: Milliseconds to wait for the first message; no others are waited for.
    /// - Throws: ``KafkaError`` when the connection broke. What the broker remembers may have changed then, so this
    ///   consumer is of no use any more.
    func poll(atMost limit: Int, wait: Int32) throws -> [IncomingMessage] {
        var messages: [IncomingMessage] = []
        while messages.count < limit {
            let received = rd_kafka_consumer_poll(handle.client, messages.isEmpty ? wait : 0)
            defer { if let received { rd_kafka_message_destroy(received) } }
            if handle.connectionLost {
                // Hand over what came before; the next call throws.
                guard messages.isEmpty else { return messages }
                throw KafkaError.connectionLost
            }
            guard let message = received?.pointee else {
                if messages.isEmpty { try returnFromBeyondTheEnd() }
                return messages
            }
            guard message.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
                guard messages.isEmpty else {
                    handle.connectionLost = true
                    return messages
                }
                throw KafkaError(message.err)
            }
            positions.withLock { $0[message.partition] = message.offset + 1 }
            messages.append(IncomingMessage(message, createdAt: rd_kafka_message_timestamp(received, nil)))
        }
        return messages
    }

    /// Remembers, at the broker, that everything up to these messages has been dealt with.
    ///
    /// - Parameter offsets: For each partition the offset of the last message dealt with.
    func commit(_ offsets: [Int32: Int64]) throws {
        try withList(offsets.map { ($0, $1 + 1) }) { list in
            try handle.check(rd_kafka_commit(handle.client, list, 0))
        }
    }

    func close() {
        _ = rd_kafka_consumer_close(handle.client)
    }

    private func assignAllPartitions() throws {
        let partitions = try handle.metadata(topic: topic)
        guard !partitions.isEmpty else { throw KafkaError(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART) }
        let committed = try withList(partitions.map { ($0, Int64(RD_KAFKA_OFFSET_INVALID)) }) { list in
            try handle.check(rd_kafka_committed(handle.client, list, KafkaHandle.patience))
            return UnsafeBufferPointer(start: list.pointee.elems, count: Int(list.pointee.cnt))
                .map { ($0.partition, $0.offset) }
        }
        try assign(Dictionary(committed) { first, _ in first })
    }

    private func assign(_ offsets: [Int32: Int64]) throws {
        positions.withLock { $0 = offsets }
        try withList(offsets.map { ($0, $1 < 0 ? Int64(RD_KAFKA_OFFSET_BEGINNING) : $1) }) { list in
            try handle.check(rd_kafka_assign(handle.client, list))
        }
    }

    /// Apache Kafka answers an offset beyond the end with an error, and `auto.offset.reset` does the rest. Other
    /// brokers answer that there is nothing new, for ever; but they do tell where the end is.
    private func returnFromBeyondTheEnd() throws {
        var offsets = positions.withLock { $0 }
        var isBeyond = false
        for (partition, offset) in offsets where offset > 0 {
            var oldest: Int64 = 0
            var end: Int64 = 0
            guard
                rd_kafka_get_watermark_offsets(handle.client, topic, partition, &oldest, &end)
                    == RD_KAFKA_RESP_ERR_NO_ERROR, end >= 0, end < offset
            else { continue }
            offsets[partition] = Int64(RD_KAFKA_OFFSET_BEGINNING)
            isBeyond = true
        }
        if isBeyond { try assign(offsets) }
    }

    private func withList<Value>(
        _ offsets: [(partition: Int32, offset: Int64)],
        _ body: (UnsafeMutablePointer<rd_kafka_topic_partition_list_t>) throws -> Value
    ) throws -> Value {
        guard let list = rd_kafka_topic_partition_list_new(Int32(offsets.count)) else {
            throw KafkaError(RD_KAFKA_RESP_ERR__FAIL)
        }
        defer { rd_kafka_topic_partition_list_destroy(list) }
        for (partition, offset) in offsets {
            rd_kafka_topic_partition_list_add(list, topic, partition).pointee.offset = offset
        }
        return try body(list)
    }
}

extension IncomingMessage {
    fileprivate init(_ message: rd_kafka_message_t, createdAt created: Int64) {
        self.init(
            partition: message.partition, offset: message.offset,
            value: message.payload.map { Data(bytes: $0, count: message.len) } ?? Data(),
            created: created < 0 ? nil : created)
    }
}

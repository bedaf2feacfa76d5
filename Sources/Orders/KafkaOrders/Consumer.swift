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
    private struct State {
        /// The offset to be read next in each partition; negative for the oldest one there is.
        var positions: [Int32: Int64] = [:]
        /// Partitions of which everything has been read.
        var ended: Set<Int32> = []
        var isResting = false
        var isWoken = false
    }

    /// Milliseconds after which a lost connection is noticed while an answer is waited for.
    private static let slice: Int32 = 50

    private let handle: KafkaHandle
    private let topic: String
    private let state = Mutex(State())

    /// Starts at the offsets committed under `groupID`, or at the oldest message where there are none.
    init(server: KafkaServer, topic: String, groupID: String, logger: Logger) throws {
        self.topic = topic
        let settings = [
            "group.id": groupID,
            "enable.auto.commit": "false",
            // No session is held, but librdkafka waits that long with a commit for a coordinator that is gone.
            "session.timeout.ms": "1000",
            "heartbeat.interval.ms": "300",
            // A broker that has forgotten its messages starts at 0 again: an offset beyond the end is not a place to wait at.
            "auto.offset.reset": "earliest",
            // Apache Kafka answers when data arrives, other brokers only when this has passed. Five milliseconds keep
            // the read source that close behind while orders come; see `rest` for the times when none do.
            "fetch.wait.max.ms": "5",
            "enable.partition.eof": "true",
            "fetch.error.backoff.ms": "50",
        ]
        handle = try KafkaHandle(RD_KAFKA_CONSUMER, server: server, settings, logger: logger)
        _ = rd_kafka_poll_set_consumer(handle.client)
        try handle.createTopic(topic)
        handle.settle()
        try assignAllPartitions()
    }

    /// For each partition the offset to be read next; negative where nothing was committed.
    var positions: [Int32: Int64] { state.withLock { $0.positions } }

    /// Returns early, with nothing, when all has been read.
    ///
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
            if message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF {
                if markEnded(message.partition) { return messages }
                continue
            }
            guard message.err == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(message.err) }
            state.withLock {
                $0.positions[message.partition] = message.offset + 1
                $0.ended.remove(message.partition)
            }
            messages.append(IncomingMessage(message, createdAt: rd_kafka_message_timestamp(received, nil)))
        }
        return messages
    }

    /// Asks the broker for nothing, until ``wake()`` is called, the connection breaks, or `limit` has passed; then goes
    /// on where it was.
    ///
    /// A broker that answers a waiting fetch late can only be asked often. That is worth its price while messages come;
    /// resting is for when none do.
    ///
    /// - Parameter limit: Milliseconds.
    /// - Returns: Whether it was woken.
    /// - Throws: ``KafkaError``, as ``poll(atMost:wait:)`` does.
    func rest(atMost limit: Int32) throws -> Bool {
        try handle.check(rd_kafka_assign(handle.client, nil))
        state.withLock { $0.isResting = true }
        let end = ContinuousClock.now + .milliseconds(limit)
        while !state.withLock({ $0.isWoken }), !handle.connectionLost {
            let left = (end - .now) / .milliseconds(1)
            guard left >= 1 else { break }
            // Nothing is assigned: what comes is at most a message already passed over, which will be fetched again.
            if let received = rd_kafka_consumer_poll(handle.client, Int32(left)) { rd_kafka_message_destroy(received) }
        }
        let (wasWoken, positions) = state.withLock { state in
            defer {
                state.isResting = false
                state.isWoken = false
            }
            return (state.isWoken, state.positions)
        }
        if handle.connectionLost { throw KafkaError.connectionLost }
        try assign(positions)
        return wasWoken
    }

    /// Ends a rest, or keeps the next one from beginning.
    func wake() {
        let isResting = state.withLock { state in
            state.isWoken = true
            return state.isResting
        }
        if isResting { handle.wake() }
    }

    /// Remembers, at the broker, that everything up to these messages has been dealt with.
    ///
    /// - Parameter offsets: For each partition the offset of the last message dealt with.
    /// - Throws: ``KafkaError`` when the broker has not confirmed it within ``KafkaHandle/patience``, or the connection
    ///   breaks before.
    func commit(_ offsets: [Int32: Int64]) throws {
        let answers = rd_kafka_queue_new(handle.client)
        defer { rd_kafka_queue_destroy(answers) }
        // Not `rd_kafka_commit`: it waits without an end for a coordinator that is gone.
        try withList(offsets.map { ($0, $1 + 1) }) { list in
            try handle.check(rd_kafka_commit_queue(handle.client, list, answers, nil, nil))
        }
        let end = ContinuousClock.now + .milliseconds(KafkaHandle.patience)
        while ContinuousClock.now < end {
            if handle.connectionLost { throw KafkaError.connectionLost }
            guard let answer = rd_kafka_queue_poll(answers, Self.slice) else { continue }
            defer { rd_kafka_event_destroy(answer) }
            return try handle.check(rd_kafka_event_error(answer))
        }
        throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT)
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
        state.withLock {
            $0.positions = offsets
            $0.ended = []
        }
        try withList(offsets.map { ($0, $1 < 0 ? Int64(RD_KAFKA_OFFSET_BEGINNING) : $1) }) { list in
            try handle.check(rd_kafka_assign(handle.client, list))
        }
    }

    /// - Returns: Whether all partitions have been read to their ends.
    private func markEnded(_ partition: Int32) -> Bool {
        state.withLock { state in
            state.ended.insert(partition)
            return state.ended.count == state.positions.count
        }
    }

    /// Apache Kafka answers an offset beyond the end with an error, and `auto.offset.reset` does the rest. Other
    /// brokers answer that there is nothing new, forever, but they do tell where the end is.
    private func returnFromBeyondTheEnd() throws {
        var offsets = positions
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

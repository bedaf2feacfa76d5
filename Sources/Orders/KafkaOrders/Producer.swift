import CRDKafka
import FoundationEssentials
import Logging
import NIOPosix
import Synchronization

/// A message for the topic.
struct OutgoingMessage: Sendable {
    let key: String
    let value: Data
    let created: Int64
}

/// An idempotent producer: the broker keeps a message once, in order, however often a request has to be repeated.
final class Producer: Sendable {
    /// One sender that waits for its delivery report.
    private final class Delivery: Sendable {
        let continuation: CheckedContinuation<Void, any Error>

        init(_ continuation: CheckedContinuation<Void, any Error>) {
            self.continuation = continuation
        }
    }

    private let handle: KafkaHandle
    /// One thread receives delivery reports, the other one asks the broker questions.
    private let threads = NIOThreadPool(numberOfThreads: 2)
    private let isClosing = Atomic(false)
    private let topic: String
    private let topicCreation = Mutex<Task<Void, any Error>?>(nil)

    /// - Parameter timeout: Milliseconds after which an unconfirmed message is given up.
    init(server: KafkaServer, topic: String, timeout: Int, logger: Logger) throws {
        self.topic = topic
        let settings = [
            "enable.idempotence": "true",
            "acks": "all",
            "message.timeout.ms": String(timeout),
            // Send at once: a caller waits for each message.
            "queue.buffering.max.ms": "0",
            "queue.buffering.max.messages": "10000",
        ]
        handle = try KafkaHandle(RD_KAFKA_PRODUCER, server: server, settings, logger: logger) { _, message, _ in
            guard let message, let opaque = message.pointee._private else { return }
            let delivery = Unmanaged<Delivery>.fromOpaque(opaque).takeRetainedValue()
            if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
                delivery.continuation.resume()
            } else {
                delivery.continuation.resume(throwing: KafkaError(message.pointee.err))
            }
        }
        threads.start()
        threads.submit { [self] state in
            guard case .active = state else { return }
            while !isClosing.load(ordering: .relaxed) {
                rd_kafka_poll(handle.client, 1000)
                // Nobody waits for a broker that will not be spoken to again.
                if handle.connectionLost { giveUpMessages() }
            }
        }
    }

    /// Whether the broker was lost: a restarted one may have forgotten what this producer remembers.
    var isStale: Bool { handle.connectionLost }

    /// Makes the topic, with one partition, unless this producer has seen it. Sending to a topic that is missing would
    /// have the broker make it, with however many partitions it likes.
    func createTopic() async throws {
        let task = topicCreation.withLock { task in
            // Shared by all who wait for it.
            let current =
                task
                ?? Task { [topic] in
                    try await ask { handle in
                        try handle.createTopic(topic)
                        handle.settle()
                    }
                }
            task = current
            return current
        }
        do {
            try await task.value
        } catch {
            topicCreation.withLock { if $0 == task { $0 = nil } }
            throw error
        }
    }

    /// Returns once all replicas in sync have the message.
    ///
    /// - Throws: ``KafkaError``; when it ``KafkaError/endsProducer``, another producer may send the message again.
    func send(_ message: OutgoingMessage) async throws {
        try await createTopic()
        guard !isStale else { throw KafkaError.connectionLost }
        try await withCheckedThrowingContinuation { continuation in
            let delivery = Unmanaged.passRetained(Delivery(continuation))
            let code = produce(message, delivery.toOpaque())
            // No delivery report comes for what was not accepted.
            if code != RD_KAFKA_RESP_ERR_NO_ERROR {
                delivery.takeRetainedValue().continuation.resume(throwing: KafkaError(code))
            }
        }
    }

    /// Runs `body`, which may block.
    func ask<Value: Sendable>(_ body: @escaping @Sendable (KafkaHandle) throws -> Value) async throws -> Value {
        try await threads.runIfActive { [handle] in try body(handle) }
    }

    /// Delivers what can be delivered within a second; everyone else who waits hears that it was given up.
    func close() async {
        try? await ask { handle in
            if !handle.connectionLost { _ = rd_kafka_flush(handle.client, 1000) }
            self.giveUpMessages()
            while rd_kafka_outq_len(handle.client) > 0, rd_kafka_poll(handle.client, 10) > 0 {}
        }
        isClosing.store(true, ordering: .relaxed)
        handle.wake()
        try? await threads.shutdownGracefully()
    }

    /// Everyone who waits for a delivery report gets one that says that the message was given up.
    private func giveUpMessages() {
        _ = rd_kafka_purge(handle.client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
    }

    private func produce(_ message: OutgoingMessage, _ opaque: UnsafeMutableRawPointer) -> rd_kafka_resp_err_t {
        // The library copies key and value before it returns, and writes to neither.
        var key = Array(message.key.utf8)
        var value = Array(message.value)
        return topic.withCString { topic in
            key.withUnsafeMutableBytes { key in
                value.withUnsafeMutableBytes { value in
                    var fields = [rd_kafka_vu_t](repeating: rd_kafka_vu_t(), count: 6)
                    fields[0].vtype = RD_KAFKA_VTYPE_TOPIC
                    fields[0].u.cstr = topic
                    fields[1].vtype = RD_KAFKA_VTYPE_KEY
                    fields[1].u.mem = .init(ptr: key.baseAddress, size: key.count)
                    fields[2].vtype = RD_KAFKA_VTYPE_VALUE
                    fields[2].u.mem = .init(ptr: value.baseAddress, size: value.count)
                    fields[3].vtype = RD_KAFKA_VTYPE_TIMESTAMP
                    fields[3].u.i64 = message.created
                    fields[4].vtype = RD_KAFKA_VTYPE_MSGFLAGS
                    fields[4].u.i = RD_KAFKA_MSG_F_COPY
                    fields[5].vtype = RD_KAFKA_VTYPE_OPAQUE
                    fields[5].u.ptr = opaque
                    guard let error = rd_kafka_produceva(handle.client, fields, fields.count) else {
                        return RD_KAFKA_RESP_ERR_NO_ERROR
                    }
                    defer { rd_kafka_error_destroy(error) }
                    return rd_kafka_error_code(error)
                }
            }
        }
    }
}

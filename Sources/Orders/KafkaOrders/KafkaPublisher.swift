public import Logging
public import Orders
import Synchronization

/// Publishes events to the topic `OnNewOrder`: key is the order's id, value the event's JSON, timestamp the moment
/// at which the order was stored.
public final class KafkaPublisher: EventPublisher, Dependency {
    /// The word for this dependency in messages and in the answer of `/ready`.
    public let name = "message broker"
    /// `host:port`.
    public let address: String

    private static let maxAttempts = 3

    private let server: KafkaServer
    private let timeout: Int
    private let logger: Logger
    private let onPublished: @Sendable () -> Void
    private let current: Mutex<Producer>

    /// Connects on its own, and again whenever the broker was away.
    ///
    /// - Parameters:
    ///   - timeout: How long a message may wait for its confirmation, in milliseconds.
    ///   - onPublished: Called for each event that the broker has confirmed.
    public init(
        _ server: KafkaServer, timeout: Int = 3000, logger: Logger, onPublished: @escaping @Sendable () -> Void = {}
    ) throws {
        self.server = server
        self.timeout = timeout
        self.logger = logger
        self.onPublished = onPublished
        address = server.address
        current = Mutex(try Producer(server: server, topic: OnNewOrder.name, timeout: timeout, logger: logger))
    }

    /// Creates the topic with one partition, unless it exists.
    ///
    /// - Throws: ``OrderError/unavailable(dependency:problem:)``.
    public func prepare() async throws {
        try await unavailable {
            try await usableProducer().createTopic()
        }
    }

    /// Asks the broker for its topics.
    ///
    /// - Throws: ``OrderError/unavailable(dependency:problem:)`` when there is no answer within 2 s.
    public func ping() async throws {
        try await unavailable {
            try await usableProducer().ask { _ = try $0.metadata() }
        }
    }

    /// Sends the event; up to three times within the time-out when the broker has restarted meanwhile.
    ///
    /// - Throws: ``OrderError/unavailable(dependency:problem:)``; the broker may have kept the event even so.
    public func publish(_ event: OnNewOrder) async throws {
        let message = OutgoingMessage(
            key: event.orderId, value: try event.json(), created: event.created.millisecondsSince1970)
        try await unavailable { try await send(message) }
        onPublished()
    }

    /// Waits up to a second for events under way.
    public func close() async {
        await producer.close()
    }

    private var producer: Producer { current.withLock { $0 } }

    private func usableProducer() throws -> Producer {
        let producer = producer
        return producer.isStale ? try replace(producer) : producer
    }

    /// Sends the message, with a new producer when the broker went away: a few times at most, and no longer than one
    /// message may wait.
    private func send(_ message: OutgoingMessage) async throws {
        let deadline = ContinuousClock.now + .milliseconds(timeout)
        var attempt = 1
        while true {
            let producer = try usableProducer()
            do {
                return try await producer.send(message)
            } catch let error as KafkaError
                where error.endsProducer && attempt < Self.maxAttempts && ContinuousClock.now < deadline
            {
                _ = try replace(producer)
                attempt += 1
            }
        }
    }

    /// A producer that has failed gives way to a new one, once, however many senders notice.
    private func replace(_ failed: Producer) throws -> Producer {
        try current.withLock { producer in
            guard producer === failed else { return producer }
            producer = try Producer(server: server, topic: OnNewOrder.name, timeout: timeout, logger: logger)
            // On its own time: nobody's answer has to wait until the others' messages are given up too.
            Task { await failed.close() }
            return producer
        }
    }

    private func unavailable<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as KafkaError {
            throw OrderError.unavailable(dependency: name, problem: "\(address): \(error)")
        }
    }
}

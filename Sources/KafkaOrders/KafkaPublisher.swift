public import Logging
public import Orders
import Synchronization

/// Publishes events to the topic `OnNewOrder`: key is the order's id, value the event's JSON, timestamp the moment
/// at which the order was stored.
public final class KafkaPublisher: EventPublisher, Dependency {
    public let name = "message broker"
    public let address: String

    private let server: KafkaServer
    private let timeout: Int
    private let logger: Logger
    private let current: Mutex<Producer>

    /// Connects on its own, and again whenever the broker was away.
    ///
    /// - Parameter timeout: How long a message may wait for its confirmation, in milliseconds.
    public init(_ server: KafkaServer, timeout: Int = 3000, logger: Logger) throws {
        self.server = server
        self.timeout = timeout
        self.logger = logger
        address = server.address
        current = Mutex(try Producer(server: server, timeout: timeout, logger: logger))
    }

    public func prepare() async throws {
        try await unavailable {
            try await producer.ask { try $0.createTopic(OnNewOrder.name) }
        }
    }

    public func ping() async throws {
        try await unavailable {
            try await producer.ask { _ = try $0.metadata() }
        }
    }

    public func publish(_ event: OnNewOrder) async throws {
        let message = OutgoingMessage(
            key: event.orderId, value: try event.json(), created: event.created.millisecondsSince1970)
        try await unavailable {
            let producer = producer
            do {
                try await producer.send(message, to: OnNewOrder.name)
            } catch let error as KafkaError where error.isFatal {
                let next = try await replace(producer)
                try await next.send(message, to: OnNewOrder.name)
            }
        }
    }

    /// Waits up to a second for events under way.
    public func close() async {
        await producer.close()
    }

    private var producer: Producer { current.withLock { $0 } }

    /// A producer that has failed for good gives way to a new one, once, however many senders notice.
    private func replace(_ failed: Producer) async throws -> Producer {
        let next = try Producer(server: server, timeout: timeout, logger: logger)
        let chosen = current.withLock { producer in
            if producer === failed { producer = next }
            return producer
        }
        await (chosen === next ? failed : next).close()
        return chosen
    }

    private func unavailable<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as KafkaError {
            throw OrderError.unavailable(dependency: name, problem: "\(address): \(error)")
        }
    }
}

/// Manages the read source: receives `OnNewOrder` events and adds what they tell, on its own time.
public struct ReadSourceSubscriber: Sendable {
    private let readSource: any ReadSource

    /// - Parameter readSource: Gets every event at least once, and some again after a failure.
    public init(readSource: any ReadSource) {
        self.readSource = readSource
    }

    /// Receives events until the task is cancelled.
    public func run(_ subscription: any EventSubscription) async throws {
        try await subscription.forEachEvent { event in
            try await receive(event)
        }
    }

    func receive(_ event: OnNewOrder) async throws {
        try await readSource.add(OrderDocument(event))
    }
}

/// Mode `in-handler`: no message broker at all. The request that stores an order waits until the read source has it
/// too, and fails when the read source is down.
public struct InHandlerPublisher: EventPublisher {
    private let subscriber: ReadSourceSubscriber

    /// - Parameter subscriber: Called within ``publish(_:)``, in place of a message broker.
    public init(_ subscriber: ReadSourceSubscriber) {
        self.subscriber = subscriber
    }

    /// Returns once the read source has the order.
    ///
    /// - Throws: What the read source throws. The write source has stored the order by then.
    public func publish(_ event: OnNewOrder) async throws {
        try await subscriber.receive(event)
    }
}

/// The side of the message broker that events are given to.
public protocol EventPublisher: Sendable {
    /// Returns once the broker has confirmed that it keeps the event.
    ///
    /// - Throws: ``OrderError/unavailable(dependency:problem:)``; the broker may have kept the event even so.
    func publish(_ event: OnNewOrder) async throws
}

/// The side of the message broker that events come from.
public protocol EventSubscription: Sendable {
    /// Hands over every event, oldest first and one at a time, until the task is cancelled.
    ///
    /// An event counts as received only when `handler` has returned. When `handler` throws, or the program ends
    /// before, the event comes again: every event at least once.
    func forEachEvent(_ handler: @escaping @Sendable (OnNewOrder) async throws -> Void) async throws
}

/// Coordinates the two sides of the service.
///
/// Commands go to the write source; queries go to the read source. The mediator does not know how, or when, the
/// read source gets its data: it only announces what has happened.
public struct Mediator: Sendable {
    private let writeSource: any WriteSource
    private let readSource: any ReadSource
    private let messageBroker: any EventPublisher

    /// - Parameter messageBroker: Hears of each order after the write source has stored it.
    public init(writeSource: any WriteSource, readSource: any ReadSource, messageBroker: any EventPublisher) {
        self.writeSource = writeSource
        self.readSource = readSource
        self.messageBroker = messageBroker
    }

    /// Stores an order, then announces it.
    ///
    /// When the announcement fails the order stays stored, and the read source does not hear of it. A client that
    /// asks again with the same `idempotencyKey` has the same order announced again.
    public func add(_ newOrder: NewOrder, idempotencyKey: String? = nil) async throws -> OrderID {
        let order = try await writeSource.add(newOrder, idempotencyKey: idempotencyKey)
        try await messageBroker.publish(OnNewOrder(order))
        return order.id
    }

    /// At most `limit` orders, newest first.
    ///
    /// - Throws: ``OrderError/unavailable(dependency:problem:)`` when the read source does not answer.
    public func orders(limit: Int) async throws -> [OrderDocument] {
        try await readSource.orders(limit: limit)
    }

    /// One order.
    ///
    /// - Returns: `nil` when the read source does not have it, or does not have it yet.
    public func order(id: OrderID) async throws -> OrderDocument? {
        try await readSource.order(id: id)
    }

    /// At most `limit` customers, in the order of their e-mail addresses.
    ///
    /// - Throws: ``OrderError/unavailable(dependency:problem:)`` when the read source does not answer.
    public func customers(limit: Int) async throws -> [CustomerDocument] {
        try await readSource.customers(limit: limit)
    }

    /// One customer.
    ///
    /// - Returns: `nil` when the read source does not have the customer, or does not yet.
    public func customer(email: String) async throws -> CustomerDocument? {
        try await readSource.customer(email: email)
    }
}

/// Coordinates the two sides of the service.
///
/// Commands go to the write source; queries go to the read source. The mediator does not know how, or when, the
/// read source gets its data: it only announces what has happened.
public struct Mediator: Sendable {
    private let writeSource: any WriteSource
    private let readSource: any ReadSource
    private let messageBroker: any EventPublisher

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

    public func orders(limit: Int) async throws -> [OrderDocument] {
        try await readSource.orders(limit: limit)
    }

    public func order(id: OrderID) async throws -> OrderDocument? {
        try await readSource.order(id: id)
    }

    public func customers(limit: Int) async throws -> [CustomerDocument] {
        try await readSource.customers(limit: limit)
    }

    public func customer(email: String) async throws -> CustomerDocument? {
        try await readSource.customer(email: email)
    }
}

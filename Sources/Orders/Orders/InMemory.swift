import Synchronization

/// A write source without a server, for tests and for trying things: the same promises, kept in memory only.
public final class InMemoryWriteSource: WriteSource {
    private struct State {
        var orders: [Order] = []
        var customers: [String: Customer] = [:]
        var keys: [String: (NewOrder, Order)] = [:]
    }

    private let state = Mutex(State())

    /// Starts without orders.
    public init() {}

    /// Oldest first.
    public var orders: [Order] { state.withLock { $0.orders } }

    /// Never waits: two requests with the same key come one after the other.
    public func add(_ new: NewOrder, idempotencyKey: String?) async throws -> Order {
        try state.withLock { state in
            if let idempotencyKey, let (earlier, stored) = state.keys[idempotencyKey] {
                guard earlier == new else { throw OrderError.idempotencyKeyReused(key: idempotencyKey) }
                return stored
            }
            let customer = try state.customers[new.email] ?? new.newCustomer()
            let order = Order(
                id: OrderID(), description: new.description, quantity: new.quantity, customer: customer,
                created: .nowInMilliseconds)
            state.customers[new.email] = customer
            state.orders.append(order)
            if let idempotencyKey { state.keys[idempotencyKey] = (new, order) }
            return order
        }
    }
}

/// A read source without a server. A customer's id is the e-mail address.
public final class InMemoryReadSource: ReadSource {
    private let documents = Mutex<[OrderDocument]>([])

    /// Starts without orders.
    public init() {}

    /// An order whose id is there already is ignored.
    public func add(_ order: OrderDocument) async throws {
        documents.withLock { documents in
            guard !documents.contains(where: { $0.id == order.id }) else { return }
            documents.append(order)
        }
    }

    /// Newest means added last, whatever ``OrderDocument/created`` says.
    public func orders(limit: Int) async throws -> [OrderDocument] {
        documents.withLock { Array($0.reversed().prefix(limit)) }
    }

    /// Compares the id's text, which is always lower case.
    public func order(id: OrderID) async throws -> OrderDocument? {
        documents.withLock { $0.first { $0.id == id.description } }
    }

    /// Derived from the orders: a customer has the names of the first order under the e-mail address.
    public func customers(limit: Int) async throws -> [CustomerDocument] {
        let customers = documents.withLock {
            Dictionary($0.map { ($0.customer.email, $0.customer) }) { first, _ in first }
        }
        return customers.values.sorted { $0.email < $1.email }.prefix(limit).map {
            CustomerDocument(id: $0.email, customer: $0)
        }
    }

    /// Finds the customer among all, so in linear time.
    public func customer(email: String) async throws -> CustomerDocument? {
        try await customers(limit: .max).first { $0.customer.email == email }
    }
}

/// A broker with one topic in memory, which can be taken down.
public final class InMemoryBroker: EventPublisher, EventSubscription {
    private struct State {
        var events: [OnNewOrder] = []
        var isDown = false
    }

    private let state = Mutex(State())

    /// Starts empty, and up.
    public init() {}

    /// Oldest first.
    public var events: [OnNewOrder] { state.withLock { $0.events } }
    /// While it is, publishing fails.
    public var isDown: Bool {
        get { state.withLock { $0.isDown } }
        set { state.withLock { $0.isDown = newValue } }
    }

    /// - Throws: ``OrderError/unavailable(dependency:problem:)`` while ``isDown``.
    public func publish(_ event: OnNewOrder) async throws {
        try state.withLock { state in
            if state.isDown { throw OrderError.unavailable(dependency: "message broker", problem: "down") }
            state.events.append(event)
        }
    }

    /// Hands over what is there, and ends.
    public func forEachEvent(_ handler: @escaping @Sendable (OnNewOrder) async throws -> Void) async throws {
        for event in events { try await handler(event) }
    }
}

public import Orders

/// The read source in MongoDB: collections `orders` and `customers`, shaped as queries want them.
///
/// A document that another program has put there in a different shape is left out of answers.
public struct MongoDBReadSource: ReadSource, Dependency {
    /// The word for this dependency in messages and in the answer of `/ready`.
    public let name = "read source"
    /// `host:port` of each server, joined by commas, without user and password.
    public let address: String

    private let pool: ClientPool

    /// Connects when first used.
    ///
    /// - Parameters:
    ///   - url: A MongoDB connection string. Without a database in it `simplecqrs_r` is used; time-outs in it go
    ///     before the short ones used otherwise (2 s to find a server, 5 s for an answer).
    ///   - clients: The most clients, and threads, that are ever in use.
    /// - Throws: ``MongoDBURLError`` for a URL that the driver does not understand.
    public init(url: String, clients: Int = 8) throws {
        pool = try ClientPool(url, defaultDatabase: "simplecqrs_r", size: clients)
        address = pool.address
    }

    /// Creates a unique index on the customers' e-mail addresses, and one on the orders' dates.
    ///
    /// - Throws: ``OrderError/unavailable(dependency:problem:)``, also when documents that are there break uniqueness.
    public func prepare() async throws {
        try await unavailable {
            try await pool.withClient { client in
                try client.createIndex(on: "customers", field: "email", isUnique: true)
                try client.createIndex(on: "orders", field: "created.created", direction: -1)
            }
        }
    }

    /// Sends the command `ping`.
    ///
    /// - Throws: ``OrderError/unavailable(dependency:problem:)``, unless the URL says otherwise after 2 s without a server or
    ///   5 s without an answer.
    public func ping() async throws {
        try await unavailable {
            try await pool.withClient { client in
                let command = Document()
                command.append("ping", 1)
                try client.run(command)
            }
        }
    }

    /// Waits for what runs.
    public func close() async throws {
        try await pool.close()
    }

    /// Inserts the customer, then the order; each only when it is not there.
    ///
    /// - Throws: ``OrderError/unavailable(dependency:problem:)``. A customer without the order may be left then; adding again
    ///   completes it.
    public func add(_ order: OrderDocument) async throws {
        try await unavailable {
            try await pool.withClient { client in
                // The customer first: an order is only there once all of it is.
                try client.insert(.customer(order.customer), into: "customers")
                try client.insert(.order(order), into: "orders")
            }
        }
    }

    /// Newest means stored last in the write source.
    public func orders(limit: Int) async throws -> [OrderDocument] {
        try await unavailable {
            try await pool.withClient { client in
                var orders: [OrderDocument] = []
                try client.find(
                    in: "orders", Document(),
                    options: .options(limit: limit, sortedBy: "created.created", direction: -1)
                ) { found in
                    if let order = OrderDocument(found) { orders.append(order) }
                }
                return orders
            }
        }
    }

    /// Finds by the document's `_id`.
    public func order(id: OrderID) async throws -> OrderDocument? {
        try await unavailable {
            try await pool.withClient { client in
                var order: OrderDocument?
                try client.find(in: "orders", .filter("_id", id.description), options: .options(limit: 1)) { found in
                    order = OrderDocument(found)
                }
                return order
            }
        }
    }

    /// Sorted byte by byte.
    public func customers(limit: Int) async throws -> [CustomerDocument] {
        try await unavailable {
            try await pool.withClient { client in
                var customers: [CustomerDocument] = []
                try client.find(
                    in: "customers", Document(), options: .options(limit: limit, sortedBy: "email", direction: 1)
                ) { found in
                    if let customer = CustomerDocument(found) { customers.append(customer) }
                }
                return customers
            }
        }
    }

    /// Compares byte by byte.
    public func customer(email: String) async throws -> CustomerDocument? {
        try await unavailable {
            try await pool.withClient { client in
                var customer: CustomerDocument?
                try client.find(in: "customers", .filter("email", email), options: .options(limit: 1)) { found in
                    customer = CustomerDocument(found)
                }
                return customer
            }
        }
    }

    private func unavailable<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as MongoDBError {
            throw OrderError.unavailable(dependency: name, problem: "\(address): \(error)")
        }
    }
}

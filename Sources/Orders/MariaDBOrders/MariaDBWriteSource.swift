import FoundationEssentials
public import Orders

/// The write source in MariaDB: tables `customer` and `order` of the database `simplecqrs_w`.
public struct MariaDBWriteSource: WriteSource, Dependency {
    /// The word for this dependency in messages and in the answer of `/ready`.
    public let name = "write source"
    /// `host:port`, without user and password.
    public let address: String

    private let server: MariaDBServer
    private let pool: ConnectionPool

    /// Connects when first used.
    ///
    /// - Parameter connections: The most connections, and threads, that are ever open.
    public init(_ server: MariaDBServer, connections: Int = 8) {
        self.server = server
        address = "\(server.host):\(server.port)"
        pool = ConnectionPool(to: server, size: connections)
    }

    /// Creates the database `simplecqrs_w` and those of its tables that do not exist yet.
    ///
    /// - Throws: ``OrderError/unavailable(dependency:problem:)``.
    public func prepare() async throws {
        try await unavailable {
            try await pool.withThread { server in
                try Schema.create(on: Connection(to: server, database: nil))
            }
        }
    }

    /// Runs `SELECT 1` on a pooled connection.
    ///
    /// - Throws: ``OrderError/unavailable(dependency:problem:)``, at the latest after 2 s for the connection and 5 s for
    ///   the answer.
    public func ping() async throws {
        try await unavailable {
            _ = try await pool.withTransaction { try $0.query("SELECT 1") }
        }
    }

    /// Waits for what runs, then closes all connections.
    public func close() async throws {
        try await pool.close()
    }

    /// Stores order, customer and idempotency key in one transaction, which is run up to four times when the server rolls it
    /// back or an idle connection turns out to be closed.
    ///
    /// - Throws: ``OrderError``. When the answer to the commit is lost the code is `.unavailable`, although the order may be
    ///   stored: only a request with an idempotency key can safely be repeated.
    public func add(_ order: NewOrder, idempotencyKey: String?) async throws -> Order {
        try await unavailable {
            let id = OrderID()
            let created = Date.nowInMilliseconds
            return try await pool.withTransaction { connection in
                if let idempotencyKey, let stored = try connection.claim(idempotencyKey, for: order, id, at: created) {
                    return stored
                }
                let customer = try connection.customer(of: order, at: created)
                return try connection.insert(
                    Order(
                        id: id, description: order.description, quantity: order.quantity, customer: customer,
                        created: created))
            }
        }
    }

    /// Whatever the server says, callers see that the write source failed them, never a half-stored order.
    private func unavailable<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as MariaDBError {
            throw OrderError.unavailable(dependency: name, problem: "\(address): \(error)")
        }
    }
}

extension Connection {
    /// Takes an idempotency key for an order; waits for another request that has taken it and not ended.
    ///
    /// - Returns: The order that was stored under the key before, or `nil` when the key was free.
    fileprivate func claim(_ key: String, for order: NewOrder, _ id: OrderID, at created: Date) throws -> Order? {
        let fingerprint = order.fingerprint
        let inserted = try execute(
            """
            INSERT INTO idempotencyKey (`key`, orderId, fingerprint, createdAt) VALUES (?, ?, SHA2(?, 256), ?)
            ON DUPLICATE KEY UPDATE orderId = orderId
            """, key, id.description, fingerprint, created.sqlText)
        if inserted == 1 { return nil }

        let rows = try query(
            """
            SELECT k.fingerprint = SHA2(?, 256), o.id, o.description, o.count, o.createdAt,
                c.email, c.firstName, c.lastName
            FROM idempotencyKey k JOIN `order` o ON o.id = k.orderId JOIN customer c ON c.email = o.customerEmail
            WHERE k.`key` = ?
            """, fingerprint, key)
        guard let row = rows.first, row[0] == "1" else { throw OrderError.idempotencyKeyReused(key: key) }
        return try Order(row: row.dropFirst().map { $0 ?? "" })
    }

    /// The customer as stored, made first when the e-mail address is new.
    fileprivate func customer(of order: NewOrder, at created: Date) throws -> Customer {
        if let known = try customer(email: order.email) { return known }
        let new = try order.newCustomer()
        let inserted = try execute(
            """
            INSERT INTO customer (email, firstName, lastName, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?)
            ON DUPLICATE KEY UPDATE email = email
            """, new.email, new.firstName, new.lastName, created.sqlText, created.sqlText)
        // Another order may have made the customer meanwhile.
        if inserted == 0, let known = try customer(email: order.email) { return known }
        return new
    }

    private func customer(email: String) throws -> Customer? {
        let rows = try query("SELECT firstName, lastName FROM customer WHERE email = ?", email)
        return rows.first.map { Customer(email: email, firstName: $0[0] ?? "", lastName: $0[1] ?? "") }
    }

    fileprivate func insert(_ order: Order) throws -> Order {
        try execute(
            """
            INSERT INTO `order` (id, description, count, createdAt, updatedAt, customerEmail) VALUES (?, ?, ?, ?, ?, ?)
            """, order.id.description, order.description, String(order.quantity), order.created.sqlText,
            order.created.sqlText, order.customer.email)
        return order
    }
}

extension NewOrder {
    /// All fields, kept apart by a character that none may contain.
    fileprivate var fingerprint: String {
        [description, String(quantity), email, firstName ?? "", lastName ?? ""].joined(separator: "\u{1F}")
    }
}

extension Order {
    fileprivate init(row: [String]) throws {
        guard let id = OrderID(row[0]), let quantity = Int(row[2]), let created = Date(sqlText: row[3]) else {
            throw MariaDBError(code: 0, message: "the stored order '\(row[0])' cannot be read")
        }
        self.init(
            id: id, description: row[1], quantity: quantity,
            customer: Customer(email: row[4], firstName: row[5], lastName: row[6]), created: created)
    }
}

extension Date {
    private static let sqlStyle = ISO8601FormatStyle(
        dateSeparator: .dash, dateTimeSeparator: .space, timeSeparator: .colon, includingFractionalSeconds: true
    ).year().month().day().time(includingFractionalSeconds: true)

    /// `2026-01-31 23:59:59.123`, in UTC.
    var sqlText: String { iso8601Milliseconds.replacing("T", with: " ").replacing("Z", with: "") }

    init?(sqlText: String) {
        guard let date = try? Self.sqlStyle.parse(sqlText) else { return nil }
        self.init(millisecondsSince1970: date.millisecondsSince1970)
    }
}

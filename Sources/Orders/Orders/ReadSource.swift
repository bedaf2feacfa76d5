/// Where queries are answered from.
public protocol ReadSource: Sendable {
    /// Adds an order, and its customer when the e-mail address is new. What is there already stays as it is, so
    /// adding the same order twice changes nothing.
    func add(_ order: OrderDocument) async throws

    /// - Returns: At most `limit` orders, newest first.
    func orders(limit: Int) async throws -> [OrderDocument]
    func order(id: OrderID) async throws -> OrderDocument?
    /// - Returns: At most `limit` customers, in the order of their e-mail addresses.
    func customers(limit: Int) async throws -> [CustomerDocument]
    func customer(email: String) async throws -> CustomerDocument?
}

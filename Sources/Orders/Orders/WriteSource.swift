/// Where orders are written: the record that all else is derived from.
public protocol WriteSource: Sendable {
    /// Stores an order and, for an e-mail address that is new, its customer; both or neither.
    ///
    /// A customer who is known keeps the names that are stored.
    ///
    /// - Parameter idempotencyKey: A key that came before, with the same order, gives the order stored then and
    ///   stores nothing; also while the first request is still under way.
    /// - Throws: ``OrderError``.
    func add(_ order: NewOrder, idempotencyKey: String?) async throws -> Order
}

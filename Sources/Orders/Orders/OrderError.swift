/// What can go wrong with an order or a query.
///
/// Something that is not there is not an error: queries answer `nil`.
public enum OrderError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What the client sent is wrong; sending it again will not help.
    case invalid(field: String, problem: String)
    /// The `Idempotency-Key` came before, with another order.
    case idempotencyKeyReused(key: String)
    /// A server that the work needs does not answer, or not as it should; the same request may succeed later.
    case unavailable(dependency: String, problem: String)

    /// One line without a full stop, which clients get as the `error` of an answer.
    public var description: String {
        switch self {
        case .invalid(let field, let problem): "'\(field)' \(problem)"
        case .idempotencyKeyReused(let key): "the idempotency key '\(key)' was used for a different order"
        case .unavailable(let dependency, let problem): "the \(dependency) is not available: \(problem)"
        }
    }
}

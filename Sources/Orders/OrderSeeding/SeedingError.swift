/// Why orders can't be posted at all.
public struct SeedingError: Error, Hashable, CustomStringConvertible {
    /// What is wrong with the target: its address, that nothing answers there, or what does.
    public enum Code: Sendable { case badTarget, unreachable, notAnOrderService }

    /// For programs; ``problem`` is for people.
    public let code: Code
    /// What failed, naming the subject: lower case, without a full stop.
    public let problem: String
    /// The next thing to try.
    public let remedy: String

    /// The problem, then the remedy on a line of its own.
    public var description: String { "\(problem)\n  try: \(remedy)" }

    static func badTarget(_ text: String) -> Self {
        Self(
            code: .badTarget, problem: "'\(text)' is not the address of a service",
            remedy: "an address such as http://localhost:9001, without a query")
    }

    static func unreachable(_ url: String, attempts: Int, reason: String) -> Self {
        Self(
            code: .unreachable, problem: "'\(url)' took no order in \(attempts) attempts: \(reason)",
            remedy: "see that the order service runs and that address and port are right, then run the same seed again")
    }

    static func notAnOrderService(_ url: String, status: Int) -> Self {
        Self(
            code: .notAnOrderService, problem: "'\(url)' answers \(status), so it takes no orders",
            remedy: "give the address of the order service itself, without '/orders'")
    }
}

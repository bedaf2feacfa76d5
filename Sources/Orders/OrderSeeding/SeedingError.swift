public import Diagnostics

/// Why no order can be posted.
public struct SeedingError: UserFacingError, Hashable {
    /// What is wrong with the target: its address, that nothing answers there, or what does.
    public enum Code: Sendable { case badTarget, unreachable, notAnOrderService }

    /// For programs; ``problem`` is for people.
    public let code: Code
    /// What failed, naming the subject: lower case, without a full stop.
    public let problem: String
    /// The next thing to try.
    public let remedy: String?

    static func badTarget(_ text: String) -> Self {
        Self(
            code: .badTarget, problem: "'\(text)' is not the address of a service",
            remedy: "use an address such as http://localhost:9001, without a query")
    }

    static func encryptedTarget(_ text: String, host: String) -> Self {
        Self(
            code: .badTarget, problem: "'\(text)' asks for an encrypted connection, and only plain HTTP is available",
            remedy: "where the service itself listens without TLS, reach it through a tunnel: "
                + "ssh -nNT -L 9001:localhost:9001 \(host), then --target-url http://localhost:9001")
    }

    static func unreachable(_ url: String, attempts: Int, reason: String) -> Self {
        Self(
            code: .unreachable, problem: "'\(url)' did not accept any order in \(attempts) attempts: \(reason)",
            remedy: "check that the order service is running and that address and port are right, "
                + "then run the same seed again")
    }

    static func notAnOrderService(_ url: String, status: Int) -> Self {
        Self(
            code: .notAnOrderService, problem: "'\(url)' answered \(status), so it is not an order service",
            remedy: "use the address of the order service itself, without '/orders'")
    }
}

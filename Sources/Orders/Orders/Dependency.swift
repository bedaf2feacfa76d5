/// A server that the service cannot do its work without.
public protocol Dependency: Sendable {
    /// As people call it: `write source`, `read source`, `message broker`.
    var name: String { get }
    /// Host and port, without any secret.
    var address: String { get }

    /// Makes what is missing there: tables, indexes, the topic. Doing so again changes nothing.
    func prepare() async throws
    /// Asks once, and throws when there is no answer within a few seconds.
    func ping() async throws
}

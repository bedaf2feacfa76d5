import FoundationEssentials
import HTTPConnections

/// The address of an order service.
public struct OrderTarget: Hashable, Sendable, CustomStringConvertible {
    /// Where orders are posted to.
    public let ordersURL: String
    let endpoint: HTTPEndpoint
    /// The path of ``ordersURL``.
    let ordersPath: String

    /// The same as ``ordersURL``.
    public var description: String { ordersURL }

    /// - Parameter address: An `http` URL of the service, with or without a final slash; a path is kept.
    /// - Throws: ``SeedingError`` with code `.badTarget`, also for an address with a query, a fragment or a password, and for
    ///   one of `https`.
    public init(_ address: String) throws(SeedingError) {
        guard
            let parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty,
            parts.port.map({ (1...65_535).contains($0) }) ?? true,
            parts.query == nil, parts.fragment == nil, parts.user == nil, parts.password == nil
        else { throw .badTarget(address) }
        guard scheme == "http" else { throw .encryptedTarget(address, host: host) }
        var base = address[...]
        while base.hasSuffix("/") { base.removeLast() }
        ordersURL = base + "/orders"
        var path = parts.percentEncodedPath[...]
        while path.hasSuffix("/") { path.removeLast() }
        ordersPath = path + "/orders"
        // An IPv6 address has brackets in a URL, and nowhere else.
        endpoint = .tcp(host: String(host.drop { $0 == "[" }.prefix { $0 != "]" }), port: parts.port ?? 80)
    }
}

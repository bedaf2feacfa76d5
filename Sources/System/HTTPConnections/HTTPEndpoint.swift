/// Where an HTTP server listens.
public enum HTTPEndpoint: Hashable, Sendable, CustomStringConvertible {
    case unixSocket(path: String)
    /// A name or an address; an IPv6 address is given without brackets.
    case tcp(host: String, port: Int)

    /// A path, or host and port.
    public var description: String {
        switch self {
        case .unixSocket(let path): path
        case .tcp(let host, let port): "\(bracketed(host)):\(port)"
        }
    }

    /// What `Host` says when a request doesn't give its own.
    var hostHeader: String {
        switch self {
        case .unixSocket: "localhost"
        case .tcp(let host, 80): bracketed(host)
        case .tcp: description
        }
    }

    private func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}

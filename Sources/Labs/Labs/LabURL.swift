/// A page that a service of the lab serves: `http://` with a loopback host and a port.
public struct LabURL: Hashable, Codable, Sendable, CustomStringConvertible {
    /// 1 to 65535.
    public var port: Int
    /// With the query; begins with a slash.
    public var path: String

    /// A path without its leading slash gets one.
    public init(port: Int, path: String) {
        self.port = port
        self.path = path.hasPrefix("/") ? path : "/\(path)"
    }

    /// - Returns: `nil` for another scheme, another host or characters that no request line may hold.
    public init?(_ text: String) {
        guard text.hasPrefix("http://"), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        let rest = text.dropFirst("http://".count)
        let authority = rest.prefix { $0 != "/" }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, ["127.0.0.1", "localhost"].contains(host), parts.count <= 2 else { return nil }
        guard let port = parts.count == 2 ? Int(parts[1]) : 80, (1...65535).contains(port) else { return nil }
        self.init(port: port, path: String(rest.dropFirst(authority.count)))
    }

    /// With the loopback address, whatever name it was written with.
    public var description: String { "http://127.0.0.1:\(port)\(path)" }
}

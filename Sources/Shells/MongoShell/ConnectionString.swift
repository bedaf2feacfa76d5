/// The address of a server as the command line gives it.
public struct ConnectionString: Hashable, Sendable {
    /// For the driver: complete, with the options that mongosh adds.
    public let uri: String
    /// For the screen: without user name and password.
    public let displayed: String
    /// `test` when the address names none.
    public let database: String
    /// The first host and its port, as in `127.0.0.1:27017`.
    public let firstHost: String

    private static let scheme = "mongodb://"
    private static let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]", "0.0.0.0"]

    /// - Parameter text: A `mongodb://` address, `host:port/database`, `host:port` or a database's name; `nil` for the
    ///   local server.
    /// - Throws: ``ShellError`` named `MongoParseError`.
    public init(_ text: String?, host: String? = nil, port: UInt16? = nil) throws {
        var address = try Self.address(text ?? "", host: host, port: port)
        let query = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var options = query.count > 1 ? query[1].split(separator: "&").map(String.init) : []
        address = String(query[0])
        let path = address.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let authority = path[0].split(separator: "@", omittingEmptySubsequences: false)
        let hosts = (authority.last ?? "").split(separator: ",", omittingEmptySubsequences: false)
        guard authority.count <= 2, !hosts.isEmpty, hosts.allSatisfy({ Self.isHost($0) }) else {
            throw ShellError("MongoParseError", "Invalid connection string \"\(Self.scheme)\(address)\"")
        }
        let named = path.count > 1 ? String(path[1]) : ""
        guard !named.contains("/"), !named.contains(".") else {
            throw ShellError("MongoParseError", "Invalid database name: \"\(named)\"")
        }
        database = named.isEmpty ? "test" : named
        let names = hosts.map { $0.hasPrefix("[") ? $0.prefix { $0 != "]" } + "]" : $0.prefix { $0 != ":" } }
        let first = hosts[0]
        firstHost = first.dropFirst(names[0].count).isEmpty ? "\(first):27017" : String(first)
        let present = Set(options.map { $0.prefix { $0 != "=" }.lowercased() })
        func add(_ name: String, _ value: String) {
            if !present.contains(name.lowercased()) { options.append("\(name)=\(value)") }
        }
        if hosts.count == 1, !present.contains("replicaset") { add("directConnection", "true") }
        if names.allSatisfy({ Self.loopback.contains(String($0)) }) { add("serverSelectionTimeoutMS", "2000") }
        add("appName", "lectern-mongosh")
        let suffix = (path.count > 1 ? "/\(named)" : "/") + "?" + options.joined(separator: "&")
        // The driver waits ten seconds for the greeting of something that listens and says nothing.
        let limit = present.contains("connecttimeoutms") ? "" : "&connectTimeoutMS=3000"
        uri = Self.scheme + path[0] + suffix + limit
        displayed = Self.scheme + (authority.count > 1 ? "<credentials>@" : "") + (authority.last ?? "") + suffix
    }

    private static func address(_ text: String, host: String?, port: UInt16?) throws -> String {
        if text.hasPrefix(scheme) {
            guard host == nil, port == nil else {
                throw ShellError("MongoParseError", "a connection string and a host or port can't both be given")
            }
            return String(text.dropFirst(scheme.count))
        }
        guard !text.contains("://") else {
            throw ShellError(
                "MongoParseError", "Invalid scheme, expected connection string to start with \"mongodb://\"")
        }
        let isAddress = text.contains { $0 == ":" || $0 == "/" || $0 == "." || $0 == "," }
        if isAddress { return text }
        return "\(host ?? "127.0.0.1"):\(port ?? 27017)/\(text)"
    }

    private static func isHost(_ text: Substring) -> Bool {
        var rest = text
        if text.hasPrefix("[") {
            guard let closing = text.firstIndex(of: "]") else { return false }
            rest = text[text.index(after: closing)...]
        } else {
            let name = text.prefix { $0 != ":" }
            guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 32 && $0 != UInt8(ascii: "\\") }) else { return false }
            rest = text.dropFirst(name.count)
        }
        return rest.isEmpty || (rest.first == ":" && UInt16(rest.dropFirst()).map { $0 > 0 } == true)
    }
}

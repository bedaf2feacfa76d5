package import Lessons

/// URLs that stand for a port of the lab, in the notations of both platforms.
package enum PortURL {
    /// Reads a link's target.
    ///
    /// Katacoda's `https://[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]].environments.katacoda.com/path` counts with its literal
    /// host, with a prefix and without a scheme; Killercoda's is `{{TRAFFIC_HOST1_80}}/path`. Placeholders without a port, and
    /// those with letters for numbers, are no port.
    static func target(of text: String) -> Link.Target? {
        guard mayHoldPlaceholder(text) else { return nil }
        let bytes = Array(text.utf8)
        return katacoda(bytes) ?? killercoda(bytes)
    }

    private static func mayHoldPlaceholder(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "[") || $0 == .leftBrace }
    }

    private static let subdomain = Array("_SUBDOMAIN]]-".utf8)
    private static let traffic = Array("{{TRAFFIC_HOST".utf8)

    private static func katacoda(_ bytes: [UInt8]) -> Link.Target? {
        guard let marker = bytes.firstRange(of: subdomain, in: bytes.indices) else { return nil }
        let digits = bytes[marker.upperBound...].prefix(while: \.isDigit)
        guard let port = port(digits), bytes[digits.endIndex...].starts(with: "-[[".utf8) else { return nil }
        return .labPort(port, path: path(after: bytes[digits.endIndex...]))
    }

    private static func killercoda(_ bytes: [UInt8]) -> Link.Target? {
        guard let marker = bytes.firstRange(of: traffic, in: bytes.indices) else { return nil }
        let host = bytes[marker.upperBound...].prefix(while: \.isDigit)
        guard !host.isEmpty, host.endIndex < bytes.endIndex, bytes[host.endIndex] == UInt8(ascii: "_") else {
            return nil
        }
        let digits = bytes[(host.endIndex + 1)...].prefix(while: \.isDigit)
        guard let port = port(digits), bytes[digits.endIndex...].starts(with: "}}".utf8) else { return nil }
        return .labPort(port, path: path(after: bytes[(digits.endIndex + 2)...]))
    }

    private static func port(_ digits: ArraySlice<UInt8>) -> Int? {
        guard let port = Int(String(decoding: digits, as: UTF8.self)), (1...65535).contains(port) else { return nil }
        return port
    }

    private static func path(after host: ArraySlice<UInt8>) -> String {
        guard let slash = host.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }) else {
            return "/"
        }
        let path = String(decoding: host[slash...], as: UTF8.self)
        return path.utf8.first == UInt8(ascii: "/") ? path : "/" + path
    }

    /// Where a link leads; `nil` for a place on the same page.
    package static func classify(_ text: String) -> Link.Target? {
        guard let first = text.utf8.first, first != UInt8(ascii: "#") else { return nil }
        if mayHoldPlaceholder(text) { return target(of: text) ?? .external(text) }
        if first == UInt8(ascii: "/") { return .external(text) }
        var rest = text.utf8[...]
        while let byte = rest.first,
            byte.isLetter || byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        {
            rest = rest.dropFirst()
        }
        let hasScheme = rest.startIndex > text.startIndex && rest.first == UInt8(ascii: ":")
        return hasScheme ? .external(text) : .file(text)
    }
}

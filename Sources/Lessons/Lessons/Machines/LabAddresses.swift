/// Puts addresses that answer inside the lab in the place of what stands for the addresses of a platform's machine.
///
/// Katacoda's `https://[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]].environments.katacoda.com` and Killercoda's
/// `{{TRAFFIC_HOST1_8080}}` become `http://localhost:8080`. All hosts are one here. Any other `[[WORD]]`, and placeholders
/// with letters for numbers, stay as they are.
package enum LabAddresses {
    /// What `/etc/killercoda/host` holds: a URL in which lessons replace `PORT`.
    package static let template = "http://localhost:PORT\n"

    package static func substituted(in text: String) -> String {
        guard text.contains("[[") || text.contains("{{TRAFFIC_") else { return text }
        var rest = text[...]
        var result = ""
        while let start = rest.firstIndex(where: { $0 == "[" || $0 == "{" }) {
            result += rest[..<start]
            rest = rest[start...]
            if let address = katacodaURL(&rest) ?? killercodaURL(&rest) {
                let hasScheme = removeScheme(from: &result, withPrefix: address.mayHavePrefix)
                result += hasScheme || address.isURL ? "http://\(address.host)" : address.host
            } else if let word = rest.first {
                result.append(word)
                rest.removeFirst()
            }
        }
        return result + rest
    }

    private struct Address {
        var host: String
        /// The placeholder stands for a whole URL, its scheme included.
        var isURL: Bool
        /// More of a host name may be before it (`console-[[HOST_SUBDOMAIN]]-…`).
        var mayHavePrefix: Bool
    }

    private static func katacodaURL(_ text: inout Substring) -> Address? {
        guard text.hasPrefix("[["), let end = text.range(ofText: "]]") else { return nil }
        let word = String(text[text.index(text.startIndex, offsetBy: 2)..<end.lowerBound])
        var rest = text[end.upperBound...]
        if isHost(word, "_IP") {
            text = rest
            return Address(host: "127.0.0.1", isURL: false, mayHavePrefix: false)
        }
        if word == "KATACODA_HOST" || word == "KATACODA_DOMAIN" {
            text = rest
            return Address(host: "localhost", isURL: false, mayHavePrefix: false)
        }
        guard isHost(word, "_SUBDOMAIN") else { return nil }
        text = rest
        let bare = Address(host: "localhost", isURL: false, mayHavePrefix: false)
        guard rest.first == "-" else { return bare }
        rest.removeFirst()
        let port = rest.prefix { $0.isASCII && $0.isNumber }
        if !port.isEmpty {
            rest = rest[port.endIndex...]
            guard rest.first == "-", UInt16(port) ?? 0 > 0 else { return bare }
            rest.removeFirst()
        }
        guard rest.hasPrefix("[[KATACODA_HOST]]") else { return bare }
        rest.removeFirst("[[KATACODA_HOST]]".count)
        for domain in [".environments.katacoda.com", ".[[KATACODA_DOMAIN]]"] where rest.hasPrefix(domain) {
            rest.removeFirst(domain.count)
        }
        text = rest
        return Address(host: port.isEmpty ? "localhost" : "localhost:\(port)", isURL: false, mayHavePrefix: true)
    }

    /// `HOST_IP`, `HOST2_IP`, `CLIENT_IP`.
    private static func isHost(_ word: String, _ suffix: String) -> Bool {
        guard word.hasSuffix(suffix) else { return false }
        let host = word.dropLast(suffix.count)
        return host == "CLIENT" || host.hasPrefix("HOST") && host.dropFirst(4).allSatisfy { $0.isASCII && $0.isNumber }
    }

    private static func killercodaURL(_ text: inout Substring) -> Address? {
        guard text.hasPrefix("{{TRAFFIC_"), let end = text.range(ofText: "}}") else { return nil }
        let word = text[text.index(text.startIndex, offsetBy: 10)..<end.lowerBound]
        var host = "localhost"
        if word != "SELECTOR" {
            let parts = word.split(separator: "_", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].hasPrefix("HOST"), UInt8(parts[0].dropFirst(4)) != nil,
                let port = UInt16(parts[1]), port > 0
            else { return nil }
            host += ":\(port)"
        }
        text = text[end.upperBound...]
        return Address(host: host, isURL: true, mayHavePrefix: false)
    }

    /// - Returns: Whether a scheme stood at the end.
    private static func removeScheme(from text: inout String, withPrefix: Bool) -> Bool {
        var end = text.endIndex
        if withPrefix {
            let isHostName: (Character) -> Bool = {
                $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".")
            }
            let prefix = text.reversed().prefix(while: isHostName)
            // A name that is part of the host's ends with a hyphen; anything else is the text before it.
            if prefix.first == "-" { end = text.index(end, offsetBy: -prefix.count) }
        }
        for scheme in ["https://", "http://"] where text[..<end].hasSuffix(scheme) {
            text.removeSubrange(text.index(end, offsetBy: -scheme.count)...)
            return true
        }
        text.removeSubrange(end...)
        return false
    }
}

extension Substring {
    fileprivate func range(ofText needle: String) -> Range<Index>? {
        // A placeholder is short; a text full of brackets must not be searched to its end for each.
        var start = startIndex
        for _ in 0..<64 {
            guard start < endIndex else { return nil }
            if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
            start = index(after: start)
        }
        return nil
    }
}

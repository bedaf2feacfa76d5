import Diagnostics
import LessonMarkdown
import Lessons

/// A placeholder of either platform in a text.
struct Placeholder {
    enum Kind {
        /// `{{TRAFFIC_HOST1_80}}`; the numbers as written.
        case traffic(host: String, port: String)
        case selector
        /// `{{TRAFFIC_…}}` of no known form.
        case otherTraffic
        /// `[[WORD]]`.
        case bracketed(String)
    }

    let kind: Kind
    let range: Range<Int>

    static func all(in source: SourceText, within range: Range<Int>) -> [Placeholder] {
        var found: [Placeholder] = []
        var offset = range.lowerBound
        let bytes = source.bytes
        while offset + 4 < range.upperBound {
            let byte = bytes[offset]
            guard byte == .leftBrace || byte == UInt8(ascii: "["), bytes[offset + 1] == byte else {
                offset += 1
                continue
            }
            let close = byte == .leftBrace ? UInt8.rightBrace : UInt8(ascii: "]")
            let limit = min(range.upperBound, offset + 64)
            var end = offset + 2
            while end < limit, bytes[end].isLetter || bytes[end].isDigit || bytes[end] == UInt8(ascii: "_") { end += 1 }
            guard end > offset + 2, end + 1 < range.upperBound, bytes[end] == close, bytes[end + 1] == close else {
                offset += 1
                continue
            }
            let word = source.string(offset + 2..<end)
            let place = offset..<end + 2
            if byte == UInt8(ascii: "[") {
                found.append(Placeholder(kind: .bracketed(word), range: place))
            } else if word.hasPrefix("TRAFFIC_") {
                found.append(Placeholder(kind: traffic(word), range: place))
            }
            offset = end + 2
        }
        return found
    }

    private static func traffic(_ word: String) -> Kind {
        if word == "TRAFFIC_SELECTOR" { return .selector }
        guard word.hasPrefix("TRAFFIC_HOST") else { return .otherTraffic }
        let parts = word.dropFirst(12).split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return .otherTraffic }
        return .traffic(host: String(parts[0]), port: String(parts[1]))
    }

    static let katacoda = [
        "HOST_IP", "HOST2_IP", "HOST3_IP", "HOST_SUBDOMAIN", "HOST2_SUBDOMAIN", "HOST3_SUBDOMAIN", "CLIENT_SUBDOMAIN",
        "CLIENT_IP", "KATACODA_HOST", "KATACODA_DOMAIN",
    ]

    static func isKatacoda(_ word: String) -> Bool {
        katacoda.contains(word) || word.hasPrefix("HOST") && (word.hasSuffix("_IP") || word.hasSuffix("_SUBDOMAIN"))
    }
}

/// Placeholders on pages.
struct PlaceholderCheck: PageCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        let source = page.source
        for placeholder in Placeholder.all(in: source, within: 0..<source.bytes.count) {
            switch placeholder.kind {
            case .traffic(let host, let port):
                guard host.allSatisfy(\.isNumber), port.allSatisfy(\.isNumber) else { continue }
                if !(1...65535).contains(Int(port) ?? 0) {
                    findings.add(
                        .unreachablePlaceholder, at: placeholder.range, of: source, "there is no port \(port)",
                        remedy: "name a port from 1 to 65535")
                }
                checkHost(Int(host) ?? 0, at: placeholder.range, of: source, in: scenario, &findings)
            case .otherTraffic:
                findings.add(
                    .unreachablePlaceholder, at: placeholder.range, of: source,
                    "'\(source.string(placeholder.range))' is not a placeholder of Killercoda",
                    remedy: "write '{{TRAFFIC_HOST1_80}}' or '{{TRAFFIC_SELECTOR}}'")
            case .selector: break
            case .bracketed(let word): checkBracketed(word, at: placeholder.range, of: source, in: scenario, &findings)
            }
        }
    }

    private func checkHost(
        _ host: Int, at range: Range<Int>, of source: SourceText, in scenario: LintedScenario?,
        _ findings: inout Findings
    ) {
        if host < 1 {
            findings.add(
                .unreachablePlaceholder, at: range, of: source, "there is no host \(host)", remedy: "hosts count from 1"
            )
        } else if let hosts = scenario?.hosts, host > hosts, let image = scenario?.image {
            findings.add(
                .unreachablePlaceholder, at: range, of: source,
                "there is no host \(host): the machine image '\(image)' has \(hosts)",
                remedy: "name another host, or choose another image in the index")
        }
    }

    private func checkBracketed(
        _ word: String, at range: Range<Int>, of source: SourceText, in scenario: LintedScenario?,
        _ findings: inout Findings
    ) {
        if !Placeholder.isKatacoda(word) {
            guard word.contains("_"), let near = Placeholder.katacoda.first(where: { Slip.isNear(word, $0) }) else {
                return
            }
            return findings.add(
                .unreachablePlaceholder, at: range, of: source, "unknown placeholder '[[\(word)]]'",
                remedy: "did you mean '[[\(near)]]'?")
        }
        if word.hasPrefix("HOST"), let number = Int(word.dropFirst(4).prefix { $0.isNumber }) {
            checkHost(number, at: range, of: source, in: scenario, &findings)
        }
        guard word.hasSuffix("_SUBDOMAIN") else { return }
        let rest = source.bytes[range.upperBound...].prefix(12)
        guard rest.first == UInt8(ascii: "-") else { return }
        let after = rest.dropFirst()
        let digits = after.prefix(while: \.isDigit)
        if digits.isEmpty, after.starts(with: "[[".utf8) {
            findings.add(
                .placeholderWithoutPort, at: range, of: source, "the URL of '[[\(word)]]' has no port",
                remedy: "write the port: '[[\(word)]]-80-[[KATACODA_HOST]]'")
        } else if !digits.isEmpty, !(1...65535).contains(Int(String(decoding: digits, as: UTF8.self)) ?? 0) {
            findings.add(
                .unreachablePlaceholder, at: range, of: source,
                "there is no port \(String(decoding: digits, as: UTF8.self))", remedy: "name a port from 1 to 65535")
        }
    }
}

/// Placeholders in scripts, where few are replaced.
struct ScriptPlaceholderCheck: ScriptCheck {
    func check(_ script: LintedScript, in scenario: LintedScenario, _ findings: inout Findings) {
        let source = script.source
        for placeholder in Placeholder.all(in: source, within: 0..<source.bytes.count) {
            switch placeholder.kind {
            case .traffic, .selector, .otherTraffic:
                findings.add(
                    .placeholderNotReplaced, at: placeholder.range, of: source,
                    "'\(source.string(placeholder.range))' is not replaced in scripts",
                    remedy: "ask the machine: sed 's/PORT/80/g' /etc/killercoda/host")
            case .bracketed(let word):
                guard Placeholder.isKatacoda(word), script.role == .verify || script.role == .hint else { continue }
                findings.add(
                    .placeholderNotReplaced, at: placeholder.range, of: source,
                    "'[[\(word)]]' is not replaced in a \(script.role.rawValue) script")
            }
        }
    }
}

/// Placeholders in the index outside of dashboards, and in assets.
struct IndexPlaceholderCheck: ScenarioCheck {
    func check(_ scenario: LintedScenario, _ findings: inout Findings) {
        let root = scenario.root
        var values = [root["title"], root["description"]].compactMap(\.self)
        for entry in scenario.entries { if let title = entry.value["title"] { values.append(title) } }
        for value in values {
            let range = value.offset..<Findings.wordEnd(from: value.offset, in: scenario.index)
            for placeholder in Placeholder.all(in: scenario.index, within: range) {
                if case .bracketed(let word) = placeholder.kind, !Placeholder.isKatacoda(word) { continue }
                findings.add(
                    .placeholderNotReplaced, at: placeholder.range, of: scenario.index,
                    "'\(scenario.index.string(placeholder.range))' is not replaced in titles and descriptions",
                    remedy: "move it to a page")
            }
        }
        assets(scenario, &findings)
    }

    private func assets(_ scenario: LintedScenario, _ findings: inout Findings) {
        guard findings.wants(.placeholderNotReplaced) else { return }
        for asset in AssetTexts.of(scenario) {
            for placeholder in Placeholder.all(in: asset, within: 0..<asset.bytes.count) {
                // A name in brackets alone may be anything in a file of another language.
                guard case .bracketed(let word) = placeholder.kind, !Placeholder.katacoda.contains(word) else {
                    findings.add(
                        .placeholderNotReplaced, at: placeholder.range, of: asset,
                        "'\(asset.string(placeholder.range))' is not replaced in assets",
                        remedy: "let a script write the value into the file")
                    continue
                }
            }
        }
    }
}

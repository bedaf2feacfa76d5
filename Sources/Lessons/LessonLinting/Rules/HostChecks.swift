import Diagnostics
import LessonMarkdown
import Lessons

/// URLs of sessions and platforms that are gone.
struct ExpiredHostCheck: PageCheck, ScriptCheck, ScenarioCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        check(page.source, fixes: true, &findings)
    }

    func check(_ script: LintedScript, in scenario: LintedScenario, _ findings: inout Findings) {
        check(script.source, fixes: script.role == .foreground || script.role == .background, &findings)
    }

    func check(_ scenario: LintedScenario, _ findings: inout Findings) {
        check(scenario.index, fixes: false, &findings)
    }

    private func check(_ source: SourceText, fixes: Bool, _ findings: inout Findings) {
        guard findings.wants(.expiredHost) else { return }
        var rest = 0..<source.bytes.count
        while let found = source.first(of: "coda.com", in: rest) {
            rest = found + 8..<source.bytes.count
            var start = found
            while start > 0, found - start < 128, Self.isHost(source.bytes[start - 1]) { start -= 1 }
            // `%2F` before an encoded host is a slash.
            if start > 0, source.bytes[start - 1] == UInt8(ascii: "%"), found - start > 2 { start += 2 }
            let end = found + 8
            if end < source.bytes.count, source.bytes[end].isLetter || source.bytes[end].isDigit { continue }
            let host = source.string(start..<end).lowercased()
            let isURL = start >= 3 && source.starts(with: "://", at: start - 3)
            // Made of placeholders, in part or as a whole.
            if start > 0, source.bytes[start - 1] == UInt8(ascii: "]") || source.bytes[start - 1] == .rightBrace {
                continue
            }
            report(host, at: start..<end, isURL: isURL, fixes: fixes, in: source, &findings)
        }
    }

    private static func isHost(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private func report(
        _ host: String, at range: Range<Int>, isURL: Bool, fixes: Bool, in source: SourceText,
        _ findings: inout Findings
    ) {
        if host.hasSuffix(".environments.katacoda.com") {
            let session = host.dropLast(26).split(separator: "-", omittingEmptySubsequences: false)
            if session.contains(where: \.isEmpty) || session.count < 2 { return }
            var fix: (String, [(Range<Int>, String)])?
            if fixes, session.count == 3, session[0].count >= 8, session[0].allSatisfy(\.isNumber),
                (1...65535).contains(Int(session[1]) ?? 0)
            {
                let placeholder = "[[HOST_SUBDOMAIN]]-\(session[1])-[[KATACODA_HOST]].environments.katacoda.com"
                fix = ("write the placeholder", [(range, placeholder)])
            }
            findings.add(
                .expiredHost, at: range, of: source, "'\(host)' belonged to one session, which has ended",
                remedy: "write '[[HOST_SUBDOMAIN]]-PORT-[[KATACODA_HOST]].environments.katacoda.com'", fix: fix)
        } else if isURL, host == "katacoda.com" || host.hasSuffix(".katacoda.com") {
            findings.add(
                .expiredHost, at: range, of: source, "'\(host)' has closed", remedy: "link to where the lesson is now",
                severity: .note)
        } else if host.hasSuffix(".r.killercoda.com"), host.contains(where: \.isNumber) {
            let port = host.dropLast(17).prefix { $0 != "." }.split(separator: "-").last.flatMap { Int($0) } ?? 80
            findings.add(
                .expiredHost, at: range, of: source, "'\(host)' belonged to one session, which has ended",
                remedy: "write '{{TRAFFIC_HOST1_\(port)}}'")
        }
    }
}

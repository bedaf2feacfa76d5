import Diagnostics
import LessonMarkdown
import Lessons

/// Keys, tokens and passwords that look real.
struct SecretCheck: PageCheck, ScriptCheck, ScenarioCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        check(page.source, &findings)
    }

    func check(_ script: LintedScript, in scenario: LintedScenario, _ findings: inout Findings) {
        check(script.source, &findings)
    }

    /// Assets are uploaded as they are: keys lie there more often than on pages.
    func check(_ scenario: LintedScenario, _ findings: inout Findings) {
        guard findings.wants(.secret) else { return }
        for asset in AssetTexts.of(scenario) { check(asset, &findings) }
    }

    private struct Form {
        let name: String
        let prefix: [UInt8]
        /// How many characters follow.
        let count: ClosedRange<Int>
        let isPart: @Sendable (UInt8) -> Bool
    }

    private static let forms: [Form] = {
        let word: @Sendable (UInt8) -> Bool = { $0.isLetter || $0.isDigit }
        let upper: @Sendable (UInt8) -> Bool = { $0.isDigit || $0.isLetter && $0 < 0x5B }
        let open: @Sendable (UInt8) -> Bool = {
            $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        }
        func form(
            _ name: String, prefix: String, count: ClosedRange<Int>, of isPart: @escaping @Sendable (UInt8) -> Bool
        ) -> Form {
            Form(name: name, prefix: Array(prefix.utf8), count: count, isPart: isPart)
        }
        return [
            form("an AWS access key", prefix: "AKIA", count: 16...16, of: upper),
            form("an AWS access key", prefix: "ASIA", count: 16...16, of: upper),
            form("a GitHub token", prefix: "ghp_", count: 36...36, of: word),
            form("a GitHub token", prefix: "gho_", count: 36...36, of: word),
            form("a GitHub token", prefix: "ghs_", count: 36...36, of: word),
            form("a GitHub token", prefix: "github_pat_", count: 60...100, of: open),
            form("a GitLab token", prefix: "glpat-", count: 20...40, of: open),
            form("a Slack token", prefix: "xoxb-", count: 20...80, of: open),
            form("a Slack token", prefix: "xoxp-", count: 20...80, of: open),
            form("a Google API key", prefix: "AIza", count: 35...35, of: open),
            form("a Stripe key", prefix: "sk_live_", count: 20...60, of: word),
            form("a Docker Hub token", prefix: "dckr_pat_", count: 20...60, of: open),
            form("an npm token", prefix: "npm_", count: 36...36, of: word),
        ]
    }()

    /// For each byte whether a form begins with it.
    private static let isHead: [Bool] = {
        var isHead = [Bool](repeating: false, count: 256)
        for form in forms { if let head = form.prefix.first { isHead[Int(head)] = true } }
        return isHead
    }()

    private func check(_ source: SourceText, _ findings: inout Findings) {
        guard findings.wants(.secret) else { return }
        let bytes = source.bytes
        let isHead = Self.isHead
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            let startsWord = offset == 0 || !(bytes[offset - 1].isLetter || bytes[offset - 1].isDigit)
            if byte == UInt8(ascii: "-"), startsWord, source.starts(with: "-----begin", at: offset),
                let end = privateKey(at: offset, in: source, &findings)
            {
                offset = end
                continue
            }
            if startsWord, isHead[Int(byte)], let end = token(at: offset, in: source, &findings) {
                offset = end
                continue
            }
            if byte == UInt8(ascii: "=") || byte == UInt8(ascii: ":") { assignment(at: offset, in: source, &findings) }
            offset += 1
        }
    }

    private func privateKey(at offset: Int, in source: SourceText, _ findings: inout Findings) -> Int? {
        let line = source.line(source.lineNumber(at: offset))
        guard source.first(of: "private key-----", in: offset..<min(line.upperBound, offset + 48)) != nil else {
            return nil
        }
        let end = source.first(of: "-----end", in: line.upperBound..<min(source.bytes.count, offset + 8192))
        // A key that was cut short ("...") is none.
        guard let end, end - line.upperBound > 200, source.first(of: "...", in: line.upperBound..<end) == nil else {
            return nil
        }
        findings.add(
            .secret, at: offset..<line.upperBound, of: source, "the lesson contains a private key",
            remedy: "let the lesson create one, and revoke this one")
        return end
    }

    private func token(at offset: Int, in source: SourceText, _ findings: inout Findings) -> Int? {
        let bytes = source.bytes
        for form in Self.forms where bytes[offset...].starts(with: form.prefix) {
            let start = offset + form.prefix.count
            let body = bytes[start...].prefix(form.count.upperBound + 1).prefix(while: form.isPart)
            guard form.count.contains(body.count), Self.entropy(of: body) > 3 else { continue }
            let text = String(decoding: body, as: UTF8.self).lowercased()
            if text.contains("example") || text.contains("xxxx") { continue }
            report(form.name, at: offset..<body.endIndex, shown: form.prefix.count, in: source, &findings)
            return body.endIndex
        }
        return nil
    }

    private func report(
        _ name: String, at range: Range<Int>, shown: Int, in source: SourceText, _ findings: inout Findings
    ) {
        let start = source.string(range.lowerBound..<range.lowerBound + shown)
        findings.add(
            .secret, at: range, of: source, "'\(start)…' looks like \(name)",
            remedy: "write a placeholder, and revoke it if it was ever real",
            masked: range.lowerBound + shown..<range.upperBound)
    }

    private static let names = ["password", "passwd", "secret", "token", "apikey", "api_key", "api-key", "access_key"]

    /// `password=…`, where the value looks random.
    private func assignment(at sign: Int, in source: SourceText, _ findings: inout Findings) {
        let bytes = source.bytes
        var end = sign
        while end > 0, sign - end < 3,
            bytes[end - 1] == UInt8(ascii: "\"") || bytes[end - 1] == UInt8(ascii: "'") || bytes[end - 1] == .space
        {
            end -= 1
        }
        var start = end
        while start > 0, end - start < 40,
            case let byte = bytes[start - 1], byte.isLetter || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        {
            start -= 1
        }
        guard end - start >= 5 else { return }
        let name = source.string(start..<end).lowercased()
        guard Self.names.contains(where: name.hasSuffix) else { return }
        // A URL that a program printed has a token of its own each time.
        if start > 0, bytes[start - 1] == UInt8(ascii: "?") || bytes[start - 1] == UInt8(ascii: "&") { return }
        var value = bytes[(sign + 1)...].prefix(200)
        value = value.drop { $0 == .space || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
        let body = value.prefix {
            $0.isLetter || $0.isDigit || "+/_=-.!@#%^*".utf8.contains($0)
        }
        guard body.count >= 16, body.count < 120, body.contains(where: \.isDigit), body.contains(where: \.isLetter),
            !body.contains(UInt8(ascii: "/")) || body.count >= 32, Self.entropy(of: body) > 3.6
        else { return }
        // Words with hyphens or dots between them are names, not secrets.
        let parts = body.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
        guard parts.contains(where: { $0.count >= 12 }) else { return }
        let text = String(decoding: body, as: UTF8.self).lowercased()
        guard
            !["example", "password", "secret", "xxxx", "changeme", "your", "http", ".com"].contains(
                where: text.contains)
        else {
            return
        }
        findings.add(
            .secret, at: body.startIndex..<body.endIndex, of: source,
            "the value of '\(name)' looks like a real secret",
            remedy: "write a placeholder, and revoke it if it was ever real", masked: body.startIndex..<body.endIndex)
    }

    /// Shannon entropy in bits a byte.
    private static func entropy(of bytes: ArraySlice<UInt8>) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        let total = Double(bytes.count)
        return counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / total
            return sum - share * Logarithm.base2(share)
        }
    }
}

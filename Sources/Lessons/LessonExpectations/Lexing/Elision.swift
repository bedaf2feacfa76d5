/// The marks with which authors, and some programs, leave something out.
enum Elision {
    /// Whether the line says that lines are left out: `.`, `...`, `…`, `[...]`, `# omitted`, `<snip>`.
    static func isLine(_ source: SourceText, _ line: Range<Int>) -> Bool {
        let start = source.bytes.end(of: line.lowerBound, while: \.isBlank)
        guard start < line.upperBound, line.upperBound - start <= 80 else { return false }
        if isDots(source.bytes, start..<line.upperBound) { return true }
        return isWords(source.string(start..<line.upperBound))
    }

    /// The end of an elision inside a literal: dots, a comment that says so, or Node's `... 7 more items`.
    static func end(in source: SourceText, from offset: Int) -> Int? {
        let bytes = source.bytes
        guard offset < bytes.count else { return nil }
        switch bytes[offset] {
        case UInt8(ascii: "."), 0xE2, UInt8(ascii: "["):
            for mark: StaticString in ["[...]", "[…]", "...", "…"] where bytes.has(mark, at: offset) {
                let end = offset + mark.utf8CodeUnitCount
                let more = bytes.end(of: end, while: \.isBlank)
                if more < bytes.count, bytes[more].isDigit {
                    return bytes.end(of: more) { $0.isWordByte || $0.isBlank }
                }
                return bytes.end(of: end) { $0 == UInt8(ascii: ".") }
            }
            guard bytes[offset] == UInt8(ascii: ".") else { return nil }
            let end = bytes.end(of: offset) { $0 == UInt8(ascii: ".") || $0.isBlank }
            return end == bytes.count || bytes[end] == 0x0A || bytes[end] == 0x0D ? end : nil
        case UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "-"):
            let end = bytes.end(of: offset) { $0 != 0x0A && $0 != 0x0D }
            guard end - offset <= 80 else { return nil }
            return isWords(source.string(offset..<end)) || isDots(bytes, offset..<end) ? end : nil
        default: return nil
        }
    }

    /// `.`, `..`, `...`, `. . .`, `…`, `⋮`, `[...]`, `(...)`, `<...>`, `// ...`
    private static func isDots(_ bytes: Bytes, _ range: Range<Int>) -> Bool {
        var dots = 0
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == UInt8(ascii: ".") {
                dots += 1
                index += 1
            } else if bytes.has("…", at: index) || bytes.has("⋮", at: index) || bytes.has("⋯", at: index) {
                dots += 3
                index += 3
            } else if bytes.has("├", at: index) || bytes.has("└", at: index) || bytes.has("─", at: index)
                || bytes.has("│", at: index)
            {
                index += 3
            } else if byte.isBlank || (isBracket(byte) && (byte != UInt8(ascii: "/") || dots == 0)) {
                index += 1
            } else {
                return false
            }
        }
        return dots > 0
    }

    private static func isBracket(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "<"),
            UInt8(ascii: ">"),
            UInt8(ascii: "#"), UInt8(ascii: "|"), UInt8(ascii: "/"), UInt8(ascii: "*"), UInt8(ascii: "-"),
            UInt8(ascii: ","):
            true
        default: false
        }
    }

    private static let words: Set<String> = [
        "omitted", "snip", "snipped", "truncated", "elided", "output omitted", "output truncated", "output snipped",
        "more", "and so on", "more lines", "more output", "lines omitted", "rest omitted", "omitted for brevity",
        "output omitted for brevity", "truncated for brevity", "output truncated for brevity", "rest of output omitted",
        "more items", "skipped", "cut", "shortened", "remaining output omitted", "etc",
    ]

    private static let marks: Set<Character> = [
        "#", "/", "*", "<", ">", "(", ")", "[", "]", "-", ".", "…", " ", "%", "~", "=", "!", ":",
    ]

    /// Words that say so, between marks such as `# …`, `<…>`, `(…)`, `--…--`; a bare word is content.
    private static func isWords(_ line: String) -> Bool {
        // Few lines begin with a mark, and a byte tells before characters are asked.
        guard let byte = line.utf8.first, !byte.isWordByte || byte == 0xE2, byte != 0x20 else { return false }
        guard let first = line.first, marks.contains(first) else { return false }
        let inner = line.drop { marks.contains($0) }
        guard let last = inner.lastIndex(where: { !marks.contains($0) }) else { return false }
        let text = inner[...last].lowercased()
        if words.contains(text) { return true }
        // "15 more lines", "200 lines omitted"
        let rest = text.drop { $0.isNumber || $0 == " " }
        return rest.startIndex != text.startIndex && words.contains(String(rest))
    }
}

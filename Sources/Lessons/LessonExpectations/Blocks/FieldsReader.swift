/// Reads lines of keys and values (`Key: value`, `KEY=value`, YAML) as one object.
struct FieldsReader {
    let source: SourceText

    /// Two lines or more; keys differ, and say what they are in words.
    ///
    /// - Parameter examined: Set to the line up to which the lines have been looked at, also when they are no fields.
    func fields(at number: Int, examined: inout Int) -> Documents? {
        guard let first = entry(number) else { return nil }
        var entries = [first]
        var next = number + 1
        while next < source.lineCount, let entry = entry(next), entry.separator == first.separator {
            entries.append(entry)
            next += 1
        }
        examined = next
        guard entries.count >= 2 else { return nil }
        var reader = Nesting(entries: entries)
        guard let literal = reader.block(entries[0].indent), reader.at == entries.count else { return nil }
        return Documents(kind: .fields, literals: [literal], lines: number..<next)
    }

    struct Entry {
        var line: Int
        /// Where the key starts, blanks and dashes before it counted.
        var indent: Int
        /// Where the dash of a list's element is.
        var dash: Int?
        var key: String?
        var value: String
        var separator: UInt8
    }

    private func entry(_ number: Int) -> Entry? {
        let range = source.line(number)
        let bytes = source.bytes
        var start = bytes.end(of: range.lowerBound, while: \.isBlank)
        guard start < range.upperBound else { return nil }
        var dash: Int?
        if bytes[start] == UInt8(ascii: "-"), start + 1 < range.upperBound, bytes[start + 1] == 0x20 {
            dash = start - range.lowerBound
            start = bytes.end(of: start + 1, while: \.isBlank)
        }
        guard start < range.upperBound else { return nil }
        let indent = start - range.lowerBound
        if let (key, end, separator) = key(start, range) {
            let value = source.string(min(bytes.end(of: end, while: \.isBlank), range.upperBound)..<range.upperBound)
            return Entry(line: number, indent: indent, dash: dash, key: key, value: value, separator: separator)
        }
        guard dash != nil else { return nil }
        return Entry(
            line: number, indent: indent, dash: dash, key: nil, value: source.string(start..<range.upperBound),
            separator: UInt8(ascii: ":"))
    }

    /// A key of words, its separator, and where the value begins.
    private func key(_ start: Int, _ range: Range<Int>) -> (String, Int, UInt8)? {
        let bytes = source.bytes
        guard bytes[start].isLetter || bytes[start] == UInt8(ascii: "_") || bytes[start] == UInt8(ascii: "\"") else {
            return nil
        }
        var end = start
        while end < range.upperBound, end - start < 60, isKeyByte(bytes[end]) { end += 1 }
        guard end < range.upperBound, end > start else { return nil }
        let separator = bytes[end]
        var last = end
        while last > start, bytes[last - 1].isBlank { last -= 1 }
        let key = source.string(start..<last)
        if separator == UInt8(ascii: "=") {
            // `KEY=value`, or right-aligned `key = value`.
            guard !key.contains(" ") else { return nil }
        } else if separator == UInt8(ascii: "|") {
            guard last < end, !key.contains(" ") else { return nil }
        } else {
            guard separator == UInt8(ascii: ":"), end + 1 == range.upperBound || bytes[end + 1].isBlank else {
                return nil
            }
        }
        guard !Self.levels.contains(key.lowercased()), !Self.headings.contains(key),
            key.split(separator: " ").count <= 4
        else { return nil }
        let tokens = Lexer.tokens(source, start..<last)
        let isWords = tokens.allSatisfy {
            switch $0.kind {
            case .field(let fieldClass): fieldClass == .word
            case .mark: true
            default: false
            }
        }
        return isWords ? (key, end + 1, separator) : nil
    }

    private func isKeyByte(_ byte: UInt8) -> Bool {
        byte.isWordByte || byte.isBlank || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            || byte == UInt8(ascii: "/")
            || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "\"")
    }

    /// Words that begin a message, not a field.
    private static let levels: Set<String> = [
        "info", "warn", "warning", "error", "debug", "trace", "notice", "fatal", "usage", "err", "remote", "caution",
        "e",
        "w", "http", "https",
    ]

    /// Words that begin a message when capitalised.
    private static let headings: Set<String> = [
        "Note", "NOTE", "Hint", "Tip", "Example", "Examples", "Options", "Commands",
    ]
}

/// Folds entries into objects and lists by their indentation.
private struct Nesting {
    let entries: [FieldsReader.Entry]
    var at = 0
    private var depth = 0

    init(entries: [FieldsReader.Entry]) { self.entries = entries }

    mutating func block(_ indent: Int) -> Literal? {
        guard depth < LiteralParser.maximumDepth, at < entries.count else { return nil }
        depth += 1
        defer { depth -= 1 }
        let line = entries[at].line
        if let dash = entries[at].dash { return list(dash, line) }
        return object(indent, line, isRightAligned: isFlat)
    }

    /// Right-aligned keys (`mariadb --vertical`) look nested and are not: no key is without a value.
    private var isFlat: Bool { !entries.contains { $0.value.isEmpty || $0.dash != nil } }

    private mutating func object(_ indent: Int, _ line: Int, isRightAligned: Bool) -> Literal? {
        var fields: [Literal.Field] = []
        var keys: Set<String> = []
        while at < entries.count {
            let entry = entries[at]
            guard let key = entry.key, entry.dash == nil || fields.isEmpty else { break }
            if !isRightAligned {
                if entry.indent < indent { break }
                guard entry.indent == indent else { return nil }
            }
            guard keys.insert(key).inserted else { return nil }
            at += 1
            guard let value = value(of: entry) else { return nil }
            fields.append(.init(key: key, value: value))
        }
        return Literal(kind: .object(fields, tag: nil, isElided: false), line: line)
    }

    private mutating func value(of entry: FieldsReader.Entry) -> Literal? {
        if entry.value.isEmpty, at < entries.count {
            let next = entries[at]
            if next.dash.map({ $0 >= (entry.dash ?? entry.indent) }) ?? (next.indent > entry.indent) {
                return block(next.indent)
            }
        }
        if let literal = LiteralParser.whole(entry.value) {
            return literal.moved(to: entry.line)
        }
        return Literal(cell: entry.value, line: entry.line)
    }

    private mutating func list(_ dash: Int, _ line: Int) -> Literal? {
        var items: [Literal] = []
        while at < entries.count, entries[at].dash == dash {
            let entry = entries[at]
            if entry.key == nil {
                at += 1
                items.append(Literal(cell: entry.value, line: entry.line))
            } else {
                guard let item = item(entry.indent) else { return nil }
                items.append(item)
            }
        }
        return Literal(kind: .list(items, tag: nil, isElided: false), line: line)
    }

    /// An element whose first key is beside the dash.
    private mutating func item(_ indent: Int) -> Literal? {
        guard depth < LiteralParser.maximumDepth else { return nil }
        depth += 1
        defer { depth -= 1 }
        return object(indent, entries[at].line, isRightAligned: false)
    }
}

/// Reads one literal from the front of a text, spanning as many lines as it takes.
///
/// One tolerant grammar for JSON, JavaScript as shells print it, and Python: samples mix them (a date bare or as
/// `ISODate('…')`, quotes of either kind, keys with or without) and mean the same value.
/// Linear in the length of the literal; gives up beyond ``maximumDepth``.
struct LiteralParser {
    static let maximumDepth = 100

    private let source: SourceText
    private let bytes: Bytes
    private var at: Int
    private var depth = 0
    /// How far the parser has looked, also when it fails: what an attempt has cost.
    private(set) var reached: Int

    init(_ source: SourceText, at offset: Int) {
        self.source = source
        bytes = source.bytes
        at = offset
        reached = offset
    }

    /// The whole of `text` as one object or list, or `nil`.
    static func whole(_ text: String) -> Literal? {
        guard let first = text.utf8.first(where: { !$0.isSpace }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
            let last = text.utf8.last(where: { !$0.isSpace }), last == UInt8(ascii: "}") || last == UInt8(ascii: "]")
        else { return nil }
        let source = SourceText(text)
        var parser = LiteralParser(source, at: source.bytes.end(of: 0, while: \.isSpace))
        guard let literal = parser.composite(), source.bytes.end(of: parser.at, while: \.isSpace) == source.bytes.count
        else { return nil }
        return literal
    }

    /// An object or a list at the offset, and where it ends.
    mutating func read() -> (literal: Literal, end: Int)? {
        defer { reached = max(reached, at) }
        guard let literal = composite() else { return nil }
        return (literal, at)
    }

    // MARK: Values

    private mutating func composite() -> Literal? {
        guard depth < Self.maximumDepth else { return nil }
        depth += 1
        defer { depth -= 1 }
        switch byte {
        case UInt8(ascii: "{"): return object(tag: nil)
        case UInt8(ascii: "["): return list(tag: nil)
        default: return nil
        }
    }

    private mutating func value() -> Literal? {
        guard let first = byte else { return nil }
        switch first {
        case UInt8(ascii: "{"): return composite()
        case UInt8(ascii: "["): return opaqueInBrackets() ?? composite()
        case UInt8(ascii: "("): return tuple()
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return joinedStrings()
        case UInt8(ascii: "<"): return opaqueInAngles()
        default: break
        }
        if first.isDigit || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { return dateOrNumber() }
        if first.isLetter || first == UInt8(ascii: "_") || first == UInt8(ascii: "$") { return named() }
        return nil
    }

    private mutating func object(tag: String?) -> Literal? {
        let line = source.lineNumber(at: at)
        at += 1
        var fields: [Literal.Field] = []
        var bare: [Literal] = []
        var isElided = false
        while true {
            isElided = skipTrivia() || isElided
            guard let next = byte else { return nil }
            if next == UInt8(ascii: "}") {
                at += 1
                if !bare.isEmpty {
                    return fields.isEmpty ? Literal(kind: .list(bare, tag: tag, isElided: isElided), line: line) : nil
                }
                return Literal(kind: .object(fields, tag: tag, isElided: isElided), line: line)
            }
            let start = at
            if let key = key() {
                isElided = skipTrivia() || isElided
                if byte == UInt8(ascii: ":") {
                    at += 1
                } else if bytes.has("=>", at: at) {
                    at += 2
                } else {
                    at = start
                    guard tag != nil, let item = value() else { return nil }
                    bare.append(item)
                    guard separator(before: UInt8(ascii: "}")) else { return nil }
                    continue
                }
                isElided = skipTrivia() || isElided
                guard let item = value() else { return nil }
                fields.append(.init(key: key, value: item))
            } else if tag != nil, let item = value() {
                bare.append(item)
            } else {
                return nil
            }
            guard separator(before: UInt8(ascii: "}")) else { return nil }
        }
    }

    private mutating func list(tag: String?) -> Literal? {
        let line = source.lineNumber(at: at)
        at += 1
        var items: [Literal] = []
        var isElided = false
        while true {
            isElided = skipTrivia() || isElided
            guard let next = byte else { return nil }
            if next == UInt8(ascii: "]") {
                at += 1
                return Literal(kind: .list(items, tag: tag, isElided: isElided), line: line)
            }
            guard let item = value() else { return nil }
            items.append(item)
            guard separator(before: UInt8(ascii: "]")) else { return nil }
        }
    }

    private mutating func tuple() -> Literal? {
        guard depth < Self.maximumDepth else { return nil }
        depth += 1
        defer { depth -= 1 }
        let line = source.lineNumber(at: at)
        guard let items = arguments() else { return nil }
        return Literal(kind: .list(items, tag: nil, isElided: false), line: line)
    }

    /// After a value: a comma, an elision, or the end, which is left in place.
    private mutating func separator(before end: UInt8) -> Bool {
        let before = at
        at = bytes.end(of: at, while: \.isSpace)
        if byte == UInt8(ascii: ",") {
            at += 1
            return true
        }
        if byte == end { return true }
        at = before
        // An elision may take the place of a comma; it is counted by the caller's next look.
        var probe = self
        let isElided = probe.skipTrivia()
        reached = max(reached, probe.reached)
        return isElided
    }

    private mutating func key() -> String? {
        guard let first = byte else { return nil }
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") { return string() }
        if first == UInt8(ascii: "[") {
            // A symbol as key: `[Symbol(x)]: 1`.
            guard bytes.has("[Symbol(", at: at), let end = bytes[at...].firstIndex(of: UInt8(ascii: "]")) else {
                return nil
            }
            defer { at = end + 1 }
            return source.string(at..<(end + 1))
        }
        let end = bytes.end(of: at) {
            $0.isWordByte || $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        guard end > at else { return nil }
        defer { at = end }
        return source.string(at..<end)
    }

    // MARK: Scalars

    /// `'a' + 'b'`, as Node breaks long strings.
    private mutating func joinedStrings() -> Literal? {
        let line = source.lineNumber(at: at)
        guard var text = string() else { return nil }
        while true {
            let next = bytes.end(of: at, while: \.isSpace)
            guard next < bytes.count, bytes[next] == UInt8(ascii: "+") else { break }
            let quote = bytes.end(of: next + 1, while: \.isSpace)
            guard quote < bytes.count,
                bytes[quote] == UInt8(ascii: "'") || bytes[quote] == UInt8(ascii: "\"")
                    || bytes[quote] == UInt8(ascii: "`")
            else { break }
            at = quote
            guard let more = string() else { return nil }
            text += more
        }
        return Literal(kind: .string(text), line: line)
    }

    private mutating func string() -> String? {
        guard let quote = byte else { return nil }
        at += 1
        let end = bytes.end(of: at) { $0 != quote && $0 != UInt8(ascii: "\\") && $0 != 0x0A }
        reached = max(reached, end)
        guard end < bytes.count, bytes[end] != 0x0A || quote == UInt8(ascii: "`") else { return nil }
        if bytes[end] == quote {
            defer { at = end + 1 }
            return source.string(at..<end)
        }
        return stringWithEscapes(quote)
    }

    private mutating func stringWithEscapes(_ quote: UInt8) -> String? {
        var content = Bytes()
        while let next = byte {
            at += 1
            if next == quote { return String(decoding: content, as: UTF8.self) }
            if next == 0x0A, quote != UInt8(ascii: "`") { return nil }
            guard next == UInt8(ascii: "\\"), let escaped = byte else {
                content.append(next)
                continue
            }
            at += 1
            switch escaped {
            case UInt8(ascii: "n"): content.append(0x0A)
            case UInt8(ascii: "t"): content.append(0x09)
            case UInt8(ascii: "r"): content.append(0x0D)
            case UInt8(ascii: "b"): content.append(0x08)
            case UInt8(ascii: "f"): content.append(0x0C)
            case UInt8(ascii: "u"): content += unicodeEscape() ?? Bytes("\\u".utf8)
            default: content.append(escaped)
            }
        }
        return nil
    }

    private mutating func unicodeEscape() -> Bytes? {
        func unit(at offset: Int) -> UInt32? {
            guard offset + 4 <= bytes.count else { return nil }
            return UInt32(source.string(offset..<(offset + 4)), radix: 16)
        }
        guard let first = unit(at: at) else { return nil }
        at += 4
        var value = first
        if (0xD800..<0xDC00).contains(first), bytes.has("\\u", at: at), let second = unit(at: at + 2),
            (0xDC00..<0xE000).contains(second)
        {
            at += 6
            value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        }
        return Bytes(String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
    }

    private mutating func dateOrNumber() -> Literal? {
        let line = source.lineNumber(at: at)
        if let end = DateScanner.end(in: bytes, from: at, limit: bytes.count) {
            defer { at = end }
            return Literal(kind: .date(source.string(at..<end)), line: line)
        }
        let end = bytes.end(of: at) {
            $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
                || $0.lowered == UInt8(ascii: "e") || $0 == UInt8(ascii: "_")
        }
        if bytes.has("Infinity", at: end) {
            defer { at = end + 8 }
            return Literal(kind: .opaque(source.string(at..<(end + 8))), line: line)
        }
        let text = source.string(at..<end).filter { $0 != "_" }
        let digits = Bytes(text.utf8)
        guard ValueScanner(bytes: digits, range: 0..<digits.count).numberClass != nil else { return nil }
        at = end
        if byte == UInt8(ascii: "n") { at += 1 }
        guard !(byte?.isWordByte ?? false) else { return nil }
        return Literal(kind: .number(text), line: line)
    }

    /// `true`, `None`, `ISODate('…')`, `new Date(…)`, `Decimal128('1.5')`, `Point { x: 1 }`, `Array(3) […]`
    private mutating func named() -> Literal? {
        let line = source.lineNumber(at: at)
        if bytes.has("new ", at: at) { at += 4 }
        let end = bytes.end(of: at) { $0.isWordByte || $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: ".") }
        guard end > at else { return nil }
        let name = source.string(at..<end)
        at = end
        switch name {
        case "true", "True": return Literal(kind: .boolean(true), line: line)
        case "false", "False": return Literal(kind: .boolean(false), line: line)
        case "null", "None", "undefined": return Literal(kind: .null(name), line: line)
        case "NaN", "Infinity": return Literal(kind: .opaque(name), line: line)
        default: break
        }
        if byte == UInt8(ascii: "(") {
            // `Map(2) {…}` and `Array(3) […]` carry a count, other parentheses arguments.
            guard let arguments = arguments() else { return nil }
            let next = bytes.end(of: at, while: \.isBlank)
            if next < bytes.count, bytes[next] == UInt8(ascii: "{") || bytes[next] == UInt8(ascii: "[") {
                at = next
                return tagged(name)
            }
            return call(name, arguments, line)
        }
        at = bytes.end(of: at, while: \.isBlank)
        if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { return tagged(name) }
        return nil
    }

    private mutating func tagged(_ tag: String) -> Literal? {
        guard depth < Self.maximumDepth else { return nil }
        depth += 1
        defer { depth -= 1 }
        return byte == UInt8(ascii: "{") ? object(tag: tag) : list(tag: tag)
    }

    private func call(_ name: String, _ arguments: [Literal], _ line: Int) -> Literal {
        func made(_ kind: Literal.Kind) -> Literal { Literal(kind: kind, line: line) }
        let first: String? =
            switch arguments.first?.kind {
            case .string(let text), .number(let text), .date(let text): text
            default: nil
            }
        switch name {
        case "ISODate", "Date", "datetime.datetime", "datetime.date", "datetime":
            return made(.date(arguments.count == 1 ? first ?? name : arguments.map(\.inline).joined(separator: ", ")))
        case "ObjectId", "ObjectID":
            let digits = first ?? ""
            return made(
                digits.utf8.count == 24 && digits.utf8.allSatisfy(\.isHex) ? .objectID(digits) : .string(digits))
        case "UUID", "BinData": return made(.string(first ?? ""))
        case "Long", "NumberLong", "Int32", "NumberInt", "Double", "Decimal128", "NumberDecimal", "Decimal":
            if let first { return made(.number(first)) }
        default: break
        }
        return made(.opaque("\(name)(\(arguments.map(\.inline).joined(separator: ", ")))"))
    }

    private mutating func arguments() -> [Literal]? {
        guard depth < Self.maximumDepth else { return nil }
        depth += 1
        defer { depth -= 1 }
        at += 1
        var items: [Literal] = []
        while true {
            _ = skipTrivia()
            if byte == UInt8(ascii: ")") {
                at += 1
                return items
            }
            if let end = keywordEnd() { at = end }
            guard let item = value() else { return nil }
            items.append(item)
            guard separator(before: UInt8(ascii: ")")) else { return nil }
        }
    }

    /// The end of Python's `tzinfo=` before an argument.
    private func keywordEnd() -> Int? {
        let end = bytes.end(of: at, while: \.isWordByte)
        return end > at && end < bytes.count && bytes[end] == UInt8(ascii: "=") ? end + 1 : nil
    }

    /// `[Object]`, `[Array]`, `[Function: x]`, `[Circular *1]`, `[Object: null prototype] {…}`
    private mutating func opaqueInBrackets() -> Literal? {
        let first = at + 1
        guard first < bytes.count, bytes[first].isUpper else { return nil }
        let line = source.lineNumber(at: at)
        let end = bytes.end(of: first) {
            $0.isWordByte || $0 == 0x20 || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "*")
                || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: "/")
                || $0 == UInt8(ascii: ".")
        }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "]") else { return nil }
        let text = source.string(at..<(end + 1))
        let known = [
            "[Object", "[Array", "[Function", "[Circular", "[Getter", "[Setter", "[AsyncFunction", "[class", "[Symbol",
        ]
        guard known.contains(where: text.hasPrefix) else { return nil }
        at = end + 1
        if text.hasPrefix("[Object: ") {
            at = bytes.end(of: at, while: \.isBlank)
            return byte == UInt8(ascii: "{") ? tagged("Object") : nil
        }
        return Literal(kind: .opaque(text), line: line)
    }

    /// `<Buffer 68 69>`, `<ref *1> {…}`
    private mutating func opaqueInAngles() -> Literal? {
        let line = source.lineNumber(at: at)
        let end = bytes.end(of: at) { $0 != UInt8(ascii: ">") && $0 != 0x0A }
        guard end < bytes.count, bytes[end] == UInt8(ascii: ">") else { return nil }
        let text = source.string(at..<(end + 1))
        at = end + 1
        if text.hasPrefix("<ref ") {
            at = bytes.end(of: at, while: \.isBlank)
            return value()
        }
        return Literal(kind: .opaque(text), line: line)
    }

    // MARK: Between values

    private var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

    /// Skips blanks and comments; `true` when they say that something is left out.
    private mutating func skipTrivia() -> Bool {
        var isElided = false
        while true {
            at = bytes.end(of: at, while: \.isSpace)
            if let end = Elision.end(in: source, from: at) {
                isElided = true
                at = end
                if byte == UInt8(ascii: ",") { at += 1 }
            } else {
                reached = max(reached, at)
                return isElided
            }
        }
    }
}

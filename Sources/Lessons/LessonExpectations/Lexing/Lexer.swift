/// Cuts a text into lines of tokens.
///
/// Linear: attempts to read a literal that fail are charged against a budget of a few times the text's length.
struct Lexer {
    let source: SourceText
    let bytes: Bytes
    private let readsPatterns: Bool
    private var budget: Int
    /// The first line that starts a literal which the text doesn't end.
    private(set) var unfinishedLine: Int?

    /// - Parameter readsPatterns: The text is a sample, in which words may stand for others.
    init(_ source: SourceText, readsPatterns: Bool = false) {
        self.source = source
        self.readsPatterns = readsPatterns
        bytes = source.bytes
        budget = source.bytes.count * 4 + 1024
    }

    /// The line numbered `number`; its last line is where the next one starts before.
    mutating func line(_ number: Int) -> (line: Line, next: Int) {
        var range = source.line(number)
        var tokens: [Token] = []
        var last = number
        var at = range.lowerBound
        while at < range.upperBound {
            let byte = bytes[at]
            if byte.isSpace {
                at += 1
                continue
            }
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "["),
                let (literal, end) = literal(at, in: range, tokens)
            {
                tokens.append(Token(kind: .literal(literal), range: at..<end))
                at = end
                if end > range.upperBound {
                    last = source.lineNumber(at: end - 1)
                    range = range.lowerBound..<source.line(last).upperBound
                }
                continue
            }
            let token = token(at, range, tokens)
            at = token.range.upperBound
            tokens.append(token)
        }
        return (Line(number: number, range: range, tokens: tokens), last + 1)
    }

    /// The tokens of a text as one line, without looking for literals.
    static func tokens(_ source: SourceText, _ range: Range<Int>, readsPatterns: Bool = false) -> [Token] {
        let lexer = Lexer(source, readsPatterns: readsPatterns)
        var tokens: [Token] = []
        var at = range.lowerBound
        while at < range.upperBound {
            if lexer.bytes[at].isSpace {
                at += 1
                continue
            }
            let token = lexer.token(at, range, tokens)
            at = token.range.upperBound
            tokens.append(token)
        }
        return tokens
    }

    // MARK: Literals

    private mutating func literal(_ at: Int, in line: Range<Int>, _ before: [Token]) -> (Literal, Int)? {
        guard budget > 0, isPlausible(at, in: line, isFirst: before.isEmpty) else { return nil }
        var parser = LiteralParser(source, at: at)
        let found = parser.read()
        guard let (literal, end) = found else {
            budget -= parser.reached - at
            if before.isEmpty, unfinishedLine == nil, bytes.end(of: parser.reached, while: \.isSpace) == bytes.count,
                at + 1 < bytes.count
            {
                unfinishedLine = source.lineNumber(at: at)
            }
            return nil
        }
        // A list in the middle of a sentence, or glued to a word, is prose.
        let lineEnd = bytes.end(of: end) { $0 != 0x0A }
        let rest = bytes.end(of: end) { $0.isBlank }
        if bytes[at] == UInt8(ascii: "["), !before.isEmpty || rest < lineEnd, !holdsStructure(literal) { return nil }
        if end < bytes.count, bytes[end].isWordByte { return nil }
        return (literal, end)
    }

    /// Keeps `[INFO]`, `[1] 4711` and shell braces from being read as lists and objects.
    private func isPlausible(_ at: Int, in line: Range<Int>, isFirst: Bool) -> Bool {
        let next = bytes.end(of: at + 1, while: \.isSpace)
        guard next < bytes.count else { return false }
        let byte = bytes[next]
        if bytes[at] == UInt8(ascii: "{") {
            if at > 0, bytes[at - 1] == UInt8(ascii: "$") || bytes[at - 1].isWordByte { return false }
            return byte.isWordByte || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
                || byte == UInt8(ascii: "}")
                || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "$")
        }
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "]"),
            UInt8(ascii: "("):
            return true
        default: return isFirst && !Elision.isLine(source, line)
        }
    }

    private func holdsStructure(_ literal: Literal) -> Bool {
        guard case .list(let items, _, _) = literal.kind, let first = items.first else { return false }
        switch first.kind {
        case .object, .list, .string: return true
        default: return false
        }
    }

    // MARK: Words

    /// No value of one word is longer; what is, is read in pieces. Keeps the cost of a byte bounded.
    private static let maxValueLength = 300
    /// Lines beyond this many bytes are cut into plain words: they are data, not output for people.
    private static let maxLineLength = 20_000

    private func token(_ at: Int, _ line: Range<Int>, _ before: [Token]) -> Token {
        let byte = bytes[at]
        let limit = line.upperBound
        if line.count > Self.maxLineLength {
            let end = min(max(bytes.end(of: at, while: \.isWordByte), at + 1), limit)
            return Token(kind: .field(.word), range: at..<end)
        }
        if readsPatterns, let (pattern, end) = pattern(at, line) {
            return Token(kind: .pattern(pattern), range: at..<end)
        }
        if byte.isDigit || byte.isUpper, let end = DateScanner.end(in: bytes, from: at, limit: limit) {
            return Token(kind: .field(.timestamp), range: at..<min(end, limit))
        }
        if let end = printedDateEnd(at, limit) { return Token(kind: .field(.timestamp), range: at..<end) }
        if before.isEmpty, at + 10 <= limit, isMode(at..<(at + 10)),
            at + 10 == limit || bytes[at + 10].isBlank || at + 11 < limit && bytes[at + 11].isBlank
        {
            return Token(kind: .field(.word), range: at..<(at + 10))
        }
        if let end = branchEnd(at, line, before) { return Token(kind: .branch, range: at..<end) }
        if let end = quotationEnd(at, limit, before) { return Token(kind: .field(.text), range: at..<end) }
        if let (kind, end) = amounts(at, limit) { return Token(kind: .field(kind), range: at..<end) }
        if let end = ruleEnd(at, limit) { return Token(kind: .rule, range: at..<end) }
        if let end = randomEnd(at, limit) { return Token(kind: .field(.token), range: at..<end) }
        if let end = elisionEnd(at, limit) { return Token(kind: .elision, range: at..<end) }
        if let (kind, end) = phrase(at, limit) { return Token(kind: .field(kind), range: at..<end) }
        guard isWordStart(at, limit) else {
            return Token(kind: .mark, range: at..<(byte < 0x80 ? at + 1 : glyphEnd(at, limit)))
        }
        let (fieldClass, end) = word(at, limit)
        return Token(kind: .field(inContext(fieldClass, at..<end, before)), range: at..<end)
    }

    /// A random string that no other rule would keep together, up to the next blank.
    private func randomEnd(_ at: Int, _ limit: Int) -> Int? {
        guard at == 0 || !bytes[at - 1].isWordByte else { return nil }
        var end = at
        while end < limit, end - at <= 2048,
            bytes[end].isWordByte || bytes[end] == UInt8(ascii: "+")
                || bytes[end] == UInt8(ascii: "/") || bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: ".")
        {
            end += 1
        }
        while end < limit, end > at, bytes[end] == UInt8(ascii: "=") { end += 1 }
        guard end - at >= 16, end == limit || !isChunkByte(bytes[end]) else { return nil }
        let scanner = ValueScanner(bytes: bytes, range: at..<end)
        return !scanner.isUUID && !scanner.isHash && scanner.isRandom ? end : nil
    }

    private func isWordStart(_ at: Int, _ limit: Int) -> Bool {
        let byte = bytes[at]
        if byte >= 0x80 { return !isGlyph(at) }
        if byte.isWordByte { return true }
        if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "~") {
            // A path of its own; glued to a word the slash only separates.
            return at == 0 || !(bytes[at - 1].isWordByte || bytes[at - 1] == UInt8(ascii: "."))
        }
        guard at + 1 < limit else { return false }
        let next = bytes[at + 1]
        if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") {
            // A sign, not a hyphen between two words.
            let isFree = at == 0 || !(bytes[at - 1].isWordByte || bytes[at - 1] == UInt8(ascii: ")"))
            return isFree && (next.isDigit || next == UInt8(ascii: ".") && at + 2 < limit && bytes[at + 2].isDigit)
        }
        // The second dot of `4e9d8f1..8901234` begins no number.
        if byte == UInt8(ascii: "."), at > 0, bytes[at - 1] == UInt8(ascii: "."), next != UInt8(ascii: "/") {
            return false
        }
        if byte == UInt8(ascii: ".") { return next.isWordByte || next == UInt8(ascii: "/") || bytes.has("../", at: at) }
        return byte == UInt8(ascii: ":") && next == UInt8(ascii: ":") && at + 2 < limit && bytes[at + 2].isHex
    }

    /// Classifies the longest piece from `at` that is one value, else one plain word.
    private func word(_ at: Int, _ limit: Int) -> (FieldClass, Int) {
        if let end = urlEnd(at, limit) { return (.url, end) }
        var end = at
        let longest = min(limit, at + Self.maxValueLength)
        while end < longest, isChunkByte(bytes[end]), bytes[end] < 0x80 || !isGlyph(end) {
            // `4e9d8f1..b2dbbc0` are two.
            if bytes[end] == UInt8(ascii: "."), end > at, end + 1 < limit, bytes[end + 1] == UInt8(ascii: ".") { break }
            end += 1
        }
        while end > at + 1, isTrailing(bytes[end - 1]) { end -= 1 }
        if end == at { return (.word, at + 1) }
        let whole = ValueScanner(bytes: bytes, range: at..<end).fieldClass()
        if whole != .word {
            return amount(whole, at, end, limit)
        }
        // `web-server:1.2` is a name, a colon and a version.
        var piece = bytes.end(of: at) { $0.isWordByte }
        if piece == at { piece = at + 1 }
        piece = min(piece, end)
        // A number in front stays a number: `99-Ubuntu`.
        let isNumber = bytes[at..<piece].allSatisfy(\.isDigit)
        while !isNumber, piece < end, bytes[piece] == UInt8(ascii: "-") || bytes[piece] == UInt8(ascii: "."),
            piece + 1 < end,
            bytes[piece + 1].isLetter, bytes[piece + 1] < 0x80
        {
            piece = min(bytes.end(of: piece + 1) { $0.isWordByte }, end)
        }
        let fieldClass = ValueScanner(bytes: bytes, range: at..<piece).fieldClass()
        return (fieldClass, piece)
    }

    private func isChunkByte(_ byte: UInt8) -> Bool {
        if byte.isWordByte { return true }
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "/"),
            UInt8(ascii: "@"),
            UInt8(ascii: "%"), UInt8(ascii: "~"), UInt8(ascii: ","):
            return true
        default: return false
        }
    }

    private func isTrailing(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "-")
    }

    private func urlEnd(_ at: Int, _ limit: Int) -> Int? {
        guard bytes[at].isLetter else { return nil }
        let scheme = bytes.end(of: at) { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "+") }
        guard scheme - at >= 2, bytes.has("://", at: scheme) else { return nil }
        var end = bytes.end(of: scheme + 3) {
            !$0.isSpace && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "<")
                && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "]")
                && $0 != UInt8(ascii: "`")
                && $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: "|")
        }
        end = min(end, limit)
        while end > scheme + 3, isTrailing(bytes[end - 1]) || bytes[end - 1] == UInt8(ascii: ";") { end -= 1 }
        return end > scheme + 3 ? end : nil
    }

    // MARK: Marks

    /// `├──`, `|--`, `` `-- ``: what `tree` draws before a name.
    private func branchEnd(_ at: Int, _ line: Range<Int>, _ before: [Token]) -> Int? {
        let byte = bytes[at]
        guard byte == 0xE2 || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "`") || byte == UInt8(ascii: "+") else {
            return nil
        }
        for branch: StaticString in ["├──", "└──", "|--", "`--", "+--", "├─", "└─"] where bytes.has(branch, at: at) {
            let end = at + branch.utf8CodeUnitCount
            return end < line.upperBound && bytes[end].isBlank ? end : nil
        }
        return nil
    }

    /// A text of two words or more in double quotes; a message of a log is the program's own, and a request is no text.
    private func quotationEnd(_ at: Int, _ limit: Int, _ before: [Token]) -> Int? {
        guard bytes[at] == UInt8(ascii: "\""), at + 2 < limit, bytes[at + 1].isLetter, limit - at < 2000 else {
            return nil
        }
        if at > 0, bytes[at - 1] == UInt8(ascii: "=") { return nil }
        let end = bytes.end(of: at + 1) { $0 != UInt8(ascii: "\"") && $0 != 0x0A }
        guard end < limit, bytes[at..<end].contains(where: \.isBlank), !bytes[at..<end].contains(UInt8(ascii: "/"))
        else { return nil }
        return end + 1
    }

    private func ruleEnd(_ at: Int, _ limit: Int) -> Int? {
        let byte = bytes[at]
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "_"),
            UInt8(ascii: "~"),
            UInt8(ascii: "+"):
            var end = at
            while end < limit, bytes[end] == byte { end += 1 }
            // Two dashes begin an option; three or more draw a line, unless a word is glued to them.
            return end - at >= 3 && (end == limit || !bytes[end].isWordByte) ? end : nil
        case 0xE2:
            var end = at
            while end + 2 < limit,
                bytes.has("─", at: end) || bytes.has("═", at: end) || bytes.has("━", at: end)
                    || bytes.has("█", at: end) || bytes.has("░", at: end)
            {
                end += 3
            }
            return end - at >= 6 ? end : nil
        default: return nil
        }
    }

    private func elisionEnd(_ at: Int, _ limit: Int) -> Int? {
        guard at == 0 || bytes[at - 1].isBlank || bytes[at] == UInt8(ascii: "[") else { return nil }
        for mark: StaticString in ["[...]", "[…]", "...", "…"] where bytes.has(mark, at: at) {
            let end = at + mark.utf8CodeUnitCount
            guard end < limit else { return end == limit ? end : nil }
            return bytes[end].isBlank || ",])}".utf8.contains(bytes[end]) ? end : nil
        }
        return nil
    }

    /// Box drawing, blocks, dashes, ticks, arrows: U+2010 to U+2BFF, which are marks and not letters.
    private func isGlyph(_ at: Int) -> Bool {
        bytes[at] == 0xE2 && at + 2 < bytes.count || bytes[at] == 0xC2 && at + 1 < bytes.count
    }

    private func glyphEnd(_ at: Int, _ limit: Int) -> Int {
        var end = at + 1
        while end < limit, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }
}

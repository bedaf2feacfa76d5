/// Cuts a source into tokens; one pass, looking back at the last token only.
struct Lexer {
    private let source: [UInt8]
    private let end: Int
    private var index: Int
    private var tokens: [Token] = []
    private var followsNewline = false
    private var templateDepth = 0
    /// Templates inside the substitutions of others: each is read once for every one around it.
    private static let maxTemplateDepth = 8

    /// Longest first, so that the first that fits is the right one.
    private static let punctuators = [
        "...", "===", "!==", ">>>", "**=", "??=", "||=", "&&=", "<<", ">>", "**", "=>", "==", "!=", "<=", ">=", "&&",
        "||", "??", "?.", "+=", "-=", "*=", "/=", "++",
        "--", "%=", "{", "}", "(", ")", "[", "]", ".", ",", ";", ":", "?", "<", ">", "+", "-", "*", "/", "%", "=", "!",
        "&",
        "|", "^", "~",
    ].map { (text: $0, bytes: Array($0.utf8)) }

    static func tokens(of source: [UInt8], in range: Range<Int>) throws -> [Token] {
        var lexer = Lexer(source: source, range: range)
        return try lexer.run()
    }

    private init(source: [UInt8], range: Range<Int>) {
        self.source = source
        index = range.lowerBound
        end = range.upperBound
    }

    private mutating func run() throws -> [Token] {
        while true {
            try skipBlanks()
            let start = index
            let kind = try next()
            tokens.append(Token(kind: kind, range: start..<index, followsNewline: followsNewline))
            followsNewline = false
            if kind == .end { return tokens }
        }
    }

    private func peek(_ distance: Int = 0) -> UInt8? {
        index + distance < end ? source[index + distance] : nil
    }

    private func error(_ message: String, at offset: Int? = nil) -> ShellError {
        .syntax(message, at: offset ?? index, in: source, isFinal: true)
    }

    /// More input could end what is open: a line break is allowed in it.
    private func unfinished(_ message: String, from start: Int) -> ShellError {
        let error = self.error(message, at: start)
        return ShellError(error.name, error.message, details: error.details, isIncomplete: end == source.count)
    }

    private mutating func skipBlanks() throws {
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                followsNewline = true
                index += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0B, 0x0C: index += 1
            // A no-break space or a byte order mark, as pasted from a page.
            case 0xC2 where peek(1) == 0xA0: index += 2
            case 0xEF where peek(1) == 0xBB && peek(2) == 0xBF: index += 3
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
                while let byte = peek(), byte != UInt8(ascii: "\n") { index += 1 }
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
                let start = index
                index += 2
                while peek() != UInt8(ascii: "*") || peek(1) != UInt8(ascii: "/") {
                    guard let byte = peek() else { throw unfinished("Unterminated comment.", from: start) }
                    if byte == UInt8(ascii: "\n") { followsNewline = true }
                    index += 1
                }
                index += 2
            default: return
            }
        }
    }

    private mutating func next() throws -> Token.Kind {
        guard let byte = peek() else { return .end }
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try quoted(byte))
        case UInt8(ascii: "`"): return try template()
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case UInt8(ascii: ".") where peek(1).map(Self.isDigit) == true: return .number(try number())
        case UInt8(ascii: "/") where mayStartRegex: return try regex()
        case let byte where Self.startsName(byte):
            let start = index
            while let byte = peek(), Self.startsName(byte) || Self.isDigit(byte) { index += 1 }
            return .identifier(String(decoding: source[start..<index], as: UTF8.self))
        default:
            for (text, bytes) in Self.punctuators where source[index..<end].starts(with: bytes) {
                // `a?.5:b` is a conditional.
                if text == "?.", peek(2).map(Self.isDigit) == true { continue }
                index += bytes.count
                return .punctuator(text)
            }
            throw error("Unexpected character '\(String(UnicodeScalar(byte)))'.")
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func startsName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
            UInt8(ascii: "$"), 0x80...:
            true
        default: false
        }
    }

    /// A slash divides after a value and opens a regular expression elsewhere.
    private var mayStartRegex: Bool {
        switch tokens.last?.kind {
        case nil: true
        case .punctuator(let text): ![")", "]", "}"].contains(text)
        default: false
        }
    }

    // MARK: Literals

    private mutating func number() throws -> Double {
        let start = index
        if peek() == UInt8(ascii: "0"), let radix = peek(1).flatMap(Self.radix) {
            index += 2
            let digits = index
            while let byte = peek(), Self.startsName(byte) || Self.isDigit(byte) { index += 1 }
            let text = String(decoding: source[digits..<index], as: UTF8.self)
            guard let value = UInt64(text, radix: radix) else { throw error("Invalid number.", at: start) }
            return Double(value)
        }
        skipDigits()
        if peek() == UInt8(ascii: ".") {
            index += 1
            skipDigits()
        }
        if let byte = peek(), byte | 0x20 == UInt8(ascii: "e") {
            index += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { index += 1 }
            skipDigits()
        }
        if let byte = peek(), Self.startsName(byte) { throw error("Identifier directly after number.") }
        let digits = source[start..<index].filter { $0 != UInt8(ascii: "_") }
        var text = String(decoding: digits, as: UTF8.self)
        if text.hasSuffix(".") { text += "0" }
        guard let value = Double(text.hasPrefix(".") ? "0" + text : text.replacingPointBeforeExponent) else {
            throw error("Invalid number.", at: start)
        }
        return value
    }

    private static func radix(_ byte: UInt8) -> Int? {
        switch byte | 0x20 {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
    }

    private mutating func skipDigits() {
        while let byte = peek(), Self.isDigit(byte) || (byte == UInt8(ascii: "_") && peek(1).map(Self.isDigit) == true)
        {
            index += 1
        }
    }

    private mutating func quoted(_ quote: UInt8) throws -> String {
        let start = index
        index += 1
        var bytes: [UInt8] = []
        while true {
            guard let byte = peek(), byte != UInt8(ascii: "\n") else {
                throw ShellError.syntax("Unterminated string constant.", at: start, in: source)
            }
            index += 1
            switch byte {
            case quote: return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &bytes)
            default: bytes.append(byte)
            }
        }
    }

    private mutating func escape(into bytes: inout [UInt8]) throws {
        guard let byte = peek() else { throw unfinished("Unterminated string constant.", from: index) }
        index += 1
        switch byte {
        case UInt8(ascii: "n"): bytes.append(10)
        case UInt8(ascii: "t"): bytes.append(9)
        case UInt8(ascii: "r"): bytes.append(13)
        case UInt8(ascii: "b"): bytes.append(8)
        case UInt8(ascii: "f"): bytes.append(12)
        case UInt8(ascii: "v"): bytes.append(11)
        case UInt8(ascii: "0"): bytes.append(0)
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "x"): bytes.append(scalar: try hexDigits(2))
        case UInt8(ascii: "u"):
            var unit = try unicodeEscape()
            // Two halves of a pair make one character.
            if 0xD800..<0xDC00 ~= unit, peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") {
                let mark = index
                index += 2
                let low = try unicodeEscape()
                if 0xDC00..<0xE000 ~= low {
                    unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
                } else {
                    index = mark
                }
            }
            bytes.append(scalar: unit)
        default: bytes.append(byte)
        }
    }

    private mutating func unicodeEscape() throws -> UInt32 {
        guard peek() == UInt8(ascii: "{") else { return try hexDigits(4) }
        index += 1
        let start = index
        while let byte = peek(), byte != UInt8(ascii: "}"), index - start < 7 { index += 1 }
        let text = String(decoding: source[start..<index], as: UTF8.self)
        guard peek() == UInt8(ascii: "}"), let value = UInt32(text, radix: 16), value <= 0x10FFFF else {
            throw error("Bad character escape sequence.", at: start)
        }
        index += 1
        return value
    }

    private mutating func hexDigits(_ count: Int) throws -> UInt32 {
        let text = String(decoding: source[index..<min(index + count, end)], as: UTF8.self)
        guard text.utf8.count == count, text.utf8.first != UInt8(ascii: "+"), let value = UInt32(text, radix: 16) else {
            throw error("Bad character escape sequence.")
        }
        index += count
        return value
    }

    private mutating func template() throws -> Token.Kind {
        let start = index
        index += 1
        var texts: [String] = []
        var substitutions: [Range<Int>] = []
        var bytes: [UInt8] = []
        while true {
            guard let byte = peek() else { throw unfinished("Unterminated template.", from: start) }
            index += 1
            switch byte {
            case UInt8(ascii: "`"):
                return .template(texts + [String(decoding: bytes, as: UTF8.self)], substitutions)
            case UInt8(ascii: "\\"): try escape(into: &bytes)
            case UInt8(ascii: "$") where peek() == UInt8(ascii: "{"):
                texts.append(String(decoding: bytes, as: UTF8.self))
                bytes = []
                index += 1
                let first = index
                try skipSubstitution(from: start)
                substitutions.append(first..<index)
                index += 1
            default: bytes.append(byte)
            }
        }
    }

    private mutating func skipSubstitution(from start: Int) throws {
        var depth = 0
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                if depth == 0 { return }
                depth -= 1
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                _ = try quoted(byte)
                continue
            case UInt8(ascii: "`"):
                templateDepth += 1
                defer { templateDepth -= 1 }
                guard templateDepth < Self.maxTemplateDepth else { throw error("The templates nest too deeply.") }
                _ = try template()
                continue
            default: break
            }
            index += 1
        }
        throw unfinished("Unterminated template.", from: start)
    }

    private mutating func regex() throws -> Token.Kind {
        let start = index
        index += 1
        var isInClass = false
        while let byte = peek(), byte != UInt8(ascii: "\n") {
            index += 1
            switch byte {
            case UInt8(ascii: "\\"): index = min(index + 1, end)
            case UInt8(ascii: "["): isInClass = true
            case UInt8(ascii: "]"): isInClass = false
            case UInt8(ascii: "/") where !isInClass:
                let pattern = String(decoding: source[start + 1..<index - 1], as: UTF8.self)
                let flagsStart = index
                while let byte = peek(), Self.startsName(byte) || Self.isDigit(byte) { index += 1 }
                let flags = String(decoding: source[flagsStart..<index], as: UTF8.self)
                guard flags.allSatisfy("dgimsuvy".contains), Set(flags).count == flags.count else {
                    throw error("Invalid regular expression flag.", at: flagsStart)
                }
                return .regex(pattern: pattern, flags: flags)
            default: break
            }
        }
        throw ShellError.syntax("Unterminated regular expression.", at: start, in: source)
    }
}

extension [UInt8] {
    /// Half of a surrogate pair, which UTF-8 can't hold, becomes U+FFFD.
    fileprivate mutating func append(scalar value: UInt32) {
        append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
    }
}

extension String {
    /// `1.e5`, which Swift doesn't read.
    fileprivate var replacingPointBeforeExponent: String {
        guard let point = utf8.firstIndex(of: UInt8(ascii: ".")) else { return self }
        let next = utf8.index(after: point)
        guard next < endIndex, utf8[next] | 0x20 == UInt8(ascii: "e") else { return self }
        return self[..<point] + String(self[next...])
    }
}

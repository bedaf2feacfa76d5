import Diagnostics
import Lessons

/// A strict JSON reader (RFC 8259) that keeps offsets, so that every fault can be pointed at.
package struct JSONParser {
    private let source: SourceText
    private var offset = 0

    package static func parse(_ source: SourceText) throws(LessonError) -> IndexValue {
        var parser = JSONParser(source: source)
        parser.skipWhite()
        let value = try parser.value(depth: 0)
        parser.skipWhite()
        guard parser.offset == source.bytes.count else { throw parser.fault("expected the end of the file") }
        return value
    }

    private init(source: SourceText) {
        self.source = source
    }

    private var byte: UInt8? { offset < source.bytes.count ? source.bytes[offset] : nil }

    private func fault(_ problem: String, at place: Int? = nil, remedy: String? = nil) -> LessonError {
        LessonError(
            .invalidIndex, "broken JSON: \(problem)" + found(at: place), offset: place ?? offset, in: source,
            remedy: remedy)
    }

    private func found(at place: Int?) -> String {
        guard place == nil else { return "" }
        guard let byte else { return ", found the end of the file" }
        if byte == .lineFeed || byte == .carriageReturn { return ", found the end of the line" }
        let scalar = source.string(offset..<min(offset + 4, source.bytes.count)).unicodeScalars.first ?? " "
        return ", found '\(scalar)'"
    }

    private mutating func skipWhite() {
        while let byte, byte.isWhite { offset += 1 }
    }

    private mutating func value(depth: Int) throws(LessonError) -> IndexValue {
        let start = offset
        guard depth <= IndexValue.maxDepth else {
            throw fault("values are nested deeper than \(IndexValue.maxDepth)", at: offset)
        }
        switch byte {
        case .leftBrace?: return try object(depth: depth)
        case UInt8(ascii: "[")?: return try list(depth: depth)
        case UInt8(ascii: "\"")?: return IndexValue(content: .string(try string()), offset: start)
        case UInt8(ascii: "-")?: return try number()
        case let digit? where digit.isDigit: return try number()
        default:
            for (word, content) in [
                ("true", IndexValue.Content.bool(true)), ("false", .bool(false)), ("null", .null),
            ] where source.bytes[offset...].starts(with: word.utf8) {
                offset += word.utf8.count
                return IndexValue(content: content, offset: start)
            }
            if byte == UInt8(ascii: "'") {
                throw fault("expected a value", remedy: "put strings in double quotes")
            }
            if byte == UInt8(ascii: "/") { throw fault("expected a value", remedy: "JSON has no comments; remove it") }
            throw fault("expected a value")
        }
    }

    private mutating func object(depth: Int) throws(LessonError) -> IndexValue {
        let start = offset
        var members: [(key: String, offset: Int, value: IndexValue)] = []
        offset += 1
        skipWhite()
        if byte == .rightBrace {
            offset += 1
            return IndexValue(content: .object([]), offset: start)
        }
        while true {
            let keyOffset = offset
            guard byte == UInt8(ascii: "\"") else {
                let isTrailing = byte == .rightBrace && !members.isEmpty
                throw fault(
                    "expected a name in double quotes", remedy: isTrailing ? "remove the comma before '}'" : nil)
            }
            let key = try string()
            skipWhite()
            guard byte == UInt8(ascii: ":") else { throw fault("expected ':' after \"\(key)\"") }
            offset += 1
            skipWhite()
            members.append((key, keyOffset, try value(depth: depth + 1)))
            skipWhite()
            if byte == UInt8(ascii: ",") {
                offset += 1
                skipWhite()
            } else if byte == .rightBrace {
                offset += 1
                return IndexValue(content: .object(members), offset: start)
            } else {
                throw fault(
                    "expected ',' or '}'", remedy: byte == UInt8(ascii: "\"") ? "put a comma before this member" : nil)
            }
        }
    }

    private mutating func list(depth: Int) throws(LessonError) -> IndexValue {
        let start = offset
        var values: [IndexValue] = []
        offset += 1
        skipWhite()
        if byte == UInt8(ascii: "]") {
            offset += 1
            return IndexValue(content: .list([]), offset: start)
        }
        while true {
            if byte == UInt8(ascii: "]") { throw fault("expected a value", remedy: "remove the comma before ']'") }
            values.append(try value(depth: depth + 1))
            skipWhite()
            if byte == UInt8(ascii: ",") {
                offset += 1
                skipWhite()
            } else if byte == UInt8(ascii: "]") {
                offset += 1
                return IndexValue(content: .list(values), offset: start)
            } else {
                throw fault("expected ',' or ']'")
            }
        }
    }

    private mutating func number() throws(LessonError) -> IndexValue {
        let start = offset
        if byte == UInt8(ascii: "-") { offset += 1 }
        let integer = digits()
        guard integer > 0 else { throw fault("expected a digit") }
        if integer > 1, source.bytes[offset - integer] == UInt8(ascii: "0") {
            throw fault("a number begins with no zero", at: start)
        }
        if byte == UInt8(ascii: ".") {
            offset += 1
            guard digits() > 0 else { throw fault("expected a digit") }
        }
        if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
            offset += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { offset += 1 }
            guard digits() > 0 else { throw fault("expected a digit") }
        }
        return IndexValue(content: .number(source.string(start..<offset)), offset: start)
    }

    private mutating func digits() -> Int {
        let start = offset
        while let byte, byte.isDigit { offset += 1 }
        return offset - start
    }

    private mutating func string() throws(LessonError) -> String {
        let start = offset
        offset += 1
        var bytes: [UInt8] = []
        while let byte {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
            case .backslash: bytes.append(contentsOf: try escape())
            case 0..<0x20:
                offset -= 1
                throw fault(
                    "a string ends on its line", at: byte == .tab ? offset : start,
                    remedy: byte == .tab ? "write a tab as \\t" : "close the string with '\"'")
            default: bytes.append(byte)
            }
        }
        throw fault("the string is not closed", at: start, remedy: "close the string with '\"'")
    }

    private mutating func escape() throws(LessonError) -> [UInt8] {
        guard let byte else { throw fault("expected an escape") }
        switch byte {
        case UInt8(ascii: "\""), .backslash, UInt8(ascii: "/"):
            offset += 1
            return [byte]
        case UInt8(ascii: "b"): return single(8)
        case UInt8(ascii: "f"): return single(12)
        case UInt8(ascii: "n"): return single(10)
        case UInt8(ascii: "r"): return single(13)
        case UInt8(ascii: "t"): return single(9)
        case UInt8(ascii: "u"):
            offset += 1
            var unit = try hexadecimal()
            if (0xD800..<0xDC00).contains(unit) {
                guard source.starts(with: "\\u", at: offset) else { throw fault("half a surrogate pair") }
                offset += 2
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw fault("half a surrogate pair") }
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(unit) else { throw fault("half a surrogate pair") }
            return Array(String(scalar).utf8)
        default: throw fault("'\\' begins no known escape", remedy: "write a backslash as \\\\")
        }
    }

    private mutating func single(_ byte: UInt8) -> [UInt8] {
        offset += 1
        return [byte]
    }

    private mutating func hexadecimal() throws(LessonError) -> UInt32 {
        let end = offset + 4
        guard end <= source.bytes.count,
            source.bytes[offset..<end].allSatisfy({ $0.isDigit || (0x61...0x66).contains($0.lowercased) }),
            let unit = UInt32(source.string(offset..<end), radix: 16)
        else { throw fault("expected four hexadecimal digits") }
        offset = end
        return unit
    }
}

/// Texts are read as UTF-8 bytes: every mark that matters is ASCII, and Swift's characters are an order slower to walk.
typealias Bytes = [UInt8]

extension UInt8 {
    init(_ scalar: Unicode.Scalar) { self.init(ascii: scalar) }

    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    var isUpper: Bool { self >= 0x41 && self <= 0x5A }
    var isLower: Bool { self >= 0x61 && self <= 0x7A }
    /// ASCII letters, and every byte of a character beyond ASCII.
    var isLetter: Bool { isUpper || isLower || self >= 0x80 }
    var isWordByte: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
    var isHex: Bool { isDigit || (self >= 0x61 && self <= 0x66) || (self >= 0x41 && self <= 0x46) }
    var isBlank: Bool { self == 0x20 || self == 0x09 }
    var isSpace: Bool { isBlank || self == 0x0A || self == 0x0D || self == 0x0B || self == 0x0C }
    var lowered: UInt8 { isUpper ? self | 0x20 : self }
}

/// A text split into lines, with its bytes at hand.
struct SourceText: Sendable {
    let bytes: Bytes
    /// Where each line starts; an empty text has no lines.
    let lineStarts: [Int]

    init(_ bytes: Bytes) {
        self.bytes = bytes
        var starts: [Int] = bytes.isEmpty ? [] : [0]
        for (index, byte) in bytes.enumerated() where byte == 0x0A && index + 1 < bytes.count {
            starts.append(index + 1)
        }
        lineStarts = starts
    }

    init(_ string: String) { self.init(Bytes(string.utf8)) }

    var lineCount: Int { lineStarts.count }

    /// The bytes of a line without its line end and trailing blanks.
    func line(_ number: Int) -> Range<Int> {
        let start = lineStarts[number]
        var end = number + 1 < lineStarts.count ? lineStarts[number + 1] : bytes.count
        while end > start, bytes[end - 1].isSpace { end -= 1 }
        return start..<end
    }

    /// The line, counted from 0, on which the byte at `offset` is.
    func lineNumber(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Whether both ranges hold the same text; letters that are composed in one way or the other are the same.
    func equals(_ range: Range<Int>, _ other: SourceText, _ otherRange: Range<Int>) -> Bool {
        hasSameBytes(range, other, otherRange)
            || bytes[range].contains { $0 >= 0xC0 } && string(range) == other.string(otherRange)
    }

    private func hasSameBytes(_ range: Range<Int>, _ other: SourceText, _ otherRange: Range<Int>) -> Bool {
        guard range.count == otherRange.count else { return false }
        var index = range.lowerBound
        var otherIndex = otherRange.lowerBound
        while index < range.upperBound {
            if bytes[index] != other.bytes[otherIndex] { return false }
            index += 1
            otherIndex += 1
        }
        return true
    }
}

extension Bytes {
    /// Whether `literal` is at `offset`; ASCII letters of either case when `ignoringCase`.
    func has(_ literal: StaticString, at offset: Int, ignoringCase: Bool = false) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard offset >= 0, offset + length <= count else { return false }
        return literal.withUTF8Buffer { wanted in
            for index in 0..<length {
                let byte = self[offset + index]
                if byte != wanted[index], !ignoringCase || byte.lowered != wanted[index].lowered { return false }
            }
            return true
        }
    }

    /// The end of the run of bytes from `offset` that satisfy the condition.
    @inline(__always)
    func end(of offset: Int, while condition: (UInt8) -> Bool) -> Int {
        var index = offset
        while index < count, condition(self[index]) { index += 1 }
        return index
    }
}

/// Looking for the dialect's marks in bytes.
extension [UInt8] {
    /// Whether the bytes at the offset are this ASCII text, in either case when it is lower case.
    func starts(with text: StaticString, at offset: Int, before end: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard offset >= 0, offset + count <= end else { return false }
        return text.withUTF8Buffer { letters in
            for index in 0..<count where self[offset + index].lowercased != letters[index] { return false }
            return true
        }
    }

    /// The offset of the first occurrence in the range, in either case when the text is lower case.
    func first(of text: StaticString, in range: Range<Int>) -> Int? {
        let count = text.utf8CodeUnitCount
        return text.withUTF8Buffer { letters in
            guard let head = letters.first, range.count >= count else { return nil }
            var offset = range.lowerBound
            let last = range.upperBound - count
            search: while offset <= last {
                guard self[offset].lowercased == head else {
                    offset += 1
                    continue
                }
                for index in 1..<Swift.max(count, 1) where self[offset + index].lowercased != letters[index] {
                    offset += 1
                    continue search
                }
                return offset
            }
            return nil
        }
    }

    /// Where the bytes are first in the range, letter for letter.
    func firstRange(of other: [UInt8], in range: Range<Int>) -> Range<Int>? {
        guard let head = other.first, range.count >= other.count else { return nil }
        search: for offset in range.lowerBound...range.upperBound - other.count where self[offset] == head {
            for index in 1..<Swift.max(other.count, 1) where self[offset + index] != other[index] { continue search }
            return offset..<offset + other.count
        }
        return nil
    }

    /// The range without spaces and tabs at its ends.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, self[lower].isBlank { lower += 1 }
        while upper > lower, self[upper - 1].isBlank { upper -= 1 }
        return lower..<upper
    }
}

extension Span<UInt8> {
    /// Where the text is first in the bytes, letter for letter.
    package func firstOffset(of text: StaticString) -> Int? {
        let count = text.utf8CodeUnitCount
        guard count > 0, self.count >= count else { return nil }
        return text.withUTF8Buffer { letters in
            search: for offset in 0...self.count - count where self[offset] == letters[0] {
                for index in 1..<count where self[offset + index] != letters[index] { continue search }
                return offset
            }
            return nil
        }
    }

    package var isASCII: Bool {
        for index in indices where self[index] >= 0x80 { return false }
        return true
    }

    package func contains(_ text: StaticString) -> Bool { firstOffset(of: text) != nil }

    /// Whether the bytes from the offset on begin with the text, letter for letter.
    package func starts(with text: StaticString, at offset: Int = 0) -> Bool {
        let count = text.utf8CodeUnitCount
        guard offset + count <= self.count else { return false }
        return text.withUTF8Buffer { letters in
            for index in 0..<count where self[offset + index] != letters[index] { return false }
            return true
        }
    }
}

extension UInt8 {
    package static let lineFeed = UInt8(ascii: "\n")
    package static let carriageReturn = UInt8(ascii: "\r")
    package static let tab = UInt8(ascii: "\t")
    package static let space = UInt8(ascii: " ")
    package static let backtick = UInt8(ascii: "`")
    package static let tilde = UInt8(ascii: "~")
    package static let less = UInt8(ascii: "<")
    package static let greater = UInt8(ascii: ">")
    package static let leftBrace = UInt8(ascii: "{")
    package static let rightBrace = UInt8(ascii: "}")
    package static let backslash = UInt8(ascii: "\\")

    @inlinable package var isBlank: Bool { self == 0x20 || self == 0x09 }
    @inlinable package var isWhite: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
    @inlinable package var isDigit: Bool { self &- 0x30 < 10 }
    @inlinable package var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    @inlinable package var isUppercase: Bool { self &- 0x41 < 26 }
    @inlinable package var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
    @inlinable package var continuesScalar: Bool { self & 0xC0 == 0x80 }
    @inlinable package var isPunctuation: Bool {
        (self >= 0x21 && self <= 0x2F) || (self >= 0x3A && self <= 0x40) || (self >= 0x5B && self <= 0x60)
            || (self >= 0x7B && self <= 0x7E)
    }
}

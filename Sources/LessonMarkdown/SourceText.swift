package import Lessons

/// A file's bytes with its lines, the ground that all scanners stand on.
///
/// Lines end with LF, CRLF or a lone CR, as in CommonMark.
package struct SourceText: Sendable {
    package let bytes: [UInt8]
    package let file: String
    /// Offset of the first byte of each line.
    package private(set) var lineStarts: [Int] = [0]
    /// Offset after the last byte of each line, without its line end.
    package private(set) var lineEnds: [Int] = []

    package init(bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
        lineStarts.reserveCapacity(bytes.count / 24 + 2)
        lineEnds.reserveCapacity(bytes.count / 24 + 2)
        var offset = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            if byte == .lineFeed {
                lineEnds.append(offset - 1)
                lineStarts.append(offset)
            } else if byte == .carriageReturn {
                lineEnds.append(offset - 1)
                if offset < bytes.count, bytes[offset] == .lineFeed { offset += 1 }
                lineStarts.append(offset)
            }
        }
        lineEnds.append(bytes.count)
    }

    package var lineCount: Int { lineStarts.count }

    /// The line, from 0, without its line end.
    package func line(_ number: Int) -> Range<Int> { lineStarts[number]..<lineEnds[number] }

    /// The line, from 0, that holds the offset.
    package func lineNumber(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    package func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Whether the bytes at the offset are these ASCII letters, in either case when `text` is lower case.
    package func starts(with text: StaticString, at offset: Int) -> Bool {
        let count = text.utf8CodeUnitCount
        guard offset >= 0, offset + count <= bytes.count else { return false }
        return text.withUTF8Buffer { letters in
            for index in 0..<count where bytes[offset + index].lowercased != letters[index] { return false }
            return true
        }
    }

    /// The offset of the first occurrence in the range.
    package func first(of text: StaticString, in range: Range<Int>) -> Int? {
        let count = text.utf8CodeUnitCount
        return text.withUTF8Buffer { letters in
            guard let head = letters.first, range.count >= count else { return nil }
            var offset = range.lowerBound
            let last = range.upperBound - count
            search: while offset <= last {
                guard bytes[offset].lowercased == head else {
                    offset += 1
                    continue
                }
                for index in 1..<max(count, 1) where bytes[offset + index].lowercased != letters[index] {
                    offset += 1
                    continue search
                }
                return offset
            }
            return nil
        }
    }

    /// The range without spaces and tabs at its ends.
    package func trimmed(_ range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        while lower < upper, bytes[lower].isBlank { lower += 1 }
        while upper > lower, bytes[upper - 1].isBlank { upper -= 1 }
        return lower..<upper
    }
}

/// Finds line and column of offsets that mostly grow, without counting a long line's start over and over.
package struct PlaceFinder {
    private var line = -1
    private var offset = 0
    private var column = 1

    package init() {}

    package mutating func place(of target: Int, in source: SourceText) -> SourcePlace {
        let number = source.lineNumber(at: target)
        if number != line || target < offset {
            line = number
            offset = source.lineStarts[number]
            column = 1
        }
        while offset < target {
            if !source.bytes[offset].continuesScalar { column += 1 }
            offset += 1
        }
        return SourcePlace(file: source.file, line: number + 1, column: column)
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

    package var isBlank: Bool { self == .space || self == .tab }
    package var isWhite: Bool { isBlank || self == .lineFeed || self == .carriageReturn }
    package var isDigit: Bool { self >= 0x30 && self <= 0x39 }
    package var isLetter: Bool { lowercased >= 0x61 && lowercased <= 0x7A }
    package var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
    package var continuesScalar: Bool { self & 0xC0 == 0x80 }
    package var isPunctuation: Bool {
        (self >= 0x21 && self <= 0x2F) || (self >= 0x3A && self <= 0x40) || (self >= 0x5B && self <= 0x60)
            || (self >= 0x7B && self <= 0x7E)
    }
}

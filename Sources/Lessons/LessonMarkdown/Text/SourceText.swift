package import Diagnostics
import Lessons

/// A file's bytes with its lines, what all scanners work on.
///
/// Lines end with LF, CRLF or a lone CR, as in CommonMark. A class, since every cursor holds one.
package final class SourceText: Sendable {
    package let bytes: [UInt8]
    package let file: String
    /// Offset of the first byte of each line.
    package let lineStarts: [Int]
    /// Offset after the last byte of each line, without its line end.
    package let lineEnds: [Int]

    package init(bytes: [UInt8], file: String) {
        self.bytes = bytes
        self.file = file
        var starts = [0]
        var ends: [Int] = []
        starts.reserveCapacity(bytes.count / 24 + 2)
        ends.reserveCapacity(bytes.count / 24 + 2)
        let text = bytes.span
        var offset = 0
        while offset < text.count {
            let byte = text[offset]
            offset += 1
            // One comparison for nearly all bytes.
            if byte > .carriageReturn { continue }
            if byte == .lineFeed {
                ends.append(offset - 1)
                starts.append(offset)
            } else if byte == .carriageReturn {
                ends.append(offset - 1)
                if offset < text.count, text[offset] == .lineFeed { offset += 1 }
                starts.append(offset)
            }
        }
        ends.append(bytes.count)
        lineStarts = starts
        lineEnds = ends
    }

    package var lineCount: Int { lineStarts.count }

    /// The line, from 0, without its line end.
    package func line(_ number: Int) -> Range<Int> { lineStarts[number]..<lineEnds[number] }

    /// The line, from 0, that holds the offset.
    package func lineNumber(at offset: Int) -> Int { Self.line(at: offset, among: lineStarts) }

    /// The index of the last start that isn't behind the offset; logarithmic.
    static func line(at offset: Int, among starts: [Int]) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// Where the place is; `nil` when the file has no such line. A column beyond the line's end is its end.
    package func offset(of place: SourcePlace) -> Int? {
        guard place.file == file, (1...lineCount).contains(place.line) else { return nil }
        let line = line(place.line - 1)
        return offset(after: place.column - 1, from: line.lowerBound, before: line.upperBound)
    }

    /// The offset that many scalars further, or the end.
    func offset(after scalars: Int, from start: Int, before end: Int) -> Int {
        var offset = start
        var left = scalars
        while offset < end, left > 0 {
            offset += 1
            while offset < end, bytes[offset].continuesScalar { offset += 1 }
            left -= 1
        }
        return offset
    }

    /// The end of the line that holds the offset, before its line end.
    func lineEnd(after offset: Int) -> Int { lineEnds[lineNumber(at: min(offset, bytes.count))] }

    package func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Whether the bytes at the offset are these ASCII letters, in either case when `text` is lower case.
    package func starts(with text: StaticString, at offset: Int) -> Bool {
        bytes.starts(with: text, at: offset, before: bytes.count)
    }

    /// The offset of the first occurrence in the range, in either case when `text` is lower case.
    package func first(of text: StaticString, in range: Range<Int>) -> Int? { bytes.first(of: text, in: range) }

    /// Where the text is first in the range, letter for letter; `nil` for an empty text.
    package func firstRange(of text: some StringProtocol, in range: Range<Int>) -> Range<Int>? {
        bytes.firstRange(of: Array(text.utf8), in: range)
    }

    /// The range without spaces and tabs at its ends.
    package func trimmed(_ range: Range<Int>) -> Range<Int> { bytes.trimmed(range) }

    /// Whether the lines follow each other with one LF between them, so that they are a text as they are.
    func isContiguous(_ lines: [Range<Int>]) -> Bool {
        for index in lines.indices.dropFirst() {
            let end = lines[index - 1].upperBound
            guard lines[index].lowerBound == end + 1, bytes[end] == .lineFeed else { return false }
        }
        return true
    }
}

/// Finds line and column of offsets that mostly grow, without counting a long line's start over and over.
package struct PlaceFinder {
    private var line = -1
    private var offset = 0
    private var column = 1

    package init() {}

    package mutating func place(of target: Int, in source: SourceText) -> SourcePlace {
        if line < 0 || target < offset || line + 1 < source.lineCount && source.lineStarts[line + 1] <= target {
            line = source.lineNumber(at: target)
            offset = source.lineStarts[line]
            column = 1
        }
        while offset < target {
            if !source.bytes[offset].continuesScalar { column += 1 }
            offset += 1
        }
        return SourcePlace(file: source.file, line: line + 1, column: column)
    }
}

import Diagnostics
import Lessons

/// A line of a file with a caret under what is meant, for people who read problems.
package enum Excerpt {
    /// A longer line is cut around the caret, in scalars.
    private static let maxWidth = 100

    /// - Parameters:
    ///   - range: What is meant; of several lines the first is shown. An empty range points between two characters.
    ///   - tail: What is under each scalar after the first.
    ///   - masked: What may not be shown.
    package static func text(
        of source: SourceText, at range: Range<Int>, tail: Character, masked: Range<Int>? = nil
    ) -> String {
        let line = source.line(source.lineNumber(at: min(range.lowerBound, source.bytes.count)))
        let start = min(range.lowerBound, line.upperBound)
        // Only what may be shown is looked at: a line may have megabytes.
        let last = min(line.upperBound, start + maxWidth * 4)
        let end = max(start, min(range.upperBound, last))
        var first = max(line.lowerBound, start - maxWidth * 2)
        while first < start, source.bytes[first].continuesScalar { first += 1 }
        let before = scalars(of: source, in: first..<start, masked: masked).suffix(maxWidth / 2)
        let inside = scalars(of: source, in: start..<end, masked: masked).prefix(max(1, maxWidth - before.count))
        let after = scalars(of: source, in: end..<last, masked: masked).prefix(
            max(0, maxWidth - before.count - inside.count))
        // The caret is placed by cells: a wide character takes two, a mark that combines none.
        let margin = String(repeating: " ", count: DisplayWidth.of(text(before)))
        let tails = String(repeating: tail, count: max(0, DisplayWidth.of(text(inside)) - 1))
        return "  \(text(before + inside + after))\n  \(margin)^\(tails)"
    }

    /// - Parameter length: How many scalars to mark.
    static func text(at place: SourcePlace, in source: SourceText, length: Int = 1) -> String {
        guard let start = source.offset(of: place) else { return "" }
        let end = source.offset(after: min(length, maxWidth), from: start, before: source.lineEnds[place.line - 1])
        return text(of: source, at: start..<end, tail: "^")
    }

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// What is there, with a blank for each scalar that can't be shown or hides others.
    private static func scalars(
        of source: SourceText, in range: Range<Int>, masked: Range<Int>?
    ) -> ArraySlice<Unicode.Scalar> {
        if range.isEmpty { return [] }
        var bytes = source.bytes[range]
        if let masked = masked?.clamped(to: range), !masked.isEmpty {
            for index in masked { bytes[index] = UInt8(ascii: "*") }
        }
        return String(decoding: bytes, as: UTF8.self).unicodeScalars.map { isShown($0) ? $0 : " " }[...]
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
        let category = scalar.properties.generalCategory
        return category != .control && category != .format
    }
}

import LessonMarkdown

/// Lines with a caret under what is wrong, for people who read problems.
enum Excerpts {
    /// A longer line is cut around the caret.
    static let widest = 100

    static func text(
        of source: SourceText, line: Range<Int>, from start: Int, to end: Int, column: Int, masked: Range<Int>?
    ) -> String {
        var shown = line
        let start = min(start, line.upperBound)
        if line.count > widest * 4 {
            // Only what may be shown is looked at: a line may have megabytes.
            shown = max(line.lowerBound, start - widest * 2)..<min(line.upperBound, max(end, start) + widest * 2)
        }
        while shown.lowerBound < shown.upperBound, source.bytes[shown.lowerBound].continuesScalar {
            shown = (shown.lowerBound + 1)..<shown.upperBound
        }
        var before: [Unicode.Scalar] = []
        var inside: [Unicode.Scalar] = []
        var after: [Unicode.Scalar] = []
        for (range, part) in [
            (shown.lowerBound..<start, 0), (start..<max(start, end), 1), (max(start, end)..<shown.upperBound, 2),
        ] where !range.isEmpty && range.lowerBound >= shown.lowerBound && range.upperBound <= shown.upperBound {
            let text = scalars(source, range, masked)
            switch part {
            case 0: before = text
            case 1: inside = text
            default: after = text
            }
        }
        before = before.suffix(widest / 2)
        inside = Array(inside.prefix(max(1, widest - before.count)))
        after = Array(after.prefix(max(0, widest - before.count - inside.count)))
        let marks = String(repeating: "~", count: max(0, inside.count - 1))
        var shownText = String.UnicodeScalarView()
        for part in [before, inside, after] { shownText.append(contentsOf: part) }
        return "  \(String(shownText))\n  \(String(repeating: " ", count: before.count))^\(marks)"
    }

    /// One scalar for each that stands there, so that the caret stands right; what can't be shown is a blank.
    private static func scalars(_ source: SourceText, _ range: Range<Int>, _ masked: Range<Int>?) -> [Unicode.Scalar] {
        var bytes = source.bytes[range]
        if let masked = masked?.clamped(to: range), !masked.isEmpty {
            for index in masked { bytes[index] = UInt8(ascii: "*") }
        }
        return String(decoding: bytes, as: UTF8.self).unicodeScalars.map { isShown($0) ? $0 : " " }
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
        let category = scalar.properties.generalCategory
        return category != .control && category != .format && category != .nonspacingMark
    }
}

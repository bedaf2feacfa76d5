import LessonMarkdown
import Lessons

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
        let margin = String(repeating: " ", count: DisplayWidth.of(Excerpt.visible(before)))
        let marks = String(repeating: "~", count: max(0, DisplayWidth.of(Excerpt.visible(inside)) - 1))
        return "  \(Excerpt.visible(before + inside + after))\n  \(margin)^\(marks)"
    }

    private static func scalars(_ source: SourceText, _ range: Range<Int>, _ masked: Range<Int>?) -> [Unicode.Scalar] {
        var bytes = source.bytes[range]
        if let masked = masked?.clamped(to: range), !masked.isEmpty {
            for index in masked { bytes[index] = UInt8(ascii: "*") }
        }
        return Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    }
}

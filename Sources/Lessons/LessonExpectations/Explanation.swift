import Diagnostics
import Lessons

/// Sets out the differences of a comparison for a person.
struct Explanation {
    /// Beyond these, the rest is only counted.
    static let maximumShown = 8

    let comparison: Comparison
    let marksWithCarets: Bool

    var text: StyledText {
        var lines: [StyledText] = []
        for difference in comparison.differences.prefix(Self.maximumShown) {
            lines.append("\(difference.sentence, .strong)")
            lines += sides(of: difference)
        }
        let more = comparison.differences.count - Self.maximumShown
        if more > 0 { lines.append("and \(more) more difference\(more == 1 ? "" : "s")") }
        return lines.joined(separator: "\n")
    }

    private func sides(of difference: Difference) -> [StyledText] {
        var wanted = difference.documentedLine.map { content(comparison.documented, $0) }
        var got = difference.actualLine.map { content(comparison.actual, $0) }
        if let expected = difference.expected, let actual = difference.actual, difference.path != nil,
            max(wanted?.count ?? 0, got?.count ?? 0) > 120
        {
            // A field in the middle of a long line is shown alone.
            (wanted, got) = (Array(expected), Array(actual))
        }
        var (wantedParts, gotParts) = DifferingParts.found(wanted, got)
        // Values that may vary differ too, and nothing is wrong with them.
        if let wrong = difference.wrongParts, let wanted, let got {
            let parts = (
                DifferingParts.characters(wrong.expected, wanted), DifferingParts.characters(wrong.actual, got)
            )
            if let expected = parts.0, let actual = parts.1 { (wantedParts, gotParts) = (expected, actual) }
        }
        (wantedParts, gotParts) = Self.narrowed(wanted, wantedParts, got, gotParts)
        var lines: [StyledText] = []
        if let wanted, let number = difference.documentedLine {
            lines += side("sample", number, wanted, wantedParts, .good)
        }
        if let got, let number = difference.actualLine { lines += side("output", number, got, gotParts, .bad) }
        return lines
    }

    /// A long word is marked from the character on at which it differs.
    private static func narrowed(
        _ wanted: [Character]?, _ wantedParts: [Range<Int>], _ got: [Character]?, _ gotParts: [Range<Int>]
    ) -> ([Range<Int>], [Range<Int>]) {
        guard let wanted, let got, let first = wantedParts.first, let other = gotParts.first,
            max(first.count, other.count) > 60
        else { return (wantedParts, gotParts) }
        let common = zip(wanted[first], got[other]).prefix { $0 == $1 }.count
        return (
            [(first.lowerBound + common)..<first.upperBound] + wantedParts.dropFirst(),
            [(other.lowerBound + common)..<other.upperBound] + gotParts.dropFirst()
        )
    }

    private func content(_ source: SourceText, _ number: Int) -> [Character] {
        guard number >= 1, number <= source.lineCount else { return [] }
        let line = source.line(number - 1)
        // A long line is shown up to a screenful; the sentence says what matters.
        return Array(source.string(line.prefix(2000))).map { $0 == "\t" ? " " : $0 }
    }

    private func side(
        _ name: String, _ number: Int, _ line: [Character], _ parts: [Range<Int>], _ style: StyledText.Style
    ) -> [StyledText] {
        // Keep the first differing part in view.
        let first = parts.first?.lowerBound ?? 0
        let start = first > 100 ? first - 40 : 0
        let end = min(line.count, start + 160)
        let marked = parts.map { $0.clamped(to: start..<end) }.filter { !$0.isEmpty }
        let gutter = "  \(name) \(pad(number)) | " + (start > 0 ? "…" : "")
        var shown = StyledText(gutter)
        var carets = String(repeating: " ", count: gutter.count)
        var position = start
        for part in marked {
            shown += "\(String(line[position..<part.lowerBound]))\(String(line[part]), style)"
            carets += String(repeating: " ", count: part.lowerBound - position)
            carets += String(repeating: "^", count: part.count)
            position = part.upperBound
        }
        shown += "\(String(line[position..<end]))\(end < line.count ? "…" : "")"
        let isWhole = marked.count == 1 && marked[0].count == line.count
        return !marksWithCarets || marked.isEmpty || isWhole ? [shown] : [shown, StyledText(carets)]
    }

    private func pad(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, 3 - digits.count)) + digits
    }
}

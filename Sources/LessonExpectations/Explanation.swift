/// Sets out the differences of a comparison for a person.
struct Explanation {
    /// Beyond these, the rest is only counted.
    static let maximumShown = 8

    let comparison: Comparison
    let colour: Bool

    var text: String {
        var lines: [String] = []
        for difference in comparison.differences.prefix(Self.maximumShown) {
            lines.append(paint(difference.sentence, .bold))
            lines += sides(of: difference)
        }
        let more = comparison.differences.count - Self.maximumShown
        if more > 0 { lines.append("and \(more) more difference\(more == 1 ? "" : "s")") }
        return lines.joined(separator: "\n")
    }

    private func sides(of difference: Difference) -> [String] {
        var wanted = difference.documentedLine.map { content(comparison.documented, $0) }
        var got = difference.actualLine.map { content(comparison.actual, $0) }
        if let expected = difference.expected, let actual = difference.actual, difference.path != nil,
            max(wanted?.count ?? 0, got?.count ?? 0) > 120
        {
            // A field in the middle of a long line is shown alone.
            (wanted, got) = (Array(expected), Array(actual))
        }
        let (wantedPart, gotPart) = differingParts(wanted, got)
        var lines: [String] = []
        if let wanted, let number = difference.documentedLine {
            lines += side("sample", number, wanted, wantedPart, .green)
        }
        if let got, let number = difference.actualLine { lines += side("output", number, got, gotPart, .red) }
        return lines
    }

    private func content(_ source: SourceText, _ number: Int) -> [Character] {
        guard number >= 1, number <= source.lineCount else { return [] }
        let line = source.line(number - 1)
        // A long line is shown up to a screenful; the sentence says what matters.
        return Array(source.string(line.prefix(2000))).map { $0 == "\t" ? " " : $0 }
    }

    private func side(
        _ name: String, _ number: Int, _ line: [Character], _ part: Range<Int>, _ style: Style
    ) -> [String] {
        // Keep the differing part in view.
        let start = part.lowerBound > 100 ? part.lowerBound - 40 : 0
        let end = min(line.count, start + 160)
        let marked = part.clamped(to: start..<end)
        let lead = (start > 0 ? "…" : "") + String(line[start..<marked.lowerBound])
        let tail = String(line[marked.upperBound..<end]) + (end < line.count ? "…" : "")
        let gutter = "  \(name) \(pad(number)) | "
        let shown = gutter + lead + paint(String(line[marked]), style) + tail
        guard !colour, !marked.isEmpty, marked.count < line.count else { return [shown] }
        return [
            shown,
            String(repeating: " ", count: gutter.count + lead.count) + String(repeating: "^", count: marked.count),
        ]
    }

    private func pad(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, 3 - digits.count)) + digits
    }

    /// The parts between what both lines begin and end with, widened to whole words.
    private func differingParts(_ wanted: [Character]?, _ got: [Character]?) -> (Range<Int>, Range<Int>) {
        guard let wanted, let got else { return (0..<(wanted?.count ?? 0), 0..<(got?.count ?? 0)) }
        let shorter = min(wanted.count, got.count)
        var start = 0
        while start < shorter, wanted[start] == got[start] { start += 1 }
        while start > 0, isWord(wanted[start - 1]) { start -= 1 }
        var end = 0
        while end < shorter - start, wanted[wanted.count - 1 - end] == got[got.count - 1 - end] { end += 1 }
        while end > 0, isWord(wanted[wanted.count - end]) { end -= 1 }
        return (start..<(wanted.count - end), start..<(got.count - end))
    }

    private func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber || character == "_" }

    private enum Style: String {
        case bold = "1"
        case red = "31"
        case green = "32"
    }

    private func paint(_ text: String, _ style: Style) -> String {
        colour && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}

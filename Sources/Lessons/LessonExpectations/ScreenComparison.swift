import Lessons

extension ParsedSample {
    /// Looks for the sample on a terminal's screen.
    ///
    /// The sample's lines are one below the other, compared without blanks at their ends and without the numbers that
    /// an editor puts before them; what is above and below doesn't matter. A line too long for the screen goes on
    /// in the rows below it.
    ///
    /// - Parameter rows: The screen from top to bottom, a string for each row.
    public func compare(withScreen rows: [String]) -> Comparison {
        let screen = SourceText(Normalizer.normalized(rows.joined(separator: "\n") + "\n"))
        let wanted = blocksByLine()
        guard !wanted.isEmpty else { return Comparison(differences: [], documented: source, actual: screen) }
        let finder = ScreenFinder(sample: source, wanted: wanted, screen: screen, wording: wording)
        var best: (start: Int, count: Int) = (0, 0)
        for start in 0..<screen.lineCount {
            let count = finder.found(from: start)
            if count == wanted.count { return Comparison(differences: [], documented: source, actual: screen) }
            if count > best.count { best = (start, count) }
        }
        let line = wanted[best.count]
        let text = source.string(source.line(line))
        let place = best.count == 0 ? "" : " below \"\(source.string(source.line(wanted[best.count - 1])).shortened)\""
        return Comparison(
            differences: [
                Difference(
                    sentence: "the screen doesn't show \"\(text.shortened)\"\(place)", expected: text,
                    actual: best.count == 0
                        ? nil : screen.string(screen.line(min(best.start + best.count, screen.lineCount - 1))),
                    documentedLine: line + 1, actualLine: best.count == 0 ? nil : best.start + best.count + 1,
                    mayStillMatch: true)
            ], documented: source, actual: screen)
    }

    /// The numbers of the sample's lines that hold something.
    private func blocksByLine() -> [Int] {
        (0..<source.lineCount).filter { number in
            let range = source.line(number)
            return source.bytes[range].contains { !$0.isBlank }
        }
    }
}

/// Compares rows of a screen with lines of a sample.
private struct ScreenFinder {
    let sample: SourceText
    let wanted: [Int]
    let screen: SourceText
    let wording: Wording

    /// How many of the sample's lines are on the screen from the row on.
    func found(from start: Int) -> Int {
        var row = start
        for (position, number) in wanted.enumerated() {
            let line = sample.line(number)
            if Elision.isLine(sample, line) {
                guard position + 1 < wanted.count else { return wanted.count }
                while row < screen.lineCount, match(sample.line(wanted[position + 1]), row) == nil { row += 1 }
                continue
            }
            if position > 0 { while row < screen.lineCount, screen.line(row).isEmpty { row += 1 } }
            guard let rows = match(line, row) else { return position }
            row += rows
        }
        return wanted.count
    }

    /// The number of rows that the line takes from the row on; `nil` when it isn't there.
    private func match(_ line: Range<Int>, _ row: Int) -> Int? {
        guard row < screen.lineCount else { return nil }
        var text = Bytes(screen.bytes[screen.line(row)])
        let width = line.count + 16
        for rows in 1...8 {
            for start in [0, gutterEnd(text)] where start == 0 || rows > 0 {
                let shown = SourceText(Bytes(text[start...]))
                let matcher = TokenMatcher(documented: sample, actual: shown, wording: wording)
                let tokens = Lexer.tokens(shown, 0..<shown.bytes.count)
                if matcher.firstMismatch(Lexer.tokens(sample, line), tokens) == nil { return rows }
            }
            guard text.count < width, row + rows < screen.lineCount else { return nil }
            text += screen.bytes[screen.line(row + rows)]
        }
        return nil
    }

    /// Past `  42 `, as editors and `cat -n` number lines.
    private func gutterEnd(_ text: Bytes) -> Int {
        let start = text.end(of: 0, while: \.isBlank)
        let end = text.end(of: start, while: \.isDigit)
        guard end > start else { return 0 }
        let bar = text.end(of: end) { $0.isBlank || $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: ":") }
        return bar > end ? bar : 0
    }
}

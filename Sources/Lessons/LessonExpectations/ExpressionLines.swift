import LinePatterns

/// Compares lines with regular expressions, as an author's `regex` asks.
enum ExpressionLines {
    /// Each line of the sample is an expression for a whole line; blank lines mean nothing.
    static func differences(_ documented: SourceText, _ actual: SourceText, isOptional: Bool) -> [Difference] {
        let patterns = contents(documented)
        let lines = contents(actual)
        if lines.isEmpty, isOptional { return [] }
        var differences: [Difference] = []
        for (index, pattern) in patterns.enumerated() {
            let expression: LinePattern
            do {
                expression = try LinePattern(pattern.text)
            } catch {
                differences.append(
                    Difference(
                        sentence: "\"\(pattern.text.shortened)\" is not a regular expression: \(error.reason)",
                        expected: pattern.text, documentedLine: pattern.number + 1, mayStillMatch: false))
                continue
            }
            guard index < lines.count else {
                differences.append(
                    Difference(
                        sentence: "missing line: one that matches \(pattern.text.shortened)", expected: pattern.text,
                        documentedLine: pattern.number + 1, mayStillMatch: true))
                continue
            }
            let outcome = expression.match(lines[index].text)
            if outcome == .matches { continue }
            let line = lines[index].text.shortened
            differences.append(
                Difference(
                    sentence: outcome == .differs
                        ? "\"\(line)\" doesn't match \(pattern.text.shortened)"
                        : "\"\(line)\" is too long to be matched with \(pattern.text.shortened)",
                    expected: pattern.text, actual: lines[index].text, documentedLine: pattern.number + 1,
                    actualLine: lines[index].number + 1, mayStillMatch: false))
        }
        for line in lines.dropFirst(patterns.count).prefix(ShapeMatcher.maximumDifferences) {
            differences.append(
                Difference(
                    sentence: "extra line: \(line.text.shortened)", actual: line.text, actualLine: line.number + 1,
                    mayStillMatch: false))
        }
        return differences
    }

    private static func contents(_ source: SourceText) -> [(number: Int, text: String)] {
        (0..<source.lineCount).map { ($0, source.string(source.line($0))) }.filter { line in
            line.1.utf8.contains { !$0.isBlank }
        }
    }
}

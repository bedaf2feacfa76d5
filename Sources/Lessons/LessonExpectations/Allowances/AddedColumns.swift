/// Columns at the right that other versions of a tool print: a duration, a size, a builder's name.
struct AddedColumns: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        var count = 0
        for (index, line) in pair.output.enumerated() where !line.isBlank && !situation.structured.contains(line.number)
        {
            guard let (cut, end) = Self.split(line), !pair.sample.contains(where: { situation.fits($0, line) }) else {
                continue
            }
            guard Self.isIncidental(end), pair.sample.contains(where: { situation.fits($0, cut) }) else { continue }
            pair.output[index] = cut
            count += 1
        }
        return count == 0
            ? nil : "columns at the right of \(count == 1 ? "a line" : "\(count) lines") are not shown on the page"
    }

    /// The line before its last wide gap, and what is behind it.
    private static func split(_ line: TextLine) -> (TextLine, TextLine)? {
        var start: Int?
        for (token, next) in zip(line.tokens, line.tokens.dropFirst()) {
            let gap = token.range.upperBound..<next.range.lowerBound
            let isWide = gap.count >= 2 || line.bytes[gap].contains(0x09)
            // The first gap behind which everything is incidental.
            if isWide, isIncidental(line.replacing(Bytes(line.bytes[next.range.lowerBound...]))) {
                start = next.range.lowerBound
                break
            }
        }
        guard let start else { return nil }
        return (line.replacing(Bytes(line.bytes[..<start])), line.replacing(Bytes(line.bytes[start...])))
    }

    /// Durations, sizes, ages, or headings without a value (`Elr:`).
    private static func isIncidental(_ line: TextLine) -> Bool {
        guard !line.tokens.isEmpty else { return false }
        let text = line.text
        if text.split(separator: "\t").allSatisfy({ $0.trimmed.hasSuffix(":") }) { return true }
        return line.tokens.allSatisfy { token in
            if case .field(let fieldClass) = token.kind { return [.duration, .size, .age].contains(fieldClass) }
            return false
        }
    }
}

extension StringProtocol {
    /// Without blanks at either end.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace ?? false { text.removeFirst() }
        while text.last?.isWhitespace ?? false { text.removeLast() }
        return String(text)
    }
}

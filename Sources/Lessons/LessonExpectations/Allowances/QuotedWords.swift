/// Words that a sentence quotes: "it says `command not found`" quotes a part of the line that a shell prints.
struct QuotedWords: Allowance {
    /// A quote of fewer words may be anywhere by chance.
    private static let minWords = 2

    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        guard situation.context.isQuoted, pair.sample.count == 1, let quote = pair.sample.first,
            quote.text.split(separator: " ").count >= Self.minWords
        else { return nil }
        let wanted = quote.text.lowercased()
        for line in pair.output {
            guard let range = line.text.lowercased().firstRange(of: wanted), line.text.count > wanted.count else {
                continue
            }
            // An error on another line is told of by nothing.
            let others = pair.output.filter { $0.number != line.number && !$0.isBlank }
            guard !others.contains(where: { ErrorSigns.isError($0.bytes[...]) }), Self.isWhole(range, in: line) else {
                return nil
            }
            pair.output = [line.replacing(quote.text)]
            return "the page quotes a part of a line"
        }
        return nil
    }

    /// Whether the words are whole ones.
    private static func isWhole(_ range: Range<String.Index>, in line: TextLine) -> Bool {
        let text = line.text.lowercased()
        let before = text[..<range.lowerBound].last
        let after = text[range.upperBound...].first
        return [before, after].allSatisfy { $0.map { !$0.isLetter && !$0.isNumber } ?? true }
    }
}

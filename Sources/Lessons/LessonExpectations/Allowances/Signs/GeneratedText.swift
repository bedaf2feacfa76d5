import Lessons

/// Sentences that are made up anew in each run, where the page says so.
struct GeneratedText: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        guard situation.announcement.isGenerated, situation.wording == .similar else { return nil }
        let places = situation.places(pair)
        let found = Set(places.compactMap { $0 })
        let wanted = pair.sample.indices.filter { !found.contains($0) && !pair.sample[$0].isBlank }
        let got = pair.output.indices.filter { places[$0] == nil && !pair.output[$0].isBlank }
        guard !wanted.isEmpty, !got.isEmpty, wanted.allSatisfy({ Self.isProse(pair.sample[$0]) }) else { return nil }
        guard got.allSatisfy({ !ErrorSigns.isError(pair.output[$0].bytes[...]) && Self.isWords(pair.output[$0]) })
        else { return nil }
        // Prose has as many lines as it takes; of rows there are as many as the page shows.
        let areRows = wanted.contains { pair.sample[$0].text.contains(where: \.isNumber) }
        guard !areRows || wanted.count == got.count else { return nil }
        // What the page names is not made up.
        let named = wanted.flatMap { situation.fixed.words(in: pair.sample[$0].text) }
        let text = got.map { pair.output[$0].text.lowercased() }.joined(separator: "\n")
        guard named.allSatisfy({ text.contains($0.lowercased()) }) else { return nil }
        let gone = Set(got)
        pair.sample = pair.sample.enumerated().filter { !wanted.contains($0.offset) }.map(\.element)
        pair.output = pair.output.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
        return "the page says that the text is another each time"
    }

    /// Three words or more, most of them of letters alone.
    private static func isProse(_ line: TextLine) -> Bool { line.tokens.count >= 3 && isWords(line) }

    private static func isWords(_ line: TextLine) -> Bool {
        line.bytes.count { $0.isLetter || $0.isBlank } * 10 >= line.bytes.count * 7
    }
}

/// The picture that `ssh-keygen` draws of a key.
struct RandomArt: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let sample = Self.withoutArt(pair.sample)
        let output = Self.withoutArt(pair.output)
        guard sample.count < pair.sample.count, output.count < pair.output.count else { return nil }
        (pair.sample, pair.output) = (sample, output)
        return "the picture of a key is another for each key"
    }

    private static func withoutArt(_ lines: [TextLine]) -> [TextLine] {
        var isInside = false
        return lines.filter { line in
            let text = line.text
            let isFrame = text.hasPrefix("+-") && text.hasSuffix("-+") && text.contains("[")
            if isFrame { isInside.toggle() }
            return isFrame || !isInside || !text.hasPrefix("|")
        }
    }
}

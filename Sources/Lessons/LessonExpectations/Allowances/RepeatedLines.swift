internal import Lessons

/// A log that goes on, or a block that comes again and again: more or fewer of what the sample repeats.
struct RepeatedLines: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        guard situation.wording == .similar, Self.isAnnounced(situation) else { return nil }
        let before = (pair.sample.count, pair.output.count)
        let content = { (lines: [TextLine]) in lines.filter { !$0.isBlank } }
        pair.output = Self.firstBlock(of: content(pair.output), like: content(pair.sample), situation)
        pair.sample = Self.withoutRepetitions(content(pair.sample), situation)
        pair.output = Self.withoutRepetitions(pair.output, situation)
        return (pair.sample.count, pair.output.count) == before
            ? nil : "what the sample repeats came more or less often"
    }

    private static func isAnnounced(_ situation: Situation) -> Bool {
        if situation.program.goesOn { return true }
        let words = Set(situation.context.sentence.lowercased().split { !$0.isLetter }.map(String.init))
        return !words.isDisjoint(with: [
            "every", "repeat", "repeats", "repeated", "repeatedly", "log", "logs", "keeps", "continues", "continuously",
            "periodically", "again", "stream", "streams", "goes", "seconds", "second", "interval", "loop", "polling",
            "ticks",
        ])
    }

    /// The output's first block, when all of it is the sample's lines over and over; the last time they may be cut short.
    private static func firstBlock(of output: [TextLine], like sample: [TextLine], _ situation: Situation) -> [TextLine]
    {
        guard sample.count > 1, output.count > sample.count else { return output }
        let isRepeated = output.enumerated().allSatisfy { situation.fits(sample[$0 % sample.count], $1) }
        return isRepeated ? Array(output.prefix(sample.count)) : output
    }

    /// Each run of lines of one shape is its first line.
    private static func withoutRepetitions(_ lines: [TextLine], _ situation: Situation) -> [TextLine] {
        var result: [TextLine] = []
        for line in lines {
            if let last = result.last, hasTime(last), situation.fits(last, line) { continue }
            result.append(line)
        }
        return result
    }

    /// Holds a value that another moment prints otherwise.
    private static func hasTime(_ line: TextLine) -> Bool {
        line.tokens.contains { token in
            guard case .field(let fieldClass) = token.kind else { return false }
            return fieldClass == .timestamp || fieldClass == .duration || fieldClass == .integer
                || fieldClass == .decimal
        }
    }
}

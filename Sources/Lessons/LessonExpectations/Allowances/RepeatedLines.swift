import Lessons

/// A log that goes on, or a block that comes again and again: more or fewer of what the sample repeats.
struct RepeatedLines: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let isTransfer = situation.program.says("docker push") || situation.program.says("docker pull")
        guard situation.program.goesOn || isTransfer || situation.wording == .similar && Self.isAnnounced(situation)
        else {
            return nil
        }
        let before = (pair.sample.count, pair.output.count)
        let (sample, output) = (pair.sample.filter { !$0.isBlank }, pair.output.filter { !$0.isBlank })
        pair.output = Self.withoutRepetitions(Self.firstBlock(of: output, like: sample, situation), situation)
        pair.sample = Self.withoutRepetitions(sample, situation)
        pair.options.goesOn = situation.wording == .similar && !situation.structured.isEmpty
        guard (pair.sample.count, pair.output.count) != before || pair.options.goesOn else { return nil }
        return "what the sample repeats came more or less often"
    }

    private static func isAnnounced(_ situation: Situation) -> Bool {
        let words = Set(situation.context.sentence.lowercased().split { !$0.isLetter }.map(String.init))
        return !words.isDisjoint(with: [
            "every", "repeat", "repeats", "repeated", "repeatedly", "log", "logs", "keeps", "continues", "continuously",
            "periodically", "again", "stream", "streams", "seconds", "second", "interval", "loop", "polling", "ticks",
            "minute",
            "beats", "events", "messages", "until", "endlessly", "forever",
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
            // The same line twice is a line twice.
            if let last = result.last, last.bytes != line.bytes, hasVaryingValue(last), situation.fits(last, line) {
                continue
            }
            result.append(line)
        }
        return result
    }

    /// Holds a value that another moment prints otherwise.
    private static func hasVaryingValue(_ line: TextLine) -> Bool {
        line.tokens.contains { token in
            guard case .field(let fieldClass) = token.kind else { return false }
            return [.timestamp, .duration, .integer, .decimal, .hash, .size, .percentage].contains(fieldClass)
        }
    }
}

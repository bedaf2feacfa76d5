/// `redis-cli`'s replies, which it dresses up for a terminal and prints raw elsewhere.
struct RawReplies: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        guard situation.program.runs("redis-cli", "valkey-cli") else { return nil }
        let (sample, output) = (pair.sample.map(Self.raw), pair.output.map(Self.raw))
        guard
            zip(sample, pair.sample).contains(where: { $0.bytes != $1.bytes })
                || zip(output, pair.output).contains(where: { $0.bytes != $1.bytes })
        else { return nil }
        (pair.sample, pair.output) = (sample, output)
        return "redis-cli prints a reply raw where no terminal listens"
    }

    private static func raw(_ line: TextLine) -> TextLine {
        var text = line.text.trimmed[...]
        if text.hasPrefix("(integer) ") { text = text.dropFirst(10) }
        if let mark = text.firstIndex(of: ")"), text[..<mark].allSatisfy(\.isNumber), mark > text.startIndex {
            text = text[text.index(after: mark)...]
        }
        let plain = text.trimmed
        guard plain.count >= 2, plain.hasPrefix("\""), plain.hasSuffix("\"") else { return line.replacing(plain) }
        return line.replacing(String(plain.dropFirst().dropLast()))
    }
}

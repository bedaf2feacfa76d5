import Lessons

/// What is at the end of a line in one run or version and not in another: how long it took, a remark in brackets.
struct TrailingParts: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let places = situation.places(pair)
        let found = Set(places.compactMap { $0 })
        let open = pair.sample.indices.filter { !found.contains($0) && !pair.sample[$0].isBlank }
        var count = 0
        for index in pair.output.indices where places[index] == nil && !pair.output[index].isBlank {
            guard !situation.structured.contains(pair.output[index].number) else { continue }
            for place in open {
                let (wanted, got) = (pair.sample[place], pair.output[index])
                if let cut = Self.cuts(got, situation.wording).first(where: { situation.fits(wanted, $0) }) {
                    pair.output[index] = cut
                } else if let cut = Self.cuts(wanted, situation.wording).first(where: { situation.fits($0, got) }) {
                    pair.sample[place] = cut
                } else {
                    continue
                }
                count += 1
                break
            }
        }
        return count == 0
            ? nil
            : "\(count == 1 ? "a line ends" : "\(count) lines end") with a duration or a remark that does not always come"
    }

    /// The line without a duration at its end, and without a remark in brackets.
    private static func cuts(_ line: TextLine, _ wording: Wording) -> [TextLine] {
        guard line.tokens.count > 1, let last = line.tokens.last else { return [] }
        var cuts: [TextLine] = []
        let open = line.tokens.lastIndex { token in
            if case .mark = token.kind { "([".utf8.contains(line.bytes[token.range.lowerBound]) } else { false }
        }
        let isClosed =
            if case .mark = last.kind { ")]".utf8.contains(line.bytes[last.range.lowerBound]) } else { false }
        if isClosed, let open, open > 0 {
            let inner = line.tokens[(open + 1)..<(line.tokens.count - 1)]
            let isRemark = wording == .similar && isHarmless(line, inner)
            if isRemark || inner.count == 1 && isDuration(inner.first) {
                cuts.append(line.replacing(Bytes(line.bytes[..<line.tokens[open].range.lowerBound])))
            }
        }
        if isDuration(last) {
            var end = line.tokens.count - 1
            // `in 0.5 s`, `, estimated 2 s`, `: took 3 ms`
            while end > 1, isLink(line, line.tokens[end - 1]) { end -= 1 }
            cuts.append(line.replacing(Bytes(line.bytes[..<line.tokens[end].range.lowerBound])))
        }
        return cuts.filter { !$0.isBlank }
    }

    private static func isDuration(_ token: Token?) -> Bool {
        switch token?.kind {
        case .field(.duration), .field(.age): true
        default: false
        }
    }

    private static func isLink(_ line: TextLine, _ token: Token) -> Bool {
        ["in", "after", "took", "estimated", "finished", ",", ";"].contains(line.word(token))
    }

    /// Nothing in the brackets counts anything, or says that something isn't as it should be.
    private static func isHarmless(_ line: TextLine, _ inner: ArraySlice<Token>) -> Bool {
        guard let first = inner.first, let last = inner.last else { return false }
        let hasCount = inner.contains { token in
            switch token.kind {
            case .field(.integer), .field(.decimal), .field(.percentage), .literal: true
            default: false
            }
        }
        let text = Bytes(line.bytes[first.range.lowerBound..<last.range.upperBound])
        return !hasCount && !Alarm.isRaised(by: line.replacing(text))
    }
}

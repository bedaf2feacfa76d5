/// Lines of the sample that end before the output's do: cut at the width of the author's window, or where a long sample ends.
struct CutOffLines: Allowance {
    /// Shorter lines are cut by nobody.
    private static let minLength = 12
    /// A window is no narrower.
    private static let minWidth = 60

    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let content = pair.sample.indices.filter { !pair.sample[$0].isBlank }
        guard let last = content.last else { return nil }
        let width = pair.sample.map { $0.text.count }.max() ?? 0
        var count = 0
        var end: Int?
        for index in content {
            let line = pair.sample[index]
            guard line.bytes.count >= Self.minLength, !pair.output.contains(where: { situation.fits(line, $0) }) else {
                continue
            }
            let isAtWidth = line.text.count == width && width >= Self.minWidth
            guard index == last || isAtWidth else { continue }
            for (place, other) in pair.output.enumerated() {
                guard let cut = Self.cut(other, like: line, mustBreakWord: !isAtWidth, situation) else { continue }
                pair.output[place] = cut
                count += 1
                if index == last, !isAtWidth { end = place }
                break
            }
        }
        guard count > 0 else { return nil }
        // What comes behind a sample that breaks off isn't shown either.
        if let end {
            let rest = pair.output[(end + 1)...]
            if !rest.contains(where: Alarm.isRaised) { pair.output.removeSubrange((end + 1)...) }
        }
        return "the sample breaks off inside \(count == 1 ? "a line" : "\(count) lines")"
    }

    /// The output's line as far as the sample's goes.
    private static func cut(_ other: TextLine, like line: TextLine, mustBreakWord: Bool, _ situation: Situation)
        -> TextLine?
    {
        guard other.tokens.count >= line.tokens.count, let last = line.tokens.last else { return nil }
        let before = line.replacing(Bytes(line.bytes[..<last.range.lowerBound]))
        let place = line.tokens.count - 1
        guard place < other.tokens.count else { return nil }
        let start = other.tokens[place].range.lowerBound
        guard situation.fits(before, other.replacing(Bytes(other.bytes[..<start]))) else { return nil }
        let piece = line.bytes[last.range]
        let rest = other.bytes[start...]
        guard rest.starts(with: piece), rest.count > piece.count else { return nil }
        let isInside = other.bytes[start + piece.count].isWordByte && (piece.last?.isWordByte ?? false)
        guard isInside || !mustBreakWord else { return nil }
        return other.replacing(Bytes(other.bytes[..<(start + piece.count)]))
    }
}

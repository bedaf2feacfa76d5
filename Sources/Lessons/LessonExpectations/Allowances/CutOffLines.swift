/// Lines of the sample that end before the output's do: cut at the width of the author's window, or where a long sample ends.
struct CutOffLines: Allowance {
    /// Shorter lines are cut by nobody.
    private static let minLength = 8
    /// The widths of windows.
    private static let widths: Set<Int> = [79, 80, 99, 100, 119, 120, 131, 132]

    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let content = pair.sample.indices.filter { !pair.sample[$0].isBlank }
        guard let last = content.last else { return nil }
        let width = pair.sample.map { $0.text.count }.max() ?? 0
        let isCutAtWidth =
            Self.widths.contains(width) || width >= 60 && pair.sample.count { $0.text.count == width } > 1
        var count = 0
        for index in content {
            let line = pair.sample[index]
            let isAtWidth = isCutAtWidth && line.text.count == width
            guard line.bytes.count >= Self.minLength, index == last || isAtWidth,
                !pair.output.contains(where: { situation.fits(line, $0) })
            else { continue }
            for (place, other) in pair.output.enumerated() {
                guard let cut = Self.cut(other, like: line, mustBreakWord: !isAtWidth, situation) else { continue }
                pair.output[place] = cut
                count += 1
                break
            }
        }
        let isOpen = count > 0 || Self.isOpen(pair.sample)
        guard isOpen else { return nil }
        let dropped = Self.dropRest(&pair, situation)
        guard count > 0 || dropped else { return nil }
        return "the sample breaks off before the output ends"
    }

    /// The output's line as far as the sample's goes.
    private static func cut(
        _ other: TextLine, like line: TextLine, mustBreakWord: Bool, _ situation: Situation
    ) -> TextLine? {
        guard other.tokens.count >= line.tokens.count, let last = line.tokens.last else { return nil }
        let before = line.replacing(Bytes(line.bytes[..<last.range.lowerBound]))
        let start = other.tokens[line.tokens.count - 1].range.lowerBound
        guard situation.fits(before, other.replacing(Bytes(other.bytes[..<start]))) else { return nil }
        let piece = line.bytes[last.range]
        let rest = other.bytes[start...]
        guard rest.starts(with: piece), rest.count > piece.count else { return nil }
        let isInside = other.bytes[start + piece.count].isWordByte && (piece.last?.isWordByte ?? false)
        guard isInside || !mustBreakWord else { return nil }
        return other.replacing(Bytes(other.bytes[..<(start + piece.count)]))
    }

    /// Whether the sample ends inside a value or a box that it opened.
    private static func isOpen(_ sample: [TextLine]) -> Bool {
        var depth = 0
        for byte in sample.flatMap(\.bytes) {
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { depth += 1 }
            if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") { depth -= 1 }
        }
        if depth > 0 { return true }
        let frames = sample.filter { ["+-", "┌", "├", "└", "╭", "╰"].contains(where: $0.text.hasPrefix) }
        return frames.count == 2
            && sample.last(where: { !$0.isBlank }).map { !["+-", "└", "╰"].contains(where: $0.text.hasPrefix) } ?? false
    }

    /// Drops what comes behind the last of the sample's lines, when they are in the output from its start.
    private static func dropRest(_ pair: inout Pair, _ situation: Situation) -> Bool {
        let wanted = pair.sample.filter { !$0.isBlank }
        let got = pair.output.indices.filter { !pair.output[$0].isBlank }
        guard got.count > wanted.count else { return false }
        let start = (0...(got.count - wanted.count)).first { offset in
            wanted.indices.allSatisfy { situation.fits(wanted[$0], pair.output[got[offset + $0]]) }
        }
        guard let start else { return false }
        let end = got[start + wanted.count - 1]
        guard !pair.output[(end + 1)...].contains(where: { ErrorSigns.isError($0.bytes[...]) }) else { return false }
        pair.output.removeSubrange((end + 1)...)
        // Both end in the same place now, and are compared line by line.
        pair.options.isPlain = true
        return true
    }
}

import Lessons

/// Lines of the output that the page doesn't show, before, between or behind those that it shows.
///
/// The sample is then a block of whole lines inside the output. A line is never overlooked that looks like one more of the
/// sample's rows, or as if something had gone wrong.
struct AddedLines: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let places = situation.places(pair)
        let rows = RowLikeness(pair.sample)
        let isHTTP = (pair.sample + pair.output).contains { $0.text.hasPrefix("HTTP/") }
        let chatter = Chatter(program: situation.program, isHTTP: isHTTP)
        let content = pair.sample.filter { !$0.isBlank }
        // A word or a number alone is found by chance.
        let isTelling = content.count > 1 || content.reduce(0) { $0 + $1.tokens.count } >= 3
        let last = places.lastIndex { $0 != nil } ?? -1
        var dropped = [Int]()
        for (index, line) in pair.output.enumerated() {
            guard !line.isBlank, places[index] == nil else { continue }
            if situation.structured.contains(line.number), !chatter.isRemark(line) { continue }
            let isBehind = index > last || situation.wording == .similar
            let goesOn = isBehind && last >= 0 && situation.program.goesOn && Self.isLogLine(line)
            if isHarmless(line, chatter: chatter, rows: rows, isTelling: isTelling, goesOn: goesOn) {
                dropped.append(index)
            }
        }
        guard !dropped.isEmpty, dropped.count < places.count else { return nil }
        let first = places.firstIndex { $0 != nil } ?? places.count
        let note = Self.note(
            before: dropped.count { $0 < first }, among: dropped.count { $0 > first && $0 < last },
            after: dropped.count { $0 > last })
        let gone = Set(dropped)
        pair.output = pair.output.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
        return note
    }

    private func isHarmless(_ line: TextLine, chatter: Chatter, rows: RowLikeness, isTelling: Bool, goesOn: Bool)
        -> Bool
    {
        if Chatter.isRequest(line.text) { return !ErrorSigns.isError(line.bytes[...]) }
        let isChatter = chatter.isChatter(line)
        if isChatter ? ErrorSigns.isError(line.bytes[...]) : Alarm.isRaised(by: line) { return false }
        if isChatter || goesOn { return true }
        return isTelling && !rows.isRow(line) && !Self.isPlainWords(line)
    }

    /// Lower-case words and nothing else are data, as far as anyone can tell.
    private static func isPlainWords(_ line: TextLine) -> Bool {
        line.bytes.allSatisfy {
            $0.isLower || $0.isBlank || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "/")
                || $0 == UInt8(ascii: ".") || $0.isDigit
        }
    }

    /// Begins with a time or a level.
    private static func isLogLine(_ line: TextLine) -> Bool {
        line.tokens.prefix(3).contains { token in
            switch token.kind {
            case .field(.timestamp): true
            case .field(.word): ["INFO", "DEBUG", "TRACE", "info", "debug"].contains(line.word(token))
            default: false
            }
        }
    }

    private static func note(before: Int, among: Int, after: Int) -> String {
        func lines(_ count: Int) -> String { count == 1 ? "1 line" : "\(count) lines" }
        let parts = [(before, "before"), (among, "among"), (after, "after")].filter { $0.0 > 0 }
            .map { "\(lines($0.0)) \($0.1) the sample's" }
        let total = before + among + after
        return parts.joined(separator: ", ") + (total == 1 ? " is" : " are") + " not shown on the page"
    }
}

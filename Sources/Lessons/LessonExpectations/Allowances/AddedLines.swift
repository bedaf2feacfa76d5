import Lessons

/// Lines of the output that the page doesn't show, before, between or behind those that it shows.
///
/// The sample is then a block of whole lines inside the output. A line is never overlooked that looks like one more of the
/// sample's rows, or as if something had gone wrong.
struct AddedLines: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let places = Self.places(pair, situation)
        let rows = RowLikeness(pair.sample)
        let isHTTP = (pair.sample + pair.output).contains { $0.text.hasPrefix("HTTP/") }
        let chatter = Chatter(program: situation.program, isHTTP: isHTTP)
        let content = pair.sample.filter { !$0.isBlank }
        // A word or a number alone is found by chance.
        let isTelling = content.count > 1 || content.reduce(0) { $0 + $1.tokens.count } >= 3
        let last = places.lastIndex { $0 != nil } ?? -1
        let isServing = situation.program.serves && content.count > 1
        var dropped = [Int]()
        for (index, line) in pair.output.enumerated() {
            guard !line.isBlank, places[index] == nil else { continue }
            if situation.structured.contains(line.number), !chatter.isRemark(line) { continue }
            if Self.goesOnWithWarning(index, pair.output, dropped) {
                dropped.append(index)
                continue
            }
            let isBehind = index > last || situation.wording == .similar
            let goesOn =
                last >= 0
                && (isBehind && situation.program.goesOn && Self.isLogLine(line)
                    || index > last && isServing && !pair.sample.contains { situation.fits($0, line) })
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

    /// The places of the output's lines in the sample. A remark of which another comes than the one that the sample shows
    /// has none; the same one twice is one too many.
    private static func places(_ pair: Pair, _ situation: Situation) -> [Int?] {
        var places = situation.places(pair)
        let chatter = Chatter(program: situation.program)
        let remarks = places.indices.filter { places[$0] != nil && chatter.isRemark(pair.output[$0]) }
        for place in Set(remarks.compactMap { places[$0] }) {
            let those = remarks.filter { places[$0] == place }
            guard Set(those.map { pair.output[$0].bytes }).count == those.count,
                !those.contains(where: { Chatter.isRequest(pair.output[$0].text) })
            else { continue }
            let shown = pair.sample.count { !$0.isBlank && situation.fits($0, pair.output[those[0]]) }
            for index in those.prefix(max(0, those.count - shown)) { places[index] = nil }
        }
        return places
    }

    /// The line of a program that is shown below a warning about it.
    private static func goesOnWithWarning(_ index: Int, _ output: [TextLine], _ dropped: [Int]) -> Bool {
        guard index > 0, dropped.last == index - 1, output[index].indent > output[index - 1].indent else {
            return false
        }
        return output[index - 1].text.contains("Warning: ") && !ErrorSigns.isError(output[index].bytes[...])
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

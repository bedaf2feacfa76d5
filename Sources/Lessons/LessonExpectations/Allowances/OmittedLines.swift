/// Lines of the sample that the output lacks and that say nothing of what came of the command: a warning, progress, marks
/// below a place in a program.
struct OmittedLines: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let chatter = Chatter(program: situation.program)
        let hasTable = !situation.structured.isEmpty
        let kept = pair.sample.filter { line in
            if line.isBlank || situation.isElision(line) || Alarm.isRaised(by: line) { return true }
            if Self.isPassing(line) || chatter.isTrace(line) { return false }
            if hasTable, Chatter.isRowCount(line.text), !Self.came(line, in: pair.output, situation) { return false }
            return !chatter.isRemark(line) || Self.isRow(line, of: pair.sample)
                || Self.came(line, in: pair.output, situation)
        }
        let count = pair.sample.count - kept.count
        guard count > 0, kept.contains(where: { !$0.isBlank }) else { return nil }
        pair.sample = kept
        pair.output.removeAll { (Self.isPassing($0) || chatter.isTrace($0)) && !Alarm.isRaised(by: $0) }
        return
            "\(count == 1 ? "1 line" : "\(count) lines") of the sample, a warning, progress or a count, did not come this time"
    }

    /// `Waiting for 2 pods to be ready...`, `db: Creating...`: what is under way, for as long as it takes.
    private static func isPassing(_ line: TextLine) -> Bool {
        let text = line.text.trimmed
        guard text.hasSuffix("...") || text.hasSuffix("…") else { return false }
        let words = text.split { !$0.isLetter }
        return [words.first, words.last].contains { $0.map { $0.count > 4 && $0.hasSuffix("ing") } ?? false }
    }

    /// A warning among warnings is what the page is about.
    private static func isRow(_ line: TextLine, of sample: [TextLine]) -> Bool {
        RowLikeness(sample.filter { $0.number != line.number }).isRow(line)
    }

    /// Whether the line came, be it in other words.
    private static func came(_ line: TextLine, in output: [TextLine], _ situation: Situation) -> Bool {
        guard let first = line.tokens.first.map(line.word) else { return false }
        return output.contains { other in
            situation.fits(line, other) || first.first?.isLetter ?? false && other.tokens.first.map(other.word) == first
        }
    }
}

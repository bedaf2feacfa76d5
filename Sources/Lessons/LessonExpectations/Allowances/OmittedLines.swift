/// Lines of the sample that the output lacks and that say nothing of what came of the command: a warning, progress, marks
/// below a place in a program.
struct OmittedLines: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        let chatter = Chatter(program: situation.program)
        let kept = pair.sample.filter { line in
            line.isBlank || situation.isElision(line) || !chatter.isRemark(line) || Alarm.isRaised(by: line)
                || Self.isRow(line, of: pair.sample) || Self.came(line, in: pair.output, situation)
        }
        let count = pair.sample.count - kept.count
        guard count > 0, kept.contains(where: { !$0.isBlank }) else { return nil }
        pair.sample = kept
        return
            "\(count == 1 ? "1 line" : "\(count) lines") of the sample, a warning or progress, did not come this time"
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

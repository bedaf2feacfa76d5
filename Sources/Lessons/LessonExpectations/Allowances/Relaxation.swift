import Lessons

/// Asks the rules, one after the other, until the output is what the sample documents or no rule is left.
struct Relaxation {
    /// Longer texts are compared strictly alone: rules look at each line of one side for each of the other.
    private static let maxLines = 3_000
    private static let maxPairs = 600_000
    private static let maxBytes = 400_000

    private let strict: StrictComparison
    private let context: SampleContext
    private let announcement: SampleAnnouncement
    private let options: ComparisonOptions

    init(
        _ strict: StrictComparison, context: SampleContext, announcement: SampleAnnouncement, options: ComparisonOptions
    ) {
        self.strict = strict
        self.context = context
        self.announcement = announcement
        self.options = options
    }

    /// What still differs, and what was overlooked.
    ///
    /// - Parameter differences: What differs strictly.
    func compare(
        _ sample: StrictComparison.Reading, _ output: SourceText, _ differences: [Difference]
    ) -> (differences: [Difference], notes: [String]) {
        guard max(sample.source.lineCount, output.lineCount) <= Self.maxLines,
            sample.source.lineCount * output.lineCount <= Self.maxPairs,
            sample.source.bytes.count + output.bytes.count <= Self.maxBytes
        else { return (differences, []) }
        // No rule passes over an error that the page doesn't show.
        if Self.hasError(output), !Self.hasError(sample.source) { return (differences, []) }
        let situation = situation(sample, output)
        var start = Pair(sample.source, output)
        start.options = options
        var pair = start
        var applied: [Int] = []
        var best = differences
        for (index, entry) in Allowances.all.enumerated() {
            guard entry.rule.apply(to: &pair, in: situation) != nil else { continue }
            applied.append(index)
            let left = self.differences(pair)
            if left.isEmpty { return ([], notes(applied, start, situation)) }
            if Self.isBetter(left, than: best) { best = left }
        }
        return (best, [])
    }

    private static func hasError(_ text: SourceText) -> Bool {
        (0..<text.lineCount).contains { ErrorSigns.isError(text.bytes[text.line($0)]) }
    }

    private func situation(_ sample: StrictComparison.Reading, _ output: SourceText) -> Situation {
        Situation(
            context: context, announcement: announcement, wording: strict.wording, fixed: strict.fixed,
            program: CommandLine(context.command), structured: strict.structuredLines(sample, output))
    }

    /// Fewer differences, or the same that more output can fix.
    private static func isBetter(_ left: [Difference], than best: [Difference]) -> Bool {
        let (isOpen, wasOpen) = (left.allSatisfy(\.mayStillMatch), best.allSatisfy(\.mayStillMatch))
        return isOpen == wasOpen ? left.count < best.count : isOpen
    }

    /// The notes of the rules without which the output wouldn't pass.
    private func notes(_ applied: [Int], _ start: Pair, _ situation: Situation) -> [String] {
        func attempt(_ rules: [Int]) -> (matches: Bool, notes: [String]) {
            var pair = start
            let notes = rules.compactMap { Allowances.all[$0].rule.apply(to: &pair, in: situation) }
            return (differences(pair).isEmpty, notes)
        }
        var needed = applied
        for rule in applied.reversed() {
            let fewer = needed.filter { $0 != rule }
            if attempt(fewer).matches { needed = fewer }
        }
        return attempt(needed).notes
    }

    /// Strictly, with the numbers that the lines have in their texts.
    private func differences(_ pair: Pair) -> [Difference] {
        let sample = StrictComparison.Reading(Self.joined(pair.sample), isPlain: pair.options.isPlain)
        let output = Self.joined(pair.output)
        return strict.differences(sample, output, options: pair.options).map { difference in
            var difference = difference
            difference.documentedLine = difference.documentedLine.map { Self.number(of: $0, in: pair.sample) }
            difference.actualLine = difference.actualLine.map { Self.number(of: $0, in: pair.output) }
            return difference
        }
    }

    private static func joined(_ lines: [TextLine]) -> SourceText {
        var bytes = Bytes()
        for line in lines { bytes += line.bytes + [0x0A] }
        return SourceText(bytes)
    }

    private static func number(of line: Int, in lines: [TextLine]) -> Int {
        lines.indices.contains(line - 1) ? lines[line - 1].number + 1 : line
    }
}

import Lessons

/// Compares texts by their structure and by what varies in any case; nothing is overlooked.
struct StrictComparison: Sendable {
    var wording: Wording
    let directives: SampleDirectives
    let scope: SampleScope
    let fixed: FixedValues

    /// A sample cut into blocks, and the structures that outputs are searched for.
    struct Reading: Sendable {
        let source: SourceText
        let blocks: [Block]
        let structures: Structures

        /// - Parameter isPlain: Structures are not looked for.
        init(_ source: SourceText, isPlain: Bool = false) {
            self.source = source
            let read = isPlain ? BlockReader.plain(source, readsPatterns: true) : BlockReader.sample(source)
            blocks = Prompts.removed(from: read.blocks, source)
            structures = read.structures
        }
    }

    /// What differs; empty when the output is as documented.
    func differences(_ sample: Reading, _ output: SourceText, options: ComparisonOptions) -> [Difference] {
        let read: (blocks: [Block], unfinishedLine: Int?) =
            options.isPlain
            ? (BlockReader.plain(output, readsPatterns: false).blocks, nil)
            : BlockReader.output(output, sample.structures)
        let actual = withoutNotices(Prompts.removed(from: read.blocks, output), output, sample)
        if actual.isEmpty { return sample.blocks.isEmpty || directives.isOptional ? [] : [nothing(sample)] }
        let found = differences(sample, actual, output, options)
        guard let unfinished = read.unfinishedLine, !found.isEmpty else { return found }
        // Without its last value, which isn't all there, the output shows what is wrong with the rest.
        let end = Difference(
            sentence: "the output ends inside a value", actual: output.string(output.line(unfinished)),
            actualLine: unfinished + 1, mayStillMatch: true)
        return differences(sample, actual.filter { $0.lines.lowerBound < unfinished }, output, options) + [end]
    }

    /// The lines of the output that lie in values or rows, where the sample has such, too.
    func structuredLines(_ sample: Reading, _ output: SourceText) -> Set<Int> {
        func kind(_ block: Block) -> Documents.Kind? {
            guard case .documents(let documents) = block, documents.kind != .fields else { return nil }
            return documents.kind
        }
        let kinds = sample.blocks.compactMap(kind)
        guard !kinds.isEmpty else { return [] }
        let blocks = BlockReader.output(output, sample.structures).blocks
        return Set(blocks.filter { block in kind(block).map(kinds.contains) ?? false }.flatMap(\.lines))
    }

    private func differences(
        _ sample: Reading, _ actual: [Block], _ output: SourceText, _ options: ComparisonOptions
    ) -> [Difference] {
        var comparison = self
        if options.figuresVary { comparison.wording = .similar }
        var aligner = Aligner(
            comparison, sample: sample.source, documented: sample.blocks, output: output, actual: actual,
            options: options)
        aligner.run()
        return aligner.differences
    }

    /// npm tells of its own news now and then; a sample that shows some is compared with it.
    private func withoutNotices(_ blocks: [Block], _ output: SourceText, _ sample: Reading) -> [Block] {
        func isNotice(_ block: Block, _ source: SourceText) -> Bool {
            guard case .line(let line) = block else { return false }
            return source.bytes.has("npm notice", at: line.range.lowerBound)
                || source.bytes.has("npm warn", at: line.range.lowerBound, ignoringCase: true)
        }
        if sample.blocks.contains(where: { isNotice($0, sample.source) }) { return blocks }
        return blocks.filter { !isNotice($0, output) }
    }

    private func nothing(_ sample: Reading) -> Difference {
        let count = sample.source.lineCount
        return Difference(
            sentence: "no output; the sample shows \(count == 1 ? "a line" : "\(count) lines")", mayStillMatch: true)
    }
}

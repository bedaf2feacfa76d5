public import Lessons

/// How much of an output a sample shows.
public enum SampleScope: String, Codable, Sendable {
    /// The sample is the whole output, as of a command that has finished.
    case whole
    /// The sample is found in an output that goes on, as of a server: in order, with other lines anywhere.
    ///
    /// Lines that report an error are not passed over.
    case stream
}

/// A sample on a page, read once: what any honest run of its command prints.
///
/// Reading infers the structure and the class of every value; comparing takes time linear in both texts.
public struct Sample: Sendable {
    /// The wording that counts: an author's directive goes before the sentence on the page.
    public let wording: Wording
    public let directives: SampleDirectives
    /// What was typed, and what the page says of the output.
    public let context: SampleContext
    let source: SourceText
    let blocks: [Block]
    private let structures: Structures

    public init(
        documented: String, wording: Wording, directives: SampleDirectives = .init(), context: SampleContext = .init()
    ) {
        self.wording = directives.wording ?? wording
        self.directives = directives
        self.context = context
        source = SourceText(Normalizer.normalized(documented))
        let read = BlockReader.sample(source)
        blocks = Self.withoutPrompts(read.blocks, source)
        structures = read.structures
    }

    /// Compares an output with the sample.
    ///
    /// Escape sequences, overwritten progress, trailing blanks, blank lines and prompts never matter.
    public func compare(with actual: String, scope: SampleScope = .whole) -> Comparison {
        let output = SourceText(Normalizer.normalized(actual))
        func comparison(_ differences: [Difference]) -> Comparison {
            Comparison(differences: differences, documented: source, actual: output)
        }
        switch directives.comparison {
        case .ignore: return comparison([])
        case .regex: return comparison(LinePatterns.differences(source, output, isOptional: directives.isOptional))
        case .inferred, .contains: break
        }
        let read = BlockReader.output(output, structures)
        let actualBlocks = withoutNotices(Self.withoutPrompts(read.blocks, output), output)
        if actualBlocks.isEmpty { return comparison(blocks.isEmpty || directives.isOptional ? [] : [nothing]) }
        let found = differences(actualBlocks, output, scope)
        guard let unfinished = read.unfinishedLine, !found.isEmpty else { return comparison(found) }
        // Without its last value, which isn't all there, the output shows what is wrong with the rest.
        let end = Difference(
            sentence: "the output ends inside a value", actual: output.string(output.line(unfinished)),
            actualLine: unfinished + 1, mayBeMended: true)
        return comparison(differences(actualBlocks.filter { $0.lines.lowerBound < unfinished }, output, scope) + [end])
    }

    private func differences(_ actual: [Block], _ output: SourceText, _ scope: SampleScope) -> [Difference] {
        var aligner = Aligner(self, documented: blocks, actual: actual, of: output, scope: scope)
        aligner.run()
        return aligner.differences
    }

    /// npm tells of its own news now and then; a sample that shows some is compared with it.
    private func withoutNotices(_ blocks: [Block], _ output: SourceText) -> [Block] {
        func isNotice(_ block: Block, _ source: SourceText) -> Bool {
            guard case .line(let line) = block else { return false }
            return source.bytes.has("npm notice", at: line.range.lowerBound)
                || source.bytes.has("npm warn", at: line.range.lowerBound, ignoringCase: true)
        }
        if self.blocks.contains(where: { isNotice($0, source) }) { return blocks }
        return blocks.filter { !isNotice($0, output) }
    }

    private var nothing: Difference {
        let lines = source.lineCount == 1 ? "a line" : "\(source.lineCount) lines"
        return Difference(sentence: "no output; the sample shows \(lines)", mayBeMended: true)
    }

    /// Prompts and the commands behind them are how one gets an output, unless there is nothing else.
    private static func withoutPrompts(_ blocks: [Block], _ source: SourceText) -> [Block] {
        let rest = blocks.filter {
            if case .line(let line) = $0 { !Prompts.isPrompt(source.bytes[line.range]) } else { true }
        }
        return rest.isEmpty ? blocks : rest
    }
}

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
    let source: SourceText
    let blocks: [Block]

    public init(documented: String, wording: Wording, directives: SampleDirectives = .init()) {
        self.wording = directives.wording ?? wording
        self.directives = directives
        source = SourceText(Normalizer.normalized(documented))
        blocks = BlockReader(source: source, readsElisions: true).blocks()
    }

    /// Compares an output with the sample.
    ///
    /// Escape sequences, overwritten progress, trailing blanks, blank lines and a prompt around the output never matter.
    public func compare(with actual: String, scope: SampleScope = .whole) -> Comparison {
        let output = SourceText(Normalizer.normalized(actual))
        if directives.comparison == .ignore { return Comparison(differences: [], documented: source, actual: output) }
        let actualBlocks = BlockReader(source: output, readsElisions: false).blocks()
        if actualBlocks.isEmpty {
            if blocks.isEmpty || directives.isOptional { return Comparison(differences: [], documented: source, actual: output) }
            let nothing = Difference(sentence: "no output; the sample shows \(source.lineCount) line\(source.lineCount == 1 ? "" : "s")", mayBeMended: true)
            return Comparison(differences: [nothing], documented: source, actual: output)
        }
        var aligner = Aligner(
            documented: blocks, actual: actualBlocks, sources: (source, output), wording: wording, scope: scope,
            directives: directives)
        aligner.run()
        return Comparison(differences: aligner.differences, documented: source, actual: output)
    }
}

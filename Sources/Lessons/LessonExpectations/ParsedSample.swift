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
public struct ParsedSample: Sendable {
    /// The wording that counts: an author's directive goes before the sentence on the page.
    public let wording: Wording
    /// What the author's comment asks for; ``wording`` already takes it into account.
    public let directives: SampleDirectives
    /// What was typed, and what the page says of the output.
    public let context: SampleContext
    let reading: StrictComparison.Reading
    private let fixed: FixedValues
    private let announcement: SampleAnnouncement

    var source: SourceText { reading.source }
    var blocks: [Block] { reading.blocks }

    /// Infers structure and classes at once. Any text will do: what has no structure is read as lines.
    ///
    /// - Parameter wording: What the page's sentence says; a wording in `directives` goes before it.
    public init(
        documented: String, wording: Wording, directives: SampleDirectives = .init(), context: SampleContext = .init()
    ) {
        self.wording = directives.wording ?? wording
        self.directives = directives
        self.context = context
        announcement = context.announcement
        fixed = FixedValues(context, announcement)
        reading = StrictComparison.Reading(SourceText(Normalizer.normalized(documented)))
    }

    /// Compares an output with the sample.
    ///
    /// Escape sequences, overwritten progress, trailing blanks, blank lines and prompts never matter. Where the output
    /// differs, the rules of <doc:WhatMayVary> are asked one by one; those that it took are among the comparison's notes.
    public func compare(with actual: String, scope: SampleScope = .whole) -> Comparison {
        let output = SourceText(Normalizer.normalized(actual))
        func comparison(_ differences: [Difference], notes: [String] = []) -> Comparison {
            Comparison(differences: differences, notes: notes, documented: source, actual: output)
        }
        switch directives.comparison {
        case .ignore: return comparison([])
        case .regex: return comparison(ExpressionLines.differences(source, output, isOptional: directives.isOptional))
        case .inferred, .contains: break
        }
        let strict = StrictComparison(wording: wording, directives: directives, scope: scope, fixed: fixed)
        let options = ComparisonOptions(isUnordered: directives.isUnordered)
        let differences = strict.differences(reading, output, options: options)
        if differences.isEmpty || reading.blocks.isEmpty || output.lineCount == 0 { return comparison(differences) }
        let relaxed = Relaxation(strict, context: context, announcement: announcement, options: options).compare(
            reading, output, differences)
        return comparison(relaxed.differences, notes: relaxed.notes)
    }
}

public import Lessons

/// Compares an output with a sample by what several runs showed of it: what varied is free inside what was seen, what never
/// varied is held fast.
public struct ObservedComparison: Sendable {
    /// What the observation says of an output.
    public enum Result: Hashable, Sendable {
        /// Every line is as it was, but for what varied; a sentence where something did.
        case matches(note: String?)
        /// A line that never varied is another one: a sentence.
        case differs(String)
        /// It has another number of lines, or the same in another order: nothing is known.
        case unknown
    }

    private let runs: Int
    private let documented: [String]
    private let shapes: [LineShape]

    /// - Returns: `nil` when the observation is not one of this text.
    public init?(_ observed: ObservedShapes, of sample: String) {
        documented = Self.lines(of: sample)
        shapes = observed.lines.compactMap { LineShape($0) }
        runs = observed.runs
        guard shapes.count == documented.count, shapes.count == observed.lines.count, !shapes.isEmpty else {
            return nil
        }
    }

    /// What runs of a lesson show of one of its samples.
    ///
    /// - Parameters:
    ///   - sample: The text on the page.
    ///   - outputs: What was printed, one a run.
    /// - Returns: The sample's lines with their variations; `nil` when the outputs have another number of lines than the
    ///   sample, or when it isn't what is printed: then nothing can be learned.
    public static func shapes(of sample: String, printed outputs: [String]) -> ObservedShapes? {
        let documented = lines(of: sample)
        let printed = outputs.map(lines)
        guard outputs.count > 1, !documented.isEmpty, printed.allSatisfy({ $0.count == documented.count }) else {
            return nil
        }
        let shapes = documented.indices.map { line in
            LineShape(of: documented[line], printed: printed.map { $0[line] })
        }
        let observed = ObservedShapes(runs: outputs.count, lines: shapes.map(\.description))
        guard let comparison = ObservedComparison(observed, of: sample),
            outputs.allSatisfy({ if case .matches = comparison.compare(with: $0) { true } else { false } })
        else { return nil }
        return observed
    }

    /// How many of the sample's lines varied.
    public var variedLines: Int { shapes.count(where: \.varies) }

    /// - Parameter output: All that was printed; blank lines around it and blanks at the ends of lines don't count.
    public func compare(with output: String) -> Result {
        let lines = Self.lines(of: output)
        guard lines.count == documented.count else { return .unknown }
        let fits = lines.indices.map { shapes[$0].fits(lines[$0], documented: documented[$0]) }
        guard let wrong = fits.firstIndex(of: false) else {
            let varied = lines.indices.filter { shapes[$0].varies && lines[$0] != documented[$0] }.map { "\($0 + 1)" }
            guard !varied.isEmpty else { return .matches(note: nil) }
            let subject =
                varied.count == 1 ? "line \(varied[0]) differs" : "lines \(varied.joined(separator: ", ")) differ"
            return .matches(note: "\(subject) only in what varied in \(runs) observed runs")
        }
        // The same lines in another order are none of this comparison's business.
        let isMoved = lines.contains { shapes[wrong].fits($0, documented: documented[wrong]) }
        if isMoved { return .unknown }
        return .differs(
            "line \(wrong + 1): expected \"\(documented[wrong].shortened)\", which fits all \(runs) observed runs, "
                + "got \"\(lines[wrong].shortened)\"")
    }

    /// The lines without blanks at their ends and without blank lines around them.
    private static func lines(of text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.prefix(line.count - line.reversed().prefix(while: \.isWhitespace).count))
        }
        guard let first = lines.firstIndex(where: { !$0.isEmpty }), let last = lines.lastIndex(where: { !$0.isEmpty })
        else { return [] }
        return Array(lines[first...last])
    }
}

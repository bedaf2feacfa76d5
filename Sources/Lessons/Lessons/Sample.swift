public import Diagnostics

/// How freely a sample's values may vary, by the words before it.
public enum Wording: String, Codable, Sendable {
    /// "as follows", "the following output": only volatile fields vary.
    case exact
    /// "similar to", "something like": values also vary inside their class.
    case similar
    /// No sentence says; treated like ``exact``.
    case unmarked
}

/// How much of an output a sample shows, by the words before it.
public enum SampleExtent: String, Codable, Sendable {
    /// All of it; no sentence says otherwise.
    case whole
    /// "Should include", "the first lines", "somewhere in", "an excerpt": other lines are around it.
    case part
}

/// A sample on the page: what an action should print, as the author documented it.
public struct Sample: Hashable, Codable, Sendable {
    /// Where the sample's code span or fence opens.
    public var place: SourcePlace
    /// The sample with LF line ends, without the fence's indentation and without a final newline.
    public var text: String
    /// The action that prints it: an index into the page's actions.
    public var action: Int
    /// How freely values may vary, by the sentence alone: ``directives`` may say otherwise.
    public var wording: Wording
    /// `true` when the sample has lines that only stand for what was left out (`.`, `...`, `…`).
    public var isElided: Bool
    /// What the author's comment asks for; empty without one.
    public var directives: SampleDirectives
    /// How much of the output it shows, by the sentence.
    public var extent: SampleExtent
    /// The line of a file at which the page says that the sample is ("at line 4"), counted from 1.
    public var lineNumber: Int?
    /// The words before the sample, as a reader sees them but for code, of which only the backtick is left; empty for none.
    public var sentence: String
    /// The sample is a code span in a sentence, which quotes an output and seldom gives all of its line.
    public var isQuoted: Bool
    /// What earlier runs showed of it, where they were observed; see ``Scenario/applying(_:)``.
    public var observed: ObservedShapes?

    /// How the sample is compared: a part of an output as the author's word `contains` asks for.
    public var comparison: SampleDirectives.Comparison {
        directives.comparison == .inferred && extent == .part ? .contains : directives.comparison
    }

    /// Takes the values as they are, an index without an action included; ``observed`` begins as `nil`.
    public init(
        place: SourcePlace, text: String, action: Int, wording: Wording, isElided: Bool = false,
        directives: SampleDirectives = .init(), extent: SampleExtent = .whole, lineNumber: Int? = nil,
        sentence: String = "", isQuoted: Bool = false
    ) {
        self.isQuoted = isQuoted
        self.sentence = sentence
        self.extent = extent
        self.lineNumber = lineNumber
        self.place = place
        self.text = text
        self.action = action
        self.wording = wording
        self.isElided = isElided
        self.directives = directives
    }
}

/// What an author's comment before a sample asks for; other players ignore the comment.
///
/// Written `<!-- lectern: WORD… -->`, for example `<!-- lectern: similar timeout=10s field:quantity=integer -->`.
public struct SampleDirectives: Hashable, Codable, Sendable {
    /// What the sample is compared with.
    public enum Source: String, Codable, Sendable {
        /// What the action printed.
        case output
        /// What the terminal's screen shows after the action.
        case screen
    }

    /// How the sample is compared.
    public enum Comparison: String, Codable, Sendable {
        /// By structure and inferred fields; the default.
        case inferred
        /// The sample's lines occur in this order, with anything between.
        case contains
        /// Each line of the sample is a regular expression for the whole line.
        case regex
        /// Not compared at all.
        case ignore
    }

    /// `exact` or `similar`, when the author overrules the sentence before the sample.
    public var wording: Wording?
    /// What the sample is compared with: what was printed, or the screen.
    public var source: Source
    /// How it is compared; ``Sample/comparison`` is what counts.
    public var comparison: Comparison
    /// Class by field name or path (`quantity`, `customer.email`), for fields the author fixes or loosens.
    public var fieldClasses: [String: String]
    /// `true` when lines or list elements may come in any order.
    public var isUnordered: Bool
    /// `true` when an empty output is as good as the sample.
    public var isOptional: Bool
    /// How long to look again until the sample matches, in seconds; `nil` for the run's own limit.
    public var timeout: Double?

    /// By default what holds for a sample without a comment; `timeout` is in seconds.
    public init(
        wording: Wording? = nil, source: Source = .output, comparison: Comparison = .inferred,
        fieldClasses: [String: String] = [:], isUnordered: Bool = false, isOptional: Bool = false,
        timeout: Double? = nil
    ) {
        self.wording = wording
        self.source = source
        self.comparison = comparison
        self.fieldClasses = fieldClasses
        self.isUnordered = isUnordered
        self.isOptional = isOptional
        self.timeout = timeout
    }
}

/// A regular expression for a whole line, as an author writes it in a sample.
///
/// Matching takes time in proportion to the length of the line times the size of the expression, whatever the
/// expression: all ways to match are followed side by side, none is tried after another (Thompson 1968, Pike's machine).
/// Hence no expression hangs. What such a machine can't do is refused when the expression is read.
///
/// | written | stands for |
/// | --- | --- |
/// | `.` | any character |
/// | `[abc]`, `[^a-z]`, `[\w.-]`, `[[:digit:]]` | one of these characters, or none of them |
/// | `\d` `\w` `\s` `\D` `\W` `\S` | a digit, a letter, digit or `_`, white space; their opposites |
/// | `\t` `\n` `\r` `\e` `\x41` `\u00E9` `\u{1F600}` | a character by its name or number |
/// | `\.` and any other mark behind a backslash | the mark itself |
/// | `^` `\A` `$` `\z` `\b` `\B` | the start, the end, the edge of a word, no edge |
/// | `(…)` `(?:…)` `(?<name>…)` | a group |
/// | `a\|b` | either |
/// | `*` `+` `?` `{3}` `{3,}` `{3,5}` | repetition; a `?` or `+` behind them changes nothing for a whole line |
/// | `(?i)` at the start | letters of either case |
///
/// Not supported, and refused: back references, looking ahead or behind, atomic groups, conditions, other flags.
public struct LinePattern: Sendable {
    /// What came of matching a line.
    public enum Outcome: Sendable {
        case matches, differs
        /// The line and the expression are so long that matching was given up after ``maxSteps``.
        case inconclusive
    }

    /// An expression that needs more states is refused: `(a{1,1000}){1,1000}` has a million.
    public static let maxStates = 5_000
    /// A line is given up after this many steps, which take well below a second.
    public static let maxSteps = 30_000_000

    private let program: PatternProgram

    /// - Throws: ``LinePatternError`` for what is not an expression, isn't supported or is too large.
    public init(_ text: String) throws(LinePatternError) {
        var parser = PatternParser(text)
        let node = try parser.parse()
        program = try PatternProgram(node, ignoresCase: parser.ignoresCase)
    }

    /// Whether the whole of the line is what the expression describes.
    public func match(_ line: String) -> Outcome {
        var matcher = PatternMatcher(program, line: Array(line), maxSteps: Self.maxSteps)
        return matcher.run()
    }
}

/// Why an expression can't be used.
public struct LinePatternError: Error, Hashable, Sendable {
    /// In one clause: "a group is not closed".
    public let reason: String
    /// Characters of the expression before the place.
    public let offset: Int
}

/// A piece of a line: a typed value, a mark, or a whole literal.
struct Token: Sendable {
    enum Kind: Sendable {
        case field(FieldClass)
        /// Punctuation; compared as text.
        case mark
        /// A run of one sign that draws a line (`-----`, `=====`); its length follows the width of what it underlines.
        case rule
        case literal(Literal)
        /// A branch of a tree, however drawn, be it the last one or not.
        case branch
        /// Dots inside a line that stand for words left out.
        case elision
        /// A word of a sample of which a part stands for others: a placeholder, a shortened token.
        case pattern(TextPattern)
    }

    var kind: Kind
    var range: Range<Int>
}

/// A line of a text as the matcher sees it; more than one line of the text where a literal spans several.
struct Line: Sendable {
    /// Counted from 0.
    var number: Int
    /// Without line end and trailing blanks.
    var range: Range<Int>
    var tokens: [Token]

    /// The literal, when the line is nothing else.
    var soleLiteral: Literal? {
        guard tokens.count == 1, case .literal(let literal) = tokens[0].kind else { return nil }
        return literal
    }
}

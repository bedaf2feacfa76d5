import ShellLiterals

/// A word of the shell's language, with where it starts and ends in the source's bytes.
struct Token {
    enum Kind: Hashable {
        case identifier(String)
        case number(Double)
        case string(String)
        /// Text and, between its pieces, where the substitutions `${…}` lie in the source.
        case template([String], [Range<Int>])
        case regex(pattern: String, flags: String)
        case punctuator(String)
        case end
    }

    let kind: Kind
    let range: Range<Int>
    let followsNewline: Bool
}

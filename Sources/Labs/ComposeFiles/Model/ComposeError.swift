public import Diagnostics

/// Why a Compose file can't be used, with its place and its line.
public struct ComposeError: UserFacingError, Hashable {
    /// What kind of mistake it is, for programs that decide by it.
    public enum Code: String, Hashable, Sendable {
        /// A file is missing, isn't a regular file, can't be opened or isn't UTF-8.
        case unreadable
        /// A file lies outside the lesson, so that nothing is said of it.
        case outside
        /// A file or what its aliases stand for goes beyond a bound.
        case tooLarge
        /// The text isn't YAML, or YAML that Compose has no use for.
        case malformed
        case unknownKey
        /// A list where a text belongs, and the like.
        case wrongType
        case invalidValue
        /// A key that must be there isn't.
        case missingKey
        /// A variable that `${NAME:?…}` requires isn't set, or an expression can't be read.
        case interpolation
        /// A service, volume or network is named that the files don't define.
        case unresolved
        /// `depends_on`, `network_mode` or `extends` lead back to where they began.
        case cycle
        /// Two keys that an engine refuses together.
        case conflict
    }

    /// For programs; people read ``problem``.
    public let code: Code
    /// `nil` only when no file was named at all.
    public let place: SourcePlace?
    /// Without the place: lower case, subject quoted, no full stop.
    public let problem: String
    /// What to try next; `nil` when the problem says it.
    public let remedy: String?
    /// The line of ``place`` with a caret under the column, two lines without an indentation of their own; `nil` when the
    /// text isn't at hand.
    public let excerpt: String?

    /// `file:line:column: problem`, the excerpt and the remedy, each on lines of their own.
    public var description: String {
        var text = place.map { "\($0): \(problem)" } ?? problem
        if let excerpt { text += "\n\(excerpt)" }
        if let remedy { text += "\n  try: \(remedy)" }
        return text
    }
}

/// The text in single quotes, fit for one line of a terminal: control characters made visible, long texts cut.
func quoted(_ text: String) -> String {
    "'\(visible(text.unicodeScalars.prefix(80)))\(text.unicodeScalars.count > 80 ? "…" : "")'"
}

/// The scalars with all that could steer a terminal replaced, one for one.
func visible(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    for scalar in scalars {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: text.append(scalar == "\t" ? " " : "\u{FFFD}")
        default: text.append(scalar)
        }
    }
    return String(text)
}

/// "'a', 'b' or 'c'".
func alternatives(_ names: some Sequence<String>) -> String {
    let names = names.map(quoted)
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " or \(last)"
}

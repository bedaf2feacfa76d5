public import Diagnostics
import Lessons

/// Something in a lesson that won't work, or isn't what its author meant.
public struct Problem: Hashable, Sendable {
    /// The kind of problem; its own severity may differ from ``severity``.
    public let rule: Rule
    /// The rule's, unless this problem weighs more or less than most of its kind.
    public let severity: Severity
    /// The first character; the beginning of the file for a problem of the file as a whole.
    public let place: SourcePlace
    /// After the last character, never before ``place``; on the same line or a later one.
    public let end: SourcePlace
    /// Lower case, subject quoted, no full stop.
    public let message: String
    /// What to do about it, in the same form.
    public let remedy: String?
    /// The line and, under it, a caret with a tilde for each further character; secrets are masked.
    public let excerpt: String
    /// What ``FixApplication`` would change; `nil` where a person must decide.
    public let fix: Fix?
}

extension Problem: Comparable {
    /// By place, then by code.
    public static func < (left: Self, right: Self) -> Bool {
        if left.place != right.place { return left.place < right.place }
        return (left.rule.code, left.message) < (right.rule.code, right.message)
    }
}

/// A change that is certain to be right.
public struct Fix: Hashable, Sendable {
    /// What is done, in the imperative.
    public let summary: String
    /// All of one file, and carried out together or not at all.
    public let edits: [Edit]
}

/// One stretch of a file that becomes another text.
public struct Edit: Hashable, Sendable {
    /// The path as the user can open it.
    public let file: String
    /// Bytes of the file, counted after a byte order mark.
    public let range: Range<Int>
    /// Where ``range`` begins, for people and editors.
    public let place: SourcePlace
    /// After the last character that is replaced.
    public let end: SourcePlace
    /// Empty where text is only removed; it has as many line ends as what it replaces.
    public let replacement: String
}

public import Diagnostics
import Lessons

/// What keeps a linter from looking at all.
public struct LintError: UserFacingError, Equatable {
    /// Names the path that can't be linted or written.
    public let problem: String
    /// What to name or to check instead, without command-line flags.
    public let remedy: String?
}

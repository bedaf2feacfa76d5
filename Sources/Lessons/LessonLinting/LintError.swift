public import Diagnostics
import Lessons

/// What keeps a linter from looking at all.
public struct LintError: UserFacingError, Equatable {
    public let problem: String
    public let remedy: String?
}

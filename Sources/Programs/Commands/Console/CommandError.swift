import Diagnostics

/// A command that can't do what was asked.
struct CommandError: UserFacingError {
    let problem: String
    let remedy: String?
}

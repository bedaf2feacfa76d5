public import Diagnostics

/// A terminal can't do what it was asked.
public struct TerminalSessionError: UserFacingError, Hashable {
    /// What kind of failure it was, for callers that react to it.
    public enum Code: String, Hashable, Codable, Sendable {
        /// Another action is being performed.
        case busy
        /// The action to go on with isn't the terminal's last one.
        case noSuchAction
        /// The shell showed no prompt.
        case noPrompt
        case unknownKey
    }

    /// What callers decide by; ``problem`` is for people.
    public let code: Code
    /// What failed, naming the terminal or the key; lower case, without a full stop.
    public let problem: String
    /// The next thing to try; `nil` when nothing helps in general.
    public let remedy: String?
}

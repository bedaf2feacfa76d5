public import Diagnostics

/// A terminal can't do what it was asked.
public struct TerminalSessionError: UserFacingError, Hashable {
    public enum Code: String, Hashable, Codable, Sendable {
        /// Another action is being performed.
        case busy
        /// The action to go on with isn't the terminal's last one.
        case noSuchAction
        /// The shell showed no prompt.
        case noPrompt
        case unknownKey
    }

    public let code: Code
    public let problem: String
    public let remedy: String?
}

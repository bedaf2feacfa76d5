package import AgentProtocol
public import Diagnostics

/// A lab couldn't be made, found or used.
public struct LabError: UserFacingError, Codable, Hashable {
    /// What kind of failure it is, for programs that decide by it.
    public enum Code: String, Codable, Sendable {
        case badDefinition
        case badName
        case engineMissing
        case missingPart
        case nameTaken
        case notReady
        case serviceDied
        /// Something of the lab is there, and gives no sign of life.
        case notAnswering
        case noSuchLab
        case noSuchService
        case noSuchTerminal
        case terminalUnusable
        case supervisorGone
        case labEnded
        /// The lab has ended, and its engine may still hold something of it.
        case leftBehind
        /// A file of the lab can't be written: it is read-only or a directory, or the disk is full.
        case cannotWrite
        /// The text that something should replace isn't in the file.
        case markerMissing
        /// A command of the workspace can't be started: there is no such program, say.
        case cannotStart
        /// The lab doesn't take a file that its lesson brings along.
        case assetRefused
        /// The command that fills the lab with data failed.
        case seedingFailed
        case system
    }

    /// For programs; people read ``problem``.
    public let code: Code
    /// What failed, naming the subject; may have several lines when it quotes a file.
    public let problem: String
    /// What to try next; `nil` when nothing is known to help.
    public let remedy: String?
    /// The end of the log that explains the problem; empty when there's none.
    public var logTail: String

    /// Without a log, unless one is given.
    public init(code: Code, problem: String, remedy: String? = nil, logTail: String = "") {
        self.code = code
        self.problem = problem
        self.remedy = remedy
        self.logTail = logTail
    }

    static func notReady(
        _ service: String, waitingFor condition: String, limit: Duration, logTail: String
    ) -> Self {
        Self(
            code: .notReady,
            problem:
                "service '\(service)' was not ready after \(limit.components.seconds) s of waiting for \(condition)",
            remedy: "check its log, or give it more time in the Compose file", logTail: logTail)
    }

    /// A service that was ready ended by itself.
    package static func lost(_ service: String, _ status: ExitStatus, logTail: String) -> Self {
        Self(
            code: .serviceDied, problem: "service '\(service)' ended with \(status)",
            remedy: logTail.isEmpty
                ? "its log is empty: run its command by hand to see why it ends" : "the end of its log says why",
            logTail: logTail)
    }

    static func died(_ service: String, _ status: ExitStatus, logTail: String) -> Self {
        Self(
            code: .serviceDied, problem: "service '\(service)' ended with \(status) before it was ready",
            remedy: "the end of its log says why", logTail: logTail)
    }
}

package import AgentProtocol
public import Diagnostics

/// A lab couldn't be made, found or used.
public struct LabError: UserFacingError, Codable, Hashable {
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
        /// A file of the lab can't be written: read-only, a directory, no room.
        case cannotWrite
        /// The text that something should replace isn't in the file.
        case markerMissing
        case system
    }

    public let code: Code
    public let problem: String
    public let remedy: String?
    /// The end of the log that explains the problem; empty when there's none.
    public var logTail: String

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
            problem: "service '\(service)' isn't ready after \(limit.components.seconds) s of waiting for \(condition)",
            remedy: "look at its log, or give it more time in the Compose file", logTail: logTail)
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

public import Lessons
public import TerminalSessions

/// What a verifier needs of a lab: terminals to type into, hidden commands, ports and files.
///
/// Terminals are named `T1`, `T2`, … and opened when they are first named.
public protocol LessonLab: Sendable {
    /// The parts of a lesson's start that the lab has behind it.
    ///
    /// - Parameter lesson: The scenario's directory, as the user named it.
    func started(_ lesson: String) async throws -> Set<LessonStart>
    /// Has the lab keep in mind that a part of a lesson's start is done, or that it isn't any more.
    func mark(_ part: LessonStart, of lesson: String, isDone: Bool) async throws
    /// Told before an action's first keys are typed, so that a recording can say where it is.
    func willPerform(_ action: Action, in terminal: String) async throws
    /// Types something and waits as far as that can be decided at the terminal.
    ///
    /// - Throws: Only when the lab is broken. What the program does, a time-out included, is a result.
    func perform(_ input: TerminalInput, in terminal: String) async throws -> Capture
    /// Goes on waiting for an action whose capture ended as `.running`, `.quiet` or `.waiting`.
    ///
    /// - Parameter patience: Seconds after which the program may run on; `nil` waits for the action's time-out and ends
    ///   what runs then.
    /// - Returns: The same action's capture, grown or as it was.
    func resume(_ token: Capture.Token, in terminal: String, patience: Double?) async throws -> Capture
    /// Ends the terminal's shell, with what runs in it; the next action gets a new one.
    func endShell(of terminal: String) async throws
    /// Gives a terminal another size, in character cells.
    func resize(_ terminal: String, columns: Int, rows: Int) async throws
    /// The HTTP status that a GET of the lab's own port answers, or `nil` when nothing listens there.
    func status(ofPort port: Int, path: String) async throws -> Int?
    /// Whether a path exists in the workspace; a relative one counts from the home directory.
    func exists(_ path: String) async throws -> Bool
    /// Runs a command hidden, as the workspace's user, outside the terminals.
    ///
    /// - Parameters:
    ///   - environment: Beside what the workspace has.
    ///   - timeout: Seconds after which it is killed, with its process group; `nil` for never.
    /// - Throws: Only when the lab is broken.
    func run(_ command: [String], environment: [String: String], timeout: Double?) async throws -> CommandResult
    /// Changes a file of the workspace in one move, and makes the directories above it.
    ///
    /// - Parameters:
    ///   - path: Absolute.
    ///   - target: Anything but `.clipboard`.
    ///   - isExecutable: Of a file that isn't there yet, or is replaced.
    /// - Throws: Only when the lab is broken.
    func write(
        _ bytes: [UInt8], to path: String, as target: FileBlock.Target, isExecutable: Bool
    ) async throws -> FileWriting
}

/// How a command ended that ran outside the terminals.
public struct CommandResult: Hashable, Sendable {
    /// How a command came to its end.
    public enum Ending: Hashable, Sendable {
        case status(Int32)
        case signal(Int32)
        /// It was not started, for the reason given: there is no such program.
        case notStarted(String)
    }

    /// With the status of the command itself, not of a shell around it.
    public var ending: Ending
    /// Standard output and standard error; when long, a line says how much of the middle is left out.
    public var output: String

    /// A result that a lab reports, or one that a test makes up.
    public init(_ ending: Ending, output: String = "") {
        self.ending = ending
        self.output = output
    }

    /// Whether it ended by itself with status 0.
    public var isSuccess: Bool { ending == .status(0) }
}

/// What became of a file that should be written; a file that wasn't is as it was.
public enum FileWriting: Hashable, Sendable {
    case written
    /// The text that should be replaced isn't in the file.
    case markerMissing
    /// The lab's file system doesn't take it; the sentence says why.
    case refused(String)
}

extension LessonLab {
    /// Nothing, for a lab that records nothing.
    public func willPerform(_ action: Action, in terminal: String) async throws {}
}

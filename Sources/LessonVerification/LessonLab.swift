public import Lessons
public import TerminalSessions

/// What a verifier needs of a lab: terminals to type into, and a look at ports and files.
///
/// Terminals are named `T1`, `T2`, … and opened when they are first named.
public protocol LessonLab: Sendable {
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
    /// The HTTP status that a GET of the lab's own port answers, or `nil` when nothing listens there.
    func status(ofPort port: Int, path: String) async throws -> Int?
    /// Whether a path exists in the workspace; a relative one counts from the home directory.
    func exists(_ path: String) async throws -> Bool
}

extension LessonLab {
    public func willPerform(_ action: Action, in terminal: String) async throws {}
}

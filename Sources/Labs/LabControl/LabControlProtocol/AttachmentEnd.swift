public import AgentProtocol
public import Labs

/// Why a person's connection to a terminal of a lab ended.
///
/// Whoever shows the terminal must say all of these but ``detached`` unmistakably: the keys that follow are no longer the
/// lab's.
public enum AttachmentEnd: Codable, Hashable, Sendable {
    /// The person left; the terminal and what runs in it go on.
    case detached
    /// The terminal's shell ended by itself, such as by `exit`; the lab goes on, and the next who attaches gets another
    /// shell.
    case shellEnded(ExitStatus)
    /// The lab is being put back to the state after seeding, which ends every shell.
    case labReset
    /// The lab has ended, or is ending; `nil` when somebody took it down.
    case labEnded(LabError?)
    /// The lab doesn't answer, or its supervisor is gone, so that nobody can tell what became of it.
    case connectionLost
}

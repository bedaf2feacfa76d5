/// Something of this host that keeps labs from working, or soon may.
public struct DoctorFinding: Hashable, Codable, Sendable {
    /// What a finding means for labs.
    public enum Severity: String, Codable, Sendable {
        /// Labs can't start.
        case missing
        /// Labs start; something may go wrong.
        case risky
        /// Labs start, but not on every engine, or less well bounded than elsewhere.
        case note
    }

    /// For the engine that somebody needs; of others it is lowered to a note.
    public var severity: Severity
    /// Lower case, subject quoted, no full stop.
    public var problem: String
    /// A command that fixes it, or a sentence on how to.
    public var remedy: String

    /// Arguments as the properties of the same name.
    public init(severity: Severity, problem: String, remedy: String) {
        self.severity = severity
        self.problem = problem
        self.remedy = remedy
    }
}

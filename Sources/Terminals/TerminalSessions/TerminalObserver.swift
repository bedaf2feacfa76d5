/// What happens at a terminal, in order, for whoever keeps it.
public enum TerminalEvent: Hashable, Sendable {
    /// The first event: the terminal's size, in character cells.
    case began(columns: Int, rows: Int)
    /// Bytes as a person's terminal is shown them: without the queries of programs, which the session answers, and without
    /// prompt marks. What the session adds to take back modes that a program left behind is there.
    case output([UInt8])
    case resized(columns: Int, rows: Int)
    /// A remark at this place, such as the action that is typed next.
    case marked(String)
}

/// Told of everything that happens at a terminal, while the session waits: keep it short.
public protocol TerminalObserver: AnyObject, Sendable {
    func note(_ event: TerminalEvent, at time: ContinuousClock.Instant)
}

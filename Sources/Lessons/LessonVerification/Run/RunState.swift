import Lessons

/// What one run of a lesson remembers from part to part: whether it goes on, and how its terminals are used.
///
/// The parts of a run come one after the other in one task, so it isn't Sendable.
final class RunState {
    /// How many pages are behind the current one.
    var pageNumber = 0
    var terminals = TerminalUse()
    /// A part failed or is inconclusive, and what comes after it is not run.
    private(set) var isStopped = false
    /// What failed so far, in a run that goes on nevertheless; `nil` in one that ends with the first failure.
    private var consequences: Consequences?

    init(keepsGoing: Bool) { consequences = keepsGoing ? Consequences() : nil }

    /// Takes in that a link or a file block failed: what comes after it may depend on it.
    func partFailed() { if consequences == nil { isStopped = true } }

    /// Decides after a script whether the run goes on.
    func conclude(_ script: ScriptOutcome) {
        // A check says what went wrong before it; what follows does not depend on the check.
        let isCheck = script.kind == .verify && consequences != nil
        if script.verdict == .failed && !isCheck || script.verdict == .inconclusive { isStopped = true }
    }

    /// Decides after an action whether the run goes on.
    ///
    /// - Returns: The outcome with the earlier failure that may have caused this one.
    func conclude(_ outcome: ActionOutcome) -> ActionOutcome {
        guard outcome.verdict == .failed, consequences != nil else {
            if outcome.verdict != .passed { isStopped = true }
            return outcome
        }
        guard let cause = consequences?.cause(ofFailure: outcome.action, in: outcome.terminal) else { return outcome }
        var outcome = outcome
        outcome.consequenceOf = cause.place
        outcome.notes.append("may be a consequence of \(cause.place), which also names '\(cause.name)'")
        return outcome
    }
}

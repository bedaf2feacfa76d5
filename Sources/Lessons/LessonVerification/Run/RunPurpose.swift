public import Lessons

/// Why a lesson is run.
public enum RunPurpose: Sendable {
    /// To learn whether it tells the truth: the first sample that differs ends the run.
    case verifying
    /// To learn what it prints now: a sample that differs ends nothing, and everything that was seen is told.
    ///
    /// A status that isn't a success and a time-out end the run as ever. The closure is called for each action that typed
    /// something and for each sample that was looked for after a later action, in order.
    case updating(@Sendable (Page, ObservedOutput) -> Void)

    /// Whether samples that differ are only reported.
    public var updates: Bool { if case .updating = self { true } else { false } }

    func report(_ observed: ObservedOutput, on page: Page) {
        if case .updating(let listener) = self { listener(page, observed) }
    }
}

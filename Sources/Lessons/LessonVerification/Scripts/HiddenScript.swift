import Diagnostics
import Lessons

/// A script that runs hidden, its output in a log inside the lab.
struct HiddenScript: Sendable {
    let lab: any LessonLab
    let installed: LessonScripts.Installed
    let log: String
    /// In seconds; `nil` for as long as the lab lasts.
    let timeout: Double?
    /// Says which of its commands failed; `nil` where the lab did not accept the file for it.
    let watch: ScriptWatch?

    func run(_ started: ScriptOutcome) async throws -> ScriptOutcome {
        var outcome = started
        let start = ContinuousClock.now
        // A session of its own, so that servers which the script leaves running live on.
        let bounds = timeout.map { ["timeout", "--kill-after=2", "\($0)"] } ?? []
        let result = try await lab.run(
            [
                "bash", "-c",
                #"cd; mkdir -p "${0%/*}"; exec setsid --wait "$@" >>"$0" 2>&1 </dev/null"#, log,
            ] + bounds + (watch?.prefix ?? []) + installed.command, environment: [:], timeout: nil)
        outcome.duration = (ContinuousClock.now - start).seconds
        switch result.ending {
        case .status(let status):
            outcome.status = status
            if status == 124, let timeout, outcome.duration >= timeout {
                outcome.problem = "it did not end within \(Int(timeout)) s and was killed"
            } else if status != 0 {
                outcome.problem = "it ended with exit status \(status)"
            }
        case .signal(let signal):
            outcome.status = 128 + signal
            outcome.problem = "it was killed by signal \(signal)"
        case .notStarted(let reason): outcome.problem = reason
        }
        if let watch { outcome = try await watch.explaining(outcome) }
        outcome.verdict = outcome.problem == nil ? .passed : .failed
        let tail = try await lab.run(["tail", "-c", "8192", log], environment: [:], timeout: 10)
        outcome.output = tail.isSuccess ? tail.output.tail : result.output.tail
        if outcome.verdict != .passed { outcome.notes.append("its full log is '\(log)' in the lab") }
        return outcome
    }
}

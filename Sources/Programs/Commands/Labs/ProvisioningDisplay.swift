import Diagnostics
import LabProvisioning
import Labs
import Lessons
import Synchronization

/// Shows a lab being made ready, on standard error, and knows afterwards where it stood.
final class ProvisioningDisplay: Sendable {
    private struct State {
        var step = ProvisioningStep.opening
        /// What became of a lab in which something failed; `nil` when there is or was none.
        var stopped: (lab: String, problem: LabError?)?
    }

    private let console: Console
    private let waiting: WaitDisplay
    private let progress: LabProgress
    private let state = Mutex(State())

    /// - Parameter waiting: Shared with what else the command waits for.
    init(console: Console, waiting: WaitDisplay) {
        self.console = console
        self.waiting = waiting
        progress = LabProgress(console: console, waiting: waiting)
    }

    func show(_ event: ProvisioningEvent) {
        switch event {
        case .began(let step):
            state.withLock { $0.step = step }
            waiting.wait(for: step.wait.map { WaitDisplay.Wait($0) })
        case .lab(let event): progress.show(event)
        case .seeded(let report):
            waiting.whileErased { console.report(Self.line(for: report)) }
        case .stopped(let lab, let problem):
            waiting.wait(for: nil)
            state.withLock { $0.stopped = (lab, problem) }
            if let problem, !Task.isCancelled { console.problem("the lab '\(lab)' did not end: \(problem.problem)") }
        case .leftRunning(let lab):
            waiting.wait(for: nil)
            console.report(StyledText(Self.staysUp(lab)))
        case .setupSkipped: break
        }
    }

    /// Where the lab stood when it was interrupted, and what is left of it; completes "interrupted …".
    var interruption: String {
        state.withLock { state in
            let rest =
                switch state.stopped {
                case nil: "nothing of it is left"
                case (_, nil)?: "nothing of the lab is left"
                case (let lab, _?)?: "'lectern down \(lab)' removes what is left"
                }
            return "\(state.step.position); \(rest)"
        }
    }

    static func line(for report: SeedingReport) -> StyledText {
        let what = report.seeding.parameters.isEmpty ? "" : " (\(report.seeding))"
        return "  \("✓", .good) \("seeded\(what) in \(report.seconds.inSeconds)".oneLine)"
    }

    /// What is said of a lab that a command leaves running.
    static func staysUp(_ lab: String) -> String {
        "the lab '\(lab)' stays up: 'lectern shell T1 --lab \(lab)' opens a terminal in it, 'lectern down \(lab)' tears it down"
    }
}

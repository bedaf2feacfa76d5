import Diagnostics
import Labs
import Lessons
import Synchronization

/// Shows a lab coming up, on standard error: a line for each service as it becomes ready.
final class LabProgress: Sendable {
    private let console: Console
    private let waiting: WaitDisplay
    /// What each service that isn't ready waits for, in the order in which they were started.
    private let awaited = Mutex<[(service: String, condition: String)]>([])

    init(console: Console, waiting: WaitDisplay) {
        self.console = console
        self.waiting = waiting
    }

    func show(_ event: LabEvent) {
        updateWait(event)
        waiting.whileErased { tell(event) }
    }

    /// Several services start at once; whoever waits is told of all that aren't ready.
    private func updateWait(_ event: LabEvent) {
        let wait = awaited.withLock { awaited -> WaitDisplay.Wait? in
            switch event {
            case .serviceStarting(let name): awaited.append((name, "to start"))
            case .serviceAwaited(let name, let condition):
                awaited.removeAll { $0.service == name }
                awaited.append((name, condition))
            case .serviceReady(let name, _), .serviceDied(let name, _, _): awaited.removeAll { $0.service == name }
            case .ready, .failed: awaited = []
            case .preparing(let what): return .init(what)
            default: break
            }
            guard !awaited.isEmpty else { return nil }
            return .init("waiting for " + awaited.map { "\($0.service) (\($0.condition))" }.joined(separator: ", "))
        }
        waiting.wait(for: wait)
    }

    private func tell(_ event: LabEvent) {
        switch event {
        case .preparing(let what): console.report("  … \(what)")
        case .warning(let problem): console.report("  ! \(problem)")
        case .engineChosen(let kind, let reason):
            console.report("  the lab runs \(kind.inWords), since \(reason)")
        case .serviceReady(let name, let seconds):
            console.report("  \("✓", .good) \(name.padded(to: 16)) ready in \(seconds.inSeconds)")
        case .serviceDied(let name, let status, let logTail):
            console.report("  \("✗", .bad) \(name.padded(to: 16)) ended with \(status)")
            console.report(log: logTail)
        case .portForwarded(let port):
            let instead = port.wanted.map { " (\($0) is taken)" } ?? ""
            console.report(
                "  \("✓", .good) \("port \(port.labPort)".padded(to: 16)) at 127.0.0.1:\(port.hostPort)\(instead)")
        case .seededAgain(let seconds): console.report("  \("✓", .good) seeded again in \(seconds.inSeconds)")
        case .ready(let seconds):
            console.report("  lab ready in \(seconds.inSeconds)")
        case .serviceStarting, .serviceAwaited, .failed: break
        }
    }
}

extension Console {
    /// Writes the end of a log, set off from our own lines; nothing for an empty one.
    func report(log: String) {
        if !log.isEmpty { report(StyledText(log.quoted)) }
    }
}

extension String {
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }

    /// Lines of a log, set off from our own.
    var quoted: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { "      | \($0)" }.joined(separator: "\n")
    }
}

extension Double {
    /// `0.42 s`.
    var inSeconds: String {
        let hundredths = Int((self * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
    }
}

extension Duration {
    /// `0.42 s`.
    var inSeconds: String { seconds.inSeconds }
}

extension EngineKind {
    var inWords: String {
        switch self {
        case .process: "as processes"
        case .docker: "in containers"
        }
    }
}

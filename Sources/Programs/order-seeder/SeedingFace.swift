import ArgumentParser
import FoundationEssentials
import OrderSeeding
import SeededData

enum ProgressStyle: String, ExpressibleByArgument, CaseIterable {
    case auto, plain, none
}

/// Shows a run to a person: results on standard output, the rest on standard error.
struct SeedingFace: Sendable {
    private enum Mode { case bar, lines, nothing }

    private let mode: Mode
    private let screen = Screen()

    init(style: ProgressStyle) {
        let isPlainTerminal = ProcessInfo.processInfo.environment["TERM"] == "dumb"
        mode =
            switch style {
            case .none: .nothing
            case .auto where Screen.Stream.diagnostics.isTerminal && !isPlainTerminal: .bar
            case .auto, .plain: .lines
            }
    }

    /// - Throws: When standard output is closed, since nobody reads it then.
    func show(_ report: SeedingReport) throws {
        let (order, tally) = (report.order, report.tally)
        switch report.outcome {
        case .posted(let id, let date):
            try screen.print("Seeded \(order.json(id: id))  at \(ISO8601.string(from: date))", to: .output)
        case .refused(let status, let reason):
            try screen.print("error: order \(order.index + 1) was refused with \(status): \(reason)", to: .diagnostics)
        case .undelivered(let reason):
            try screen.print("error: order \(order.index + 1) could not be delivered: \(reason)", to: .diagnostics)
        }
        switch mode {
        case .bar: screen.drawBar { bar(tally, width: $0) }
        case .lines where tally.settled % max(1, tally.total / 10) == 0:
            try screen.print("\(tally.settled) of \(tally.total) orders", to: .diagnostics)
        case .lines, .nothing: break
        }
    }

    func finish(_ summary: SeedingSummary, of plan: SeedingPlan) throws {
        screen.removeBar()
        let tally = summary.tally
        var text = "seeded \(tally.posted) of \(tally.total) orders in \(seconds(summary.duration))"
        text += ", \(Int(summary.ordersPerSecond.rounded())) per second"
        if tally.failed > 0 { text += "; \(tally.failed) failed" }
        if tally.retried > 0 { text += "; \(tally.retried) requests repeated" }
        text += " (seed \(plan.seed), locale \(plan.locale.rawValue))"
        try screen.print(text, to: .diagnostics)
        switch summary.ending {
        case .complete: break
        case .cancelled:
            try screen.print("interrupted; run seed \(plan.seed) again to post the rest", to: .diagnostics)
        case .stopped(let error): try screen.print("error: \(error)", to: .diagnostics)
        }
    }

    func showUnreadable(_ id: String, after seconds: Int) throws {
        try screen.print(
            "error: the order '\(id)' was posted, and could not be read after \(seconds) s\n"
                + "  try: check that the service's read side works, then run the same seed again", to: .diagnostics)
    }

    private func bar(_ tally: SeedingTally, width: Int) -> String {
        let numbers = " \(tally.settled) of \(tally.total), \(tally.settled * 100 / tally.total) %"
        let room = min(40, width - numbers.utf8.count - 3)
        guard room >= 10 else { return String(numbers.dropFirst().prefix(max(0, width - 1))) }
        let full = room * tally.settled / tally.total
        return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: room - full) + "]" + numbers
    }

    private func seconds(_ duration: Duration) -> String {
        let milliseconds = Int((duration / .milliseconds(1)).rounded())
        return "\(milliseconds / 1_000).\(String(milliseconds % 1_000 + 1_000).dropFirst()) s"
    }
}

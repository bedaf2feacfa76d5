import ArgumentParser
import OrderSeeding
import SeededData
import Synchronization
import UnixSignals

@main
struct OrderSeederCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order-seeder",
        abstract: "Post made-up orders to the order service.",
        discussion: """
            The same seed and locale give the same orders, with the same Idempotency-Key each: to run a seed again adds \
            nothing to a service that has its orders, so an interrupted run can be repeated. Take another seed for more.

            Prints one line per order on standard output: Seeded {json}  at <date>

            Exit status: 0 all orders posted, 1 some were not (or can't be read, with --wait), 2 the target takes no orders, 64 wrong usage, \
            130 interrupted.
            """)

    @Option(name: .shortAndLong, help: "How many orders to post.")
    var count = 10

    @Option(
        name: .shortAndLong,
        help: "The seed of the data: the same seed gives the same orders. (default: a random one, shown at the end)")
    var seed: UInt64?

    @Option(
        name: .shortAndLong,
        help: "The language of names: \(Faker.Locale.allCases.map(\.rawValue).joined(separator: ", ")).")
    var locale = "en"

    @Option(name: .shortAndLong, help: "The address of the order service.")
    var targetURL = "http://localhost:9001"

    @Option(
        name: .long,
        help: """
            How many orders may be on their way at once. One keeps the orders of the target in the order of the seed. \
            (default: 1, and 8 for \(Self.largeCount) orders and more)
            """)
    var concurrency: Int?

    @Flag(
        help: """
            Wait until all orders that were posted can be read from the service, at most \(Self.readingLimit) seconds; \
            status 1 when one can't.
            """)
    var wait = false

    @Option(name: .long, help: "How to show the progress of \(Self.largeCount) orders and more.")
    var progress = ProgressStyle.auto

    /// From here on the lines scroll by too fast to tell how far the run is, and speed matters more than sequence.
    private static let largeCount = 100

    /// In seconds.
    private static let readingLimit = 30

    private var isLarge: Bool { count >= Self.largeCount }

    func validate() throws {
        guard (0...10_000_000).contains(count) else { throw ValidationError("--count must be between 0 and 10000000") }
        guard (1...1_000).contains(concurrency ?? 1) else {
            throw ValidationError("--concurrency must be between 1 and 1000")
        }
        do {
            _ = try Faker.Locale(tag: locale)
            _ = try OrderTarget(targetURL)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    func run() async throws {
        let plan = SeedingPlan(
            count: count, seed: seed ?? UInt64(UInt32.random(in: .min ... .max)), locale: try Faker.Locale(tag: locale))
        let seeder = OrderSeeder(target: try OrderTarget(targetURL), concurrency: concurrency ?? (isLarge ? 8 : 1))
        let face = SeedingFace(style: isLarge ? progress : .none)
        do {
            let unreadable = Mutex<String?>(nil)
            let (summary, signal) = try await untilSignalled { [wait] in
                var posted: [String] = []
                var summary = try await seeder.run(plan) { report in
                    try face.show(report)
                    if wait, case .posted(let id, _) = report.outcome { posted.append(id) }
                }
                guard wait, summary.ending == .complete else { return summary }
                do {
                    let first = try await seeder.firstUnreadable(of: posted, within: .seconds(Self.readingLimit))
                    unreadable.withLock { $0 = first }
                } catch {
                    summary.ending = .cancelled
                }
                return summary
            }
            try face.finish(summary, of: plan)
            if let id = unreadable.withLock({ $0 }) {
                try face.showUnreadable(id, after: Self.readingLimit)
                throw ExitCode.failure
            }
            throw status(of: summary, stoppedBy: signal)
        } catch is Screen.OutputClosed {
            // What SIGPIPE would have given, which NIO turns off.
            throw ExitCode(141)
        }
    }

    private func status(of summary: SeedingSummary, stoppedBy signal: UnixSignal?) -> ExitCode {
        switch summary.ending {
        case .complete: summary.tally.failed == 0 ? .success : .failure
        case .stopped: ExitCode(2)
        case .cancelled: ExitCode(signal == .sigterm ? 143 : 130)
        }
    }
}

/// Runs the body in a task that SIGINT or SIGTERM cancels; returns what it gave, and the signal if one came.
private func untilSignalled(
    _ body: @escaping @Sendable () async throws -> SeedingSummary
) async throws -> (SeedingSummary, UnixSignal?) {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    return try await withThrowingTaskGroup(of: SignalledWork.self) { group in
        group.addTask { .done(try await body()) }
        group.addTask {
            for await signal in signals { return .signal(signal) }
            throw CancellationError()
        }
        var caught: UnixSignal?
        while let next = try await group.next() {
            switch next {
            case .done(let summary):
                group.cancelAll()
                return (summary, caught)
            case .signal(let signal):
                caught = signal
                group.cancelAll()
            }
        }
        throw CancellationError()
    }
}

private enum SignalledWork: Sendable {
    case done(SeedingSummary)
    case signal(UnixSignal)
}

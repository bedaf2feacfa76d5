/// One run: keeps a bounded number of orders on their way, and puts what comes back in order again.
struct SeedingRun {
    private typealias Settled = (order: SeededOrder, result: OrderPoster.Result)

    private let plan: SeedingPlan
    private let concurrency: Int
    private let poster: OrderPoster

    private var tally: SeedingTally
    private var nextToSend = 0
    private var nextToReport = 0
    private var onTheirWay = 0
    /// Settled orders that wait for one before them.
    private var waiting: [Int: (order: SeededOrder, outcome: SeedingOutcome)] = [:]
    private var lastAnswer: ContinuousClock.Instant?
    private var ending = SeedingSummary.Ending.complete

    init(plan: SeedingPlan, concurrency: Int, poster: OrderPoster) {
        self.plan = plan
        self.concurrency = concurrency
        self.poster = poster
        tally = SeedingTally(total: plan.count)
    }

    mutating func run(_ report: (SeedingReport) async throws -> Void) async throws -> SeedingSummary {
        let started = ContinuousClock.now
        try await withThrowingTaskGroup(of: Settled.self) { group in
            send(to: &group)
            while let (order, result) = try await group.next() {
                take(order, result)
                if ending != .complete { group.cancelAll() }
                while let settled = waiting.removeValue(forKey: nextToReport) {
                    nextToReport += 1
                    try await tell(settled.order, settled.outcome, to: report)
                }
                send(to: &group)
            }
        }
        // Left over when a run ends early: orders that arrived although one before them didn't.
        for (_, settled) in waiting.sorted(by: { $0.key < $1.key }) {
            try await tell(settled.order, settled.outcome, to: report)
        }
        return SeedingSummary(ending: ending, tally: tally, duration: .now - started)
    }

    private mutating func send(to group: inout ThrowingTaskGroup<Settled, any Error>) {
        // One slow order must not let what waits behind it grow without end.
        let bound = min(plan.count, nextToReport + 16 * concurrency)
        while onTheirWay < concurrency, nextToSend < bound, ending == .complete {
            if Task.isCancelled {
                ending = .cancelled
                return
            }
            let (order, poster) = (plan.order(at: nextToSend), poster)
            group.addTask { (order, await poster.post(order)) }
            nextToSend += 1
            onTheirWay += 1
        }
    }

    private mutating func take(_ order: SeededOrder, _ result: OrderPoster.Result) {
        onTheirWay -= 1
        tally.retried += result.attempts - 1
        switch result.verdict {
        case .settled(let outcome):
            lastAnswer = .now
            waiting[order.index] = (order, outcome)
        case .undelivered(let reason):
            if let lastAnswer, lastAnswer > result.started {
                waiting[order.index] = (order, .undelivered(reason: reason))
            } else if ending == .complete {
                ending = .stopped(
                    .unreachable(poster.target.ordersURL, attempts: result.attempts, reason: reason))
            }
        case .notAnOrderService(let status):
            if ending == .complete { ending = .stopped(.notAnOrderService(poster.target.ordersURL, status: status)) }
        case .cancelled:
            if ending == .complete { ending = .cancelled }
        }
    }

    private mutating func tell(
        _ order: SeededOrder, _ outcome: SeedingOutcome, to report: (SeedingReport) async throws -> Void
    ) async throws {
        if case .posted = outcome { tally.posted += 1 } else { tally.failed += 1 }
        try await report(SeedingReport(order: order, outcome: outcome, tally: tally))
    }
}

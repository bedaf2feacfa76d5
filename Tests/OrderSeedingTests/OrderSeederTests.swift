import NIOHTTP1
import OrderSeeding
import SeededData
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct OrderSeederTests {
    /// Quick waits: what is tested is what happens, not how long it takes.
    private let policy = RetryPolicy(
        attempts: 5, firstDelay: .milliseconds(1), maxDelay: .milliseconds(4), attemptTimeout: .seconds(20))

    private func run(
        _ count: Int, seed: UInt64 = 42, on service: OrderServiceDouble, concurrency: Int = 8,
        policy: RetryPolicy? = nil
    ) async throws -> (summary: SeedingSummary, reports: [SeedingReport]) {
        let seeder = OrderSeeder(
            target: try OrderTarget(service.url), concurrency: concurrency, policy: policy ?? self.policy)
        var reports: [SeedingReport] = []
        let summary = try await seeder.run(SeedingPlan(count: count, seed: seed)) { reports.append($0) }
        return (summary, reports)
    }

    @Test func allOrdersArriveAndAreReportedInTheOrderOfThePlan() async throws {
        try await OrderServiceDouble.with { service in
            let (summary, reports) = try await run(200, on: service)
            #expect(summary.ending == .complete)
            #expect(summary.tally.posted == 200 && summary.tally.failed == 0 && summary.tally.retried == 0)
            #expect(summary.ordersPerSecond > 0)
            #expect(reports.map(\.order.index) == Array(0..<200))
            #expect(reports.map(\.tally.settled) == Array(1...200))
            let state = service.state.withLock { $0 }
            let plan = SeedingPlan(count: 200, seed: 42)
            #expect(Set(state.bodies) == Set((0..<200).map { plan.order(at: $0).json() }))
            #expect(state.requests.allSatisfy { $0.method == .POST && $0.uri == "/orders" })
            #expect(state.requests.allSatisfy { $0.headers["Content-Type"] == ["application/json"] })
            for report in reports {
                guard case .posted(let id, _) = report.outcome else { continue }
                #expect(state.identifiers[report.order.idempotencyKey] == id)
            }
        }
    }

    @Test func oneAtATimeArrivesInTheOrderOfThePlan() async throws {
        try await OrderServiceDouble.with { service in
            _ = try await run(50, on: service, concurrency: 1)
            let plan = SeedingPlan(seed: 42)
            #expect(service.state.withLock { $0.bodies } == (0..<50).map { plan.order(at: $0).json() })
            #expect(service.state.withLock { $0.maxOpenRequests } == 1)
        }
    }

    @Test func noMoreOrdersAreOnTheirWayThanAllowed() async throws {
        try await OrderServiceDouble.with { service in
            _ = try await run(300, on: service, concurrency: 4)
            #expect((1...4).contains(service.state.withLock { $0.maxOpenRequests }))
        }
    }

    @Test func failuresAreRetriedWithoutADuplicate() async throws {
        try await OrderServiceDouble.with({ request, attempt in
            // Two failures at most for each order, of a kind that its key decides about.
            switch (request.key.utf8.last ?? 0) % 4 {
            case 0 where attempt == 1: .answer(.serviceUnavailable, body: #"{"error":"the write source is down"}"#)
            case 1 where attempt == 1: .hangUp
            case 2 where attempt <= 2: .loseTheAnswer
            default: .accept
            }
        }) { service in
            let (summary, reports) = try await run(200, on: service)
            #expect(summary.ending == .complete)
            #expect(summary.tally.posted == 200)
            #expect(summary.tally.retried > 100)
            #expect(reports.map(\.order.index) == Array(0..<200))
            let state = service.state.withLock { $0 }
            #expect(state.bodies.count == 200)
            #expect(state.requests.count == 200 + summary.tally.retried)
        }
    }

    @Test func theSameSeedAddsNothingAndAnotherOneDoes() async throws {
        try await OrderServiceDouble.with { service in
            let first = try await run(20, on: service)
            let again = try await run(30, on: service)
            #expect(again.summary.tally.posted == 30)
            #expect(service.state.withLock { $0.bodies.count } == 30)
            #expect(zip(first.reports, again.reports).allSatisfy { $0.order == $1.order })
            _ = try await run(10, seed: 43, on: service)
            #expect(service.state.withLock { $0.bodies.count } == 40)
        }
    }

    @Test func refusalsAreNotRetriedAndTheRunGoesOn() async throws {
        let refused = SeedingPlan(seed: 42).order(at: 3).idempotencyKey
        try await OrderServiceDouble.with({ request, _ in
            request.key == refused ? .answer(.badRequest, body: "{\"error\":\n \"quantity: too small\"}") : .accept
        }) { service in
            let (summary, reports) = try await run(10, on: service)
            #expect(summary.ending == .complete)
            #expect(summary.tally.posted == 9 && summary.tally.failed == 1 && summary.tally.retried == 0)
            #expect(reports[3].outcome == .refused(status: 400, reason: #"{"error": "quantity: too small"}"#))
            #expect(reports.count == 10)
        }
    }

    @Test(arguments: ["", "[]", "{}", "not json", #"{"id":7}"#])
    func answersWithoutAnIdentifierAreRefusals(_ body: String) async throws {
        try await OrderServiceDouble.with({ _, _ in .answer(.ok, body: body) }) { service in
            let (summary, reports) = try await run(1, on: service)
            #expect(summary.tally.failed == 1)
            guard case .refused(200, let reason) = reports[0].outcome else {
                Issue.record("\(reports[0].outcome)")
                return
            }
            #expect(reason.hasPrefix("the answer carries no 'id'"))
        }
    }

    @Test func anEndlessAnswerIsCutOff() async throws {
        let long = String(repeating: "x", count: 100_000)
        try await OrderServiceDouble.with({ _, _ in .answer(.ok, body: long) }) { service in
            let (_, reports) = try await run(1, on: service)
            #expect(reports.first?.outcome == .refused(status: 200, reason: "the answer is longer than 64 KiB"))
        }
    }

    @Test func aTargetThatStaysDownEndsTheRunWithItsReason() async throws {
        try await OrderServiceDouble.with({ _, _ in .answer(.serviceUnavailable, body: "starting") }) { service in
            let (summary, reports) = try await run(1_000, on: service)
            guard case .stopped(let error) = summary.ending else {
                Issue.record("\(summary.ending)")
                return
            }
            #expect(error.code == .unreachable)
            #expect(
                error.problem
                    == "'\(service.url)/orders' did not accept any order in 5 attempts: it answers 503 (starting)")
            #expect(reports.isEmpty)
            #expect(service.state.withLock { $0.requests.count } <= 8 * 5)
        }
    }

    @Test func aPortWhereNothingListensIsNamed() async throws {
        let url = try await OrderServiceDouble.with { $0.url }
        let seeder = OrderSeeder(target: try OrderTarget(url), policy: policy)
        let summary = try await seeder.run(SeedingPlan(seed: 1))
        guard case .stopped(let error) = summary.ending else {
            Issue.record("\(summary.ending)")
            return
        }
        #expect(error.problem == "'\(url)/orders' did not accept any order in 5 attempts: nothing listens there")
        #expect(summary.tally.posted == 0)
    }

    @Test func aTargetWithoutOrdersIsNotTriedTwice() async throws {
        try await OrderServiceDouble.with({ _, _ in .answer(.notFound) }) { service in
            let (summary, _) = try await run(100, on: service, concurrency: 1)
            guard case .stopped(let error) = summary.ending else {
                Issue.record("\(summary.ending)")
                return
            }
            #expect(error.code == .notAnOrderService)
            #expect(service.state.withLock { $0.requests.count } == 1)
        }
    }

    @Test func oneOrderThatIsNeverTakenDoesNotStopTheOthers() async throws {
        let unlucky = SeedingPlan(seed: 42).order(at: 0).idempotencyKey
        let patient = RetryPolicy(attempts: 4, firstDelay: .milliseconds(20), maxDelay: .milliseconds(40))
        try await OrderServiceDouble.with({ request, _ in
            request.key == unlucky ? .answer(.badGateway) : .accept
        }) { service in
            let (summary, reports) = try await run(100, on: service, concurrency: 2, policy: patient)
            #expect(summary.ending == .complete)
            #expect(summary.tally.posted == 99 && summary.tally.failed == 1)
            #expect(reports.map(\.order.index) == Array(0..<100))
            #expect(reports.first?.outcome == .undelivered(reason: "it answers 502 (no explanation)"))
        }
    }

    @Test func anAttemptWithoutAnAnswerInTimeIsTriedAgain() async throws {
        let hasty = RetryPolicy(
            attempts: 3, firstDelay: .zero, maxDelay: .zero, attemptTimeout: .milliseconds(300))
        try await OrderServiceDouble.with({ _, attempt in attempt == 1 ? .stall : .accept }) { service in
            let (summary, _) = try await run(3, on: service, policy: hasty)
            #expect(summary.tally.posted == 3)
            #expect(summary.tally.retried >= 3)
        }
    }

    @Test func aCancelledRunEndsAndTellsWhatArrived() async throws {
        let reached = AsyncStream<Void>.makeStream()
        try await OrderServiceDouble.with({ request, _ in
            guard request.key == SeedingPlan(seed: 42).order(at: 5).idempotencyKey else { return .accept }
            reached.continuation.yield()
            return .stall
        }) { service in
            let seeder = OrderSeeder(target: try OrderTarget(service.url), concurrency: 2, policy: policy)
            let reports = Mutex<[SeedingReport]>([])
            let task = Task {
                try await seeder.run(SeedingPlan(count: 1_000_000, seed: 42)) { report in
                    reports.withLock { $0.append(report) }
                }
            }
            for await _ in reached.stream { break }
            task.cancel()
            let summary = try await task.value
            #expect(summary.ending == .cancelled)
            let indices = reports.withLock { $0.map(\.order.index) }
            // One order before it may have been on its way still when the run was cancelled.
            #expect(Set(indices).intersection(0..<5).count >= 4)
            #expect(indices == indices.sorted() && !indices.contains(5))
            #expect(summary.tally.posted == indices.count)
            // Behind the order that stalls no more than a bounded number could be sent.
            #expect(indices.count < 40)
        }
    }

    @Test func anErrorOfTheReportEndsTheRun() async throws {
        struct Enough: Error {}
        try await OrderServiceDouble.with { service in
            let seeder = OrderSeeder(target: try OrderTarget(service.url), policy: policy)
            await #expect(throws: Enough.self) {
                _ = try await seeder.run(SeedingPlan(count: 1_000_000, seed: 42)) { report in
                    if report.order.index == 20 { throw Enough() }
                }
            }
            #expect(service.state.withLock { $0.bodies.count } < 1_000)
        }
    }

    @Test func anEmptyPlanIsCompleteAtOnce() async throws {
        let summary = try await OrderSeeder(target: OrderTarget("http://127.0.0.1:9")).run(
            SeedingPlan(count: 0, seed: 1))
        #expect(summary.ending == .complete && summary.tally.settled == 0)
    }
}

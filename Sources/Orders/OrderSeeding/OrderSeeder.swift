import HTTPConnections

/// Posts the orders of a plan to an order service.
///
/// ```swift
/// let seeder = OrderSeeder(target: try OrderTarget("http://localhost:9001"))
/// let summary = try await seeder.run(SeedingPlan(count: 100, seed: 42)) { report in
///     print(report.tally.settled, report.outcome)
/// }
/// ```
public struct OrderSeeder: Sendable {
    /// The service that gets the orders.
    public var target: OrderTarget
    /// How many orders are on their way at most.
    public var concurrency: Int
    /// Applies to each order separately.
    public var policy: RetryPolicy

    /// - Precondition: `concurrency` is at least 1.
    public init(target: OrderTarget, concurrency: Int = 8, policy: RetryPolicy = RetryPolicy()) {
        precondition(concurrency >= 1, "at least one order is on its way")
        self.target = target
        self.concurrency = concurrency
        self.policy = policy
    }

    /// Posts all orders, and reports each one as it is settled, in the order of the plan.
    ///
    /// A request that couldn't be delivered, that got no answer in time, or that the service asked to repeat (408, 409,
    /// 429, 502, 503, 504) is sent again with the same `Idempotency-Key`, so the service can tell it from a new order.
    /// The run stops early when an order used up its attempts and no other one got an answer meanwhile either, and when
    /// the target has no `POST /orders`.
    ///
    /// Cancelling the task ends the run soon; a cancelled run and one that stopped early are results, not errors.
    ///
    /// - Parameter report: Called for one order after the other; requests go on meanwhile, up to a bound. When the run
    ///   ends early, orders that weren't settled are left out.
    /// - Throws: Only what `report` throws; the run ends then.
    public func run(
        _ plan: SeedingPlan, report: (SeedingReport) async throws -> Void = { _ in }
    ) async throws -> SeedingSummary {
        let client = HTTPConnectionPool(to: target.endpoint, connectTimeout: policy.attemptTimeout)
        do {
            let poster = OrderPoster(client: client, target: target, policy: policy)
            var run = SeedingRun(plan: plan, concurrency: concurrency, poster: poster)
            let summary = try await run.run(report)
            await client.close()
            return summary
        } catch {
            await client.close()
            throw error
        }
    }
}

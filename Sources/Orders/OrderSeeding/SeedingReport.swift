public import FoundationEssentials

/// What became of one order.
public enum SeedingOutcome: Hashable, Sendable {
    /// The service has the order, under this identifier, since this moment or before.
    case posted(id: String, at: Date)
    /// The service doesn't want the order; to try again would change nothing.
    case refused(status: Int, reason: String)
    /// The order couldn't be delivered in all attempts, while other orders could.
    case undelivered(reason: String)
}

/// An order that is settled, and how far the run is.
public struct SeedingReport: Hashable, Sendable {
    /// The order as it was sent.
    public var order: SeededOrder
    /// Final: the order is not sent again in this run.
    public var outcome: SeedingOutcome
    /// Counts this order in.
    public var tally: SeedingTally
}

/// How many orders a run has settled so far.
public struct SeedingTally: Hashable, Sendable {
    /// Orders of the plan, whether or not they were tried.
    public var total: Int
    /// Orders that the service has, including those it had from an earlier run with the same seed.
    public var posted = 0
    /// Orders that were refused, and those that could not be delivered.
    public var failed = 0
    /// Requests beyond the first one of each order.
    public var retried = 0

    /// Orders with a final outcome; equal to ``total`` after a complete run.
    public var settled: Int { posted + failed }
}

/// What a run did.
public struct SeedingSummary: Hashable, Sendable {
    /// How a run ends.
    public enum Ending: Hashable, Sendable {
        /// Each order is settled, posted or not.
        case complete
        /// The task was cancelled. Orders on their way then may have arrived; the same seed doesn't add them twice.
        case cancelled
        /// The target takes no orders; the rest was not tried.
        case stopped(SeedingError)
    }

    /// Why the run is over.
    public var ending: Ending
    /// Counts only the orders that were reported.
    public var tally: SeedingTally
    /// Elapsed time of the whole run, waits between attempts included.
    public var duration: Duration

    /// Posted orders; 0 when nothing took any time.
    public var ordersPerSecond: Double {
        let seconds = duration / .seconds(1)
        return seconds > 0 ? Double(tally.posted) / seconds : 0
    }
}

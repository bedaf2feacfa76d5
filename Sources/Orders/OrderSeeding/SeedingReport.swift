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
    public var order: SeededOrder
    public var outcome: SeedingOutcome
    /// Counts this order in.
    public var tally: SeedingTally
}

/// How many orders a run has settled so far.
public struct SeedingTally: Hashable, Sendable {
    public var total: Int
    public var posted = 0
    public var failed = 0
    /// Requests beyond the first one of each order.
    public var retried = 0

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

    public var ending: Ending
    public var tally: SeedingTally
    public var duration: Duration

    /// Posted orders; 0 when nothing took any time.
    public var ordersPerSecond: Double {
        let seconds = duration / .seconds(1)
        return seconds > 0 ? Double(tally.posted) / seconds : 0
    }
}

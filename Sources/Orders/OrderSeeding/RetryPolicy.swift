/// How often to try an order, and how long to wait in between.
///
/// Waits double from attempt to attempt, up to a limit. Half of each is left to chance, so that orders which failed
/// together don't come back together.
///
/// - SeeAlso: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 ("equal jitter").
public struct RetryPolicy: Hashable, Sendable {
    /// The first one counts, so at least 1.
    public var attempts: Int
    /// The wait after the first attempt; chance shortens it by up to a half.
    public var firstDelay: Duration
    /// Where doubling stops. A longer `Retry-After` of the service is still granted, up to 30 s.
    public var maxDelay: Duration
    /// How long one attempt may take until the whole answer is there.
    public var attemptTimeout: Duration

    /// - Precondition: `attempts` is at least 1, and no duration is negative.
    public init(
        attempts: Int = 6, firstDelay: Duration = .milliseconds(100), maxDelay: Duration = .seconds(2),
        attemptTimeout: Duration = .seconds(10)
    ) {
        precondition(attempts >= 1, "an order is tried at least once")
        precondition(min(firstDelay, maxDelay, attemptTimeout) >= .zero, "a duration is negative")
        self.attempts = attempts
        self.firstDelay = firstDelay
        self.maxDelay = maxDelay
        self.attemptTimeout = attemptTimeout
    }

    /// How long to wait after an attempt, counted from 1.
    ///
    /// - Parameters:
    ///   - requested: What the target asked for in `Retry-After`; a longer wait than ours is granted up to 30 s.
    ///   - chance: In `0..<1`.
    func delay(afterAttempt attempt: Int, requested: Duration?, chance: Double) -> Duration {
        let doubled = firstDelay * (1 << min(attempt - 1, 20))
        let whole = min(doubled, maxDelay)
        let delay = whole / 2 + whole / 2 * chance
        return max(delay, min(requested ?? .zero, .seconds(30)))
    }
}

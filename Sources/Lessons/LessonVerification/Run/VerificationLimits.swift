import Lessons

/// How long a verifier waits before it gives up, in seconds.
public struct VerificationLimits: Sendable {
    /// For one action, unless the lesson says otherwise.
    public var action: Double
    /// For a read that is typed again until its sample holds, where the author marked none.
    public var eventually: Double
    /// For output to change once a program already asks for the next input.
    public var settling: Double
    /// For a program that has printed its sample and runs on, to print something that contradicts it.
    public var grace: Double
    /// For how long a read without a sample is repeated before an update takes what it shows.
    public var steady: Double

    /// For one run of a check script; after it the check could not run.
    public var check: Double
    /// For one background script; `nil` for as long as the lab lasts.
    public var background: Double?
    /// Whether what the lesson says of a page goes before ``action`` and ``check``.
    public var obeysPages: Bool

    /// All in seconds; the defaults are those of `lectern verify`.
    public init(
        action: Double = 60, eventually: Double = 10, settling: Double = 2, grace: Double = 0.2, steady: Double = 1,
        check: Double = 60, background: Double? = nil, obeysPages: Bool = true
    ) {
        self.check = check
        self.background = background
        self.obeysPages = obeysPages
        self.grace = grace
        self.steady = steady
        self.action = action
        self.eventually = eventually
        self.settling = settling
    }
}

extension VerificationLimits {
    func on(_ page: Page) -> Self {
        guard obeysPages else { return self }
        var limits = self
        limits.action = page.settings.timeout ?? action
        limits.check = page.settings.checkTimeout ?? check
        return limits
    }
}

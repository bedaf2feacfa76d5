import Diagnostics
import Lessons
import TerminalSessions

/// What the actions around one say of it.
struct ActionContext {
    /// The action before pressed Ctrl-C.
    var followsInterrupt = false
    /// The lesson interrupts what this starts, so that it needn't end: `ping`, `watch`, `sleep 100`.
    var isInterruptedNext = false
    /// The next action prints `$?`: the page is about the status.
    var isStatusPrinted = false
}

/// The attempts at one action, from its first keys until its samples match or no longer can.
struct ActionAttempts {
    private let run: ActionRun
    private let input: TerminalInput
    private let checks: SampleChecks
    private let hasSamples: Bool
    private let isInterruptedNext: Bool
    /// It only reads, so that it may be typed again.
    private let isRead: Bool
    /// The author says how long it is looked for.
    private let isPatient: Bool
    /// An update takes what the read shows: what has not arrived by then would be missing from the page for ever.
    private let isUnsteady: Bool
    private let start: ContinuousClock.Instant

    private(set) var capture: Capture
    private(set) var judgement: SampleChecks.Judgement
    /// How often it was typed.
    private(set) var count = 1
    /// What a reader of the report should know of the attempts.
    private(set) var note: String?
    private var matchingAttempts = 0

    /// Types the action and judges what it printed.
    init(
        at action: Action, typing input: TerminalInput, samples: [Sample], _ checks: SampleChecks,
        _ context: ActionContext, by run: ActionRun
    ) async throws {
        self.run = run
        self.input = input
        self.checks = checks
        hasSamples = !samples.isEmpty
        isInterruptedNext = context.isInterruptedNext
        let retries = action.directives.retries
        let isPureRead = ReadOnlyCommand.isPureRead(action.text)
        isRead = retries || hasSamples && isPureRead
        isPatient = retries || samples.contains { $0.directives.timeout != nil }
        isUnsteady = run.acceptsDifferences && !hasSamples && (retries || isPureRead)
        start = .now
        try await run.lab.willPerform(action, in: run.terminal)
        capture = try await run.lab.perform(input, in: run.terminal)
        judgement = checks.judge(capture)
    }

    /// Seconds since the first keys.
    var duration: Double { (.now - start).seconds }

    /// Whether it took several attempts to tell.
    var hasWaited: Bool { count > 1 && !isUnsteady }

    /// Looks again, or types a read again, when that can still change the judgement.
    ///
    /// - Returns: `false` once the judgement is final.
    mutating func advance() async throws -> Bool {
        let elapsed = duration
        let left = input.timeout - elapsed
        let isOver = capture.ending.isOver
        switch judgement.decision {
        case .inconclusive where isInterruptedNext && !hasSamples && !isOver:
            let limit = min(input.timeout, run.limits.settling)
            if take(try await run.change(of: capture, within: limit - elapsed)) { return true }
            note = "still runs, to be interrupted by the lesson"
            judgement.decision = .matches
            return false
        case .fails where run.acceptsDifferences && !isOver, .inconclusive where run.acceptsDifferences && !isOver:
            return take(try await rest(within: left))
        // What a read has printed before its end says no more than what it prints as a whole, and that may be typed again.
        case .fails where isRead && hasSamples && !isOver && !judgement.hasFailed:
            return take(try await run.change(of: capture, within: min(left, patience)))
        case .matches where isUnsteady && isOver && elapsed < min(run.limits.steady, input.timeout):
            try await typeAgain()
            return true
        case .matches, .fails: return false
        case .matchesSoFar: return try await lookForErrors()
        case .inconclusive where isOver:
            guard isRead, elapsed < min(patience, input.timeout) else { return false }
            try await typeAgain()
            return true
        case .inconclusive: return take(try await more(within: left))
        }
    }

    /// How long a read that is over is typed again, in seconds.
    private var patience: Double {
        if isPatient { return input.timeout }
        // Less than the sample shows may be data on its way. What is there and differs hardly changes any more.
        let isOnItsWay = judgement.mayStillHold || checks.isShorter(capture)
        return isOnItsWay ? run.limits.eventually : run.limits.settling
    }

    /// - Returns: Whether there is a capture to judge.
    private mutating func take(_ grown: Capture?) -> Bool {
        guard let grown else { return false }
        capture = grown
        judgement = checks.judge(grown)
        return true
    }

    private mutating func typeAgain() async throws {
        count += 1
        try await Task.sleep(for: Self.pause(beforeAttempt: count))
        capture = try await run.lab.perform(input, in: run.terminal)
        judgement = checks.judge(capture)
    }

    /// Reads are typed again soon at first, then less often: the reader of a log wants to see few of them.
    private static func pause(beforeAttempt attempt: Int) -> Duration {
        .milliseconds(min(500, 25 << min(attempt, 5)))
    }

    /// Started well; an error would follow at once.
    private mutating func lookForErrors() async throws -> Bool {
        let later = try await run.lab.resume(capture.token, in: run.terminal, patience: run.limits.grace)
        let isSilent = later.text == capture.text && later.screen == capture.screen
        matchingAttempts += 1
        capture = later
        judgement = checks.judge(capture)
        // One that never falls silent, such as a log that is followed, has held often enough at some time.
        guard judgement.decision == .matchesSoFar, isSilent || matchingAttempts > 5 else { return true }
        judgement.decision = .matches
        return false
    }

    /// The capture grown, or `nil` when it has come to rest though its sample does not match.
    private func rest(within left: Double) async throws -> Capture? {
        if capture.ending == .running { return try await more(within: left) }
        return try await run.change(of: capture, within: min(left, run.limits.settling))
    }

    /// The capture grown, or `nil` when nothing more is to be expected.
    private func more(within left: Double) async throws -> Capture? {
        switch capture.ending {
        case .waiting:
            // The program asks for more input; only something that runs beside it can still print.
            return try await run.change(of: capture, within: min(left, run.limits.settling))
        default:
            if left > 0, let grown = try await run.change(of: capture, within: left) { return grown }
            // Its time is over: this ends it and says what it was doing.
            return try await run.lab.resume(capture.token, in: run.terminal, patience: nil)
        }
    }
}

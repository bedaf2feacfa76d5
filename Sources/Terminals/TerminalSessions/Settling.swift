import PseudoTerminals
import TerminalScreens

/// Why a terminal was found to have settled.
enum Settlement: Hashable {
    case finished
    case continuation
    case prompt(String)
    case waiting
    case quiet
    case paused
    case shellEnded(Int32?)
    case timedOut
}

/// When to look at the foreground program next: soon after output, then less and less often.
private struct LookSchedule {
    private(set) var next: ContinuousClock.Instant
    private var interval: Duration

    init(first interval: Duration) {
        self.interval = interval
        next = .now + interval
    }

    mutating func restart(after interval: Duration) {
        self = LookSchedule(first: interval)
    }

    mutating func backOff(cost: Duration) {
        // Looking must not take a large part of a processor from what it waits for.
        interval = min(max(interval * 2, cost * 4), .milliseconds(200))
        next = .now + interval
    }

    mutating func wait(_ duration: Duration) { next = .now + duration }
}

/// A look that would have settled the matter, had it not to be confirmed.
private struct Candidate {
    var since: ContinuousClock.Instant
    var receivedBytes: Int
    var cpuTicks: UInt64
}

extension TerminalSession {
    private static let pause = Duration.milliseconds(40)
    private static let reportInterval = Duration.milliseconds(250)

    /// Waits until the terminal has settled, by the shell's marks or by looks at the foreground program.
    ///
    /// A look also says that whatever was printed before it has been taken in, so the time isn't over before one that came
    /// after the deadline: on a busy machine this task may itself be late.
    ///
    /// - Parameters:
    ///   - mayPause: Whether paused output is reason enough to return.
    ///   - patience: How many looks there must have been, however late it is.
    func settle(
        until deadline: ContinuousClock.Instant, mayPause: Bool, looking patience: Int = 1
    ) async throws -> Settlement {
        // A shell says itself when it is done; a look is for programs that take over.
        let isInProgram = stage == .running
        var looks = LookSchedule(first: isInProgram ? .milliseconds(1) : .milliseconds(6))
        var lookCount = 0
        var hasLookedInTheEnd = false
        var seen = changes
        var candidate: Candidate?
        while true {
            // Looks come at least every fifth of a second, and with them this.
            try Task.checkCancellation()
            if let failure { throw failure }
            // The next shell may already show its prompt.
            if let end = action?.shellEnd {
                action?.shellEnd = nil
                return .shellEnded(end.status)
            }
            if stage == .prompt { return .finished }
            if stage == .continuation { return .continuation }
            let now = ContinuousClock.now
            let isOver = now >= deadline
            if isOver, hasLookedInTheEnd, lookCount >= patience { return .timedOut }
            var wake = isOver ? looks.next : min(deadline, looks.next)
            if mayPause, stage == .running, let action, receivedBytes > action.reportedBytes {
                let due = min(lastOutput + Self.pause, max(action.reportedAt, action.began) + Self.reportInterval)
                if now >= due { return .paused }
                wake = min(wake, due)
            }
            if now >= looks.next || (isOver && !hasLookedInTheEnd) {
                lookCount += 1
                hasLookedInTheEnd = isOver
                let answers = sentAnswers
                let look = try await line.foreground()
                lastLook = look
                // What the marks say while the look was under way counts more.
                if changes == seen || (stage != .prompt && stage != .continuation && action?.shellEnd == nil) {
                    looks.backOff(cost: .now - now)
                    // A program that waits for the terminal's answer waits for nobody's keys.
                    guard !isAnswering, answers == sentAnswers else { continue }
                    if let end = judge(look, &candidate, &looks) { return end }
                }
                continue
            }
            await waitForChange(since: seen, until: wake)
            if changes != seen {
                seen = changes
                looks.restart(after: screenState.modes.bracketsPaste ? .zero : .milliseconds(1))
            }
        }
    }

    /// What a look means; `nil` when it decides nothing yet.
    private func judge(
        _ look: ForegroundState, _ candidate: inout Candidate?, _ looks: inout LookSchedule
    ) -> Settlement? {
        if let known = candidate, known.receivedBytes != receivedBytes || known.cpuTicks != look.cpuTicks {
            // A program that polls its terminal spends a tick now and then.
            if known.receivedBytes != receivedBytes || !look.isWaitingForTerminal { candidate = nil }
        }
        let now = ContinuousClock.now
        let first = candidate ?? Candidate(since: now, receivedBytes: receivedBytes, cpuTicks: look.cpuTicks)
        let silence = now - first.since
        func confirm(after duration: Duration) -> Bool {
            if silence >= duration { return true }
            candidate = first
            looks.wait(min(duration - silence, .milliseconds(200)))
            return false
        }
        if look.isWaitingForTerminal {
            return isSettled(look, confirm: confirm) ? idle(look) : nil
        }
        guard stage == .running else { return nil }
        if !look.isInspectable {
            // Only its states and its use of the processor are known.
            let sleeps = look.state.allSatisfy { $0 == "S" }
            return sleeps && !look.inputPending && !look.outputPending && confirm(after: .milliseconds(300))
                ? idle(look) : nil
        }
        guard look.listensOnSocket || look.waitsForEvents, quietBytes != receivedBytes else {
            if quietBytes != receivedBytes { candidate = nil }
            return nil
        }
        let patience: Duration =
            prompts.areKnown(of: look.processGroup)
            ? .seconds(10) : look.listensOnSocket ? .milliseconds(300) : .seconds(2)
        guard confirm(after: patience) else { return nil }
        quietBytes = receivedBytes
        return .quiet
    }

    /// Whether a program that waits for its terminal is really done.
    private func isSettled(_ look: ForegroundState, confirm: (Duration) -> Bool) -> Bool {
        // A shell between its end mark and its prompt, without a prompt to show.
        if stage == .ended || stage == .starting { return confirm(.milliseconds(stage == .ended ? 20 : 200)) }
        let left = screenState.textLeftOfCursor
        let isAtPrompt = prompts.match(left, of: look.processGroup) != nil
        if let timeout = look.waitTimeout, timeout < 1 {
            // A program that wakes by itself soon is given the chance to go on.
            return confirm(.seconds(timeout) + .milliseconds(1))
        }
        // Programs with an event loop watch the terminal also while they work: their prompt tells when they are done.
        let isOverdue = !isAtPrompt && prompts.areKnown(of: look.processGroup)
        let isBlank = !screenState.isAlternate && !left.contains { $0 != " " }
        if !look.waitsOnlyForTerminal, isOverdue || isBlank || isBeforeEcho { return confirm(.milliseconds(400)) }
        return true
    }

    /// Whether Return was pressed and the cursor is still in that line: a program that only hands keys on (`script`, `ssh`)
    /// is idle there, with its old prompt left of the cursor.
    private var isBeforeEcho: Bool {
        guard let region, region.pressedReturn, let start = screenState.recordingStart else { return false }
        return screenState.position.line == start.line && region.erasures == screenState.erasures
    }

    private func idle(_ look: ForegroundState) -> Settlement {
        if stage == .ended || stage == .starting {
            stage = .prompt
            promptEnd = screenState.position
            return .finished
        }
        guard !screenState.isAlternate else { return .waiting }
        let left = screenState.textLeftOfCursor
        if let prompt = prompts.match(left, of: look.processGroup) { return .prompt(prompt) }
        prompts.learn(left, of: look.processGroup)
        return .waiting
    }
}

import Diagnostics
import LessonExpectations
import Lessons
import TerminalScreens
import TerminalSessions

/// One action at one terminal: types it, and waits until its samples match or no longer can.
struct ActionRun {
    let lab: any LessonLab
    let limits: VerificationLimits
    let terminal: String
    /// A sample that differs is not a failure, once what was printed has come to rest.
    let acceptsDifferences: Bool
    /// What is typed comes from a script, where no comment could go before it.
    let isScript: Bool

    private let clock = ContinuousClock()

    init(
        lab: any LessonLab, limits: VerificationLimits, terminal: String, acceptsDifferences: Bool = false,
        isScript: Bool = false
    ) {
        self.isScript = isScript
        self.lab = lab
        self.limits = limits
        self.terminal = terminal
        self.acceptsDifferences = acceptsDifferences
    }

    /// - Returns: What it showed, and the last capture, for samples behind later actions.
    func perform(
        _ action: Action, samples: [Sample], _ context: ActionContext = .init()
    ) async throws -> (outcome: ActionOutcome, capture: Capture?) {
        let timeout = samples.compactMap(\.directives.timeout).max() ?? action.directives.timeout ?? limits.action
        let input: TerminalInput
        do {
            input = try Self.input(for: action, timeout: timeout)
        } catch let error as any UserFacingError {
            var outcome = ActionOutcome(action: action, terminal: terminal, verdict: .failed)
            outcome.problem = error.problem
            return (outcome, nil)
        }
        let status = StatusRule(action: action, context)
        let checks = SampleChecks(samples, of: action.text, status: status, isScript: isScript)
        var attempts = try await ActionAttempts(at: action, typing: input, samples: samples, checks, context, by: self)
        while try await attempts.advance() {}
        var outcome = outcome(of: action, after: attempts, timeout: timeout)
        if outcome.verdict == .failed {
            let ending = attempts.capture.ending
            let advice =
                isScript
                ? Advice.forScript(after: ending)
                : Advice.forAction(
                    action.text, after: ending, rule: status, hasSamples: !samples.isEmpty,
                    reportsError: attempts.judgement.hasFailed && attempts.judgement.timeout == nil)
            outcome.notes += [advice].compactMap(\.self)
        }
        // A loop of the shell itself that traps every signal, say.
        if outcome.timeout?.outlivedSignals == true { try await lab.endShell(of: terminal) }
        return (outcome, attempts.capture)
    }

    private func outcome(of action: Action, after attempts: ActionAttempts, timeout: Double) -> ActionOutcome {
        var outcome = ActionOutcome(action: action, terminal: terminal, verdict: .failed)
        let (capture, judgement) = (attempts.capture, attempts.judgement)
        let isGood = judgement.decision == .matches || acceptsDifferences && !judgement.hasFailed
        outcome.attempts = attempts.count
        outcome.duration = attempts.duration
        outcome.samples = judgement.samples
        outcome.verdict = isGood ? .passed : .failed
        outcome.output = isGood ? Self.excerpt(of: capture.text) : capture.text
        outcome.screen = isGood ? [] : capture.screen.lines
        outcome.timeout = judgement.timeout.map { ActionTimeout($0, limit: timeout) }
        outcome.problem = isGood ? nil : outcome.timeout?.description ?? judgement.problem
        outcome.notes += [attempts.note].compactMap(\.self) + (isGood ? judgement.notes : [])
        outcome.showsError = isGood && judgement.showsError
        if attempts.hasWaited {
            let count = "\(attempts.count) attempts in \(Self.time(outcome.duration))"
            outcome.notes.append(isGood ? "matched after \(count)" : "still differed after \(count)")
        }
        outcome.notes += Self.notes(on: capture)
        return outcome
    }

    /// Compares how an earlier action of this terminal went on with a sample behind a later action.
    ///
    /// The sample shows what is new since then; failing that, something that was there already.
    ///
    /// - Returns: How it compared, and a capture whose text is what was compared.
    func follow(_ sample: Sample, from earlier: Capture) async throws -> (SampleOutcome, Capture) {
        let checks = SampleChecks([sample], status: .any)
        let start = clock.now
        let timeout = sample.directives.timeout ?? limits.eventually
        var capture = earlier
        while true {
            var news = capture
            if news.text.hasPrefix(earlier.text) { news.text.removeFirst(earlier.text.count) }
            let judgement = checks.judge(news)
            guard let outcome = judgement.samples.first else { return (Self.ignored(sample), news) }
            if judgement.decision == .matches || judgement.decision == .matchesSoFar { return (outcome, news) }
            let left = timeout - (clock.now - start).seconds
            if judgement.decision == .inconclusive, left > 0, !capture.ending.isOver,
                let grown = try await change(of: capture, within: left)
            {
                capture = grown
                continue
            }
            let whole = checks.judge(capture)
            return whole.samples[0].verdict == .passed ? (whole.samples[0], capture) : (outcome, news)
        }
    }

    private static func ignored(_ sample: Sample) -> SampleOutcome {
        SampleOutcome(place: sample.place, wording: sample.wording, source: sample.directives.source, verdict: .passed)
    }

    /// Looks again until the capture differs; `nil` when it stayed as it was.
    func change(of capture: Capture, within limit: Double) async throws -> Capture? {
        let start = clock.now
        while true {
            let left = limit - (clock.now - start).seconds
            guard left > 0 else { return nil }
            let grown = try await lab.resume(capture.token, in: terminal, patience: left)
            if grown.text != capture.text || grown.screen != capture.screen { return grown }
            // What is over, asks or is quiet differs in kind from what was running.
            if grown.ending != capture.ending, grown.ending != .running { return grown }
        }
    }

    private static func input(for action: Action, timeout: Double) throws -> TerminalInput {
        let keys: TerminalInput.Keys =
            switch action.kind {
            case .keys: .keys(try keySequence(named: action.text))
            case _ where !action.pressesReturn: .text(action.text)
            default: .line(action.text)
            }
        return TerminalInput(keys, interruptsFirst: action.kind == .interrupt, timeout: timeout)
    }

    /// `140 ms`, `2.3 s`.
    private static func time(_ seconds: Double) -> String {
        if seconds < 1 { return "\(Int((seconds * 1000).rounded())) ms" }
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }

    /// What is kept of an output that is as it should be: outcomes of a long lesson stay in memory to its end.
    private static func excerpt(of text: String) -> String {
        let limit = 8 * 1024
        guard text.utf8.count > 2 * limit else { return text }
        var kept = BoundedText(limit: limit)
        kept.append(Array(text.utf8))
        return String(decoding: kept.bytes, as: UTF8.self)
    }

    private static func notes(on capture: Capture) -> [String] {
        var notes = capture.notes
        if case .shellEnded = capture.ending { notes.append("the shell ended; the next action gets a new one") }
        if capture.droppedBytes > 0 {
            notes.append("\(capture.droppedBytes) bytes in the middle of the output were not kept")
        }
        return notes
    }
}

extension ActionTimeout {
    fileprivate init(_ evidence: TimeoutEvidence, limit: Double) {
        self.init(
            limit: limit, program: evidence.command, state: evidence.state,
            isWaitingForTerminal: evidence.isWaitingForTerminal, outlivedSignals: !evidence.wasEnded)
    }
}

extension Capture.Ending {
    /// Whether the action itself is over: what comes later at this terminal belongs to something else.
    var isOver: Bool {
        switch self {
        case .status, .prompt, .shellEnded, .timedOut: true
        case .waiting, .quiet, .running: false
        }
    }
}

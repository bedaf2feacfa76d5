import LessonExpectations
import Lessons
import TerminalScreens
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

/// One action at one terminal: types it, and waits until its samples hold or can hold no more.
struct ActionRun {
    let lab: any LessonLab
    let limits: VerificationLimits
    let terminal: String
    /// A sample that differs is no failure, once what was printed has come to rest.
    let records: Bool
    /// What is typed stands in a file, where no comment could go before it.
    let isScript: Bool

    private let clock = ContinuousClock()

    init(
        lab: any LessonLab, limits: VerificationLimits, terminal: String, records: Bool = false, isScript: Bool = false
    ) {
        self.isScript = isScript
        self.lab = lab
        self.limits = limits
        self.terminal = terminal
        self.records = records
    }

    /// - Returns: What it showed, and the last capture, for samples that stand after later actions.
    func perform(
        _ action: Action, samples: [Expectation], _ context: ActionContext = .init()
    ) async throws -> (outcome: ActionOutcome, capture: Capture?) {
        var outcome = ActionOutcome(action: action, terminal: terminal, verdict: .failed)
        let start = clock.now
        let timeout = samples.compactMap(\.directives.timeout).max() ?? action.directives.timeout ?? limits.action
        let input: TerminalInput
        do {
            input = try Self.input(for: action, timeout: timeout)
        } catch let error as any UserFacingError {
            outcome.problem = error.problem
            return (outcome, nil)
        }
        let status = StatusRule(action: action, context)
        let checks = SampleChecks(samples, of: action.text, status: status)
        let isRead = action.directives.retries || (!samples.isEmpty && PureRead.isPureRead(action.text))
        // What is on its way would be missing from the page for ever.
        let isUnsteady = records && samples.isEmpty && (isRead || PureRead.isPureRead(action.text))
        let isPatient = action.directives.retries || samples.contains { $0.directives.timeout != nil }

        try await lab.willPerform(action, in: terminal)
        var capture = try await lab.perform(input, in: terminal)
        outcome.attempts = 1
        var heldLooks = 0
        var judgement = checks.judge(capture)
        while true {
            let elapsed = (clock.now - start).seconds
            switch judgement.decision {
            case .undecided where context.isInterruptedNext && samples.isEmpty && !capture.ending.isOver:
                guard let grown = try await change(of: capture, within: min(timeout, limits.settling) - elapsed) else {
                    outcome.notes.append("still runs, to be interrupted by the lesson")
                    judgement.decision = .holds
                    break
                }
                capture = grown
                judgement = checks.judge(capture)
                continue
            case .fails where records && !capture.ending.isOver: fallthrough
            case .undecided where records && !capture.ending.isOver:
                guard let grown = try await rest(of: capture, left: timeout - elapsed) else { break }
                capture = grown
                judgement = checks.judge(capture)
                continue
            case .holds where isUnsteady && capture.ending.isOver && elapsed < min(limits.steady, timeout):
                try await clock.sleep(for: Self.pause(beforeAttempt: outcome.attempts + 1))
                capture = try await lab.perform(input, in: terminal)
                outcome.attempts += 1
                judgement = checks.judge(capture)
                continue
            case .holds, .fails: break
            case .undecided where capture.ending.isOver:
                // Less than the sample shows may be data on its way. What is there and differs hardly changes any more.
                let isOnItsWay = judgement.mayStillHold || checks.isShorter(capture)
                let patience = isPatient ? timeout : isOnItsWay ? limits.eventually : limits.settling
                guard isRead, elapsed < min(patience, timeout) else { break }
                try await clock.sleep(for: Self.pause(beforeAttempt: outcome.attempts + 1))
                capture = try await lab.perform(input, in: terminal)
                outcome.attempts += 1
                judgement = checks.judge(capture)
                continue
            case .holdsSoFar:
                // Started well; an error would follow at once.
                let later = try await lab.resume(capture.token, in: terminal, patience: limits.grace)
                let isSilent = later.text == capture.text && later.screen == capture.screen
                heldLooks += 1
                capture = later
                judgement = checks.judge(capture)
                // One that never falls silent, such as a log that is followed, has held often enough at some time.
                guard judgement.decision == .holdsSoFar, isSilent || heldLooks > 5 else { continue }
                judgement.decision = .holds
            case .undecided:
                let left = timeout - elapsed
                guard let grown = try await goOn(after: capture, left: left) else { break }
                capture = grown
                judgement = checks.judge(capture)
                continue
            }
            break
        }
        outcome.duration = (clock.now - start).seconds
        outcome.samples = judgement.samples
        let isGood = judgement.decision == .holds || records && !judgement.hasFailed
        outcome.output = isGood ? Self.excerpt(of: capture.text) : capture.text
        outcome.verdict = isGood ? .passed : .failed
        outcome.timeout = judgement.timeout.map { ActionTimeout($0, limit: timeout) }
        outcome.problem = isGood ? nil : outcome.timeout?.description ?? judgement.problem
        outcome.screen = isGood ? [] : capture.screen.lines
        if outcome.attempts > 1, !isUnsteady {
            let looks = "\(outcome.attempts) looks in \(Self.time(outcome.duration))"
            outcome.notes.append(outcome.verdict == .passed ? "held after \(looks)" : "did not hold in \(looks)")
        }
        outcome.notes += Self.notes(on: capture)
        if !isGood {
            let advice =
                isScript
                ? Self.adviceForScript(on: capture.ending)
                : Self.advice(on: capture.ending, rule: status, hasSamples: !samples.isEmpty)
            outcome.notes += [advice].compactMap(\.self)
        }
        // A loop of the shell itself that traps every signal, say.
        if outcome.timeout?.outlivedSignals == true { try await lab.endShell(of: terminal) }
        return (outcome, capture)
    }

    /// Looks how an earlier action of this terminal went on, for a sample that stands after a later action.
    ///
    /// The sample shows what is new since then; failing that, something that was there already.
    ///
    /// - Returns: How it compared, and a capture whose text is what was compared.
    func follow(_ sample: Expectation, from earlier: Capture) async throws -> (SampleOutcome, Capture) {
        let checks = SampleChecks([sample], status: .any)
        let start = clock.now
        let timeout = sample.directives.timeout ?? limits.eventually
        var capture = earlier
        while true {
            var news = capture
            if news.text.hasPrefix(earlier.text) { news.text.removeFirst(earlier.text.count) }
            let judgement = checks.judge(news)
            guard let outcome = judgement.samples.first else { return (Self.ignored(sample), news) }
            if judgement.decision == .holds || judgement.decision == .holdsSoFar { return (outcome, news) }
            let left = timeout - (clock.now - start).seconds
            if judgement.decision == .undecided, left > 0, !capture.ending.isOver,
                let grown = try await change(of: capture, within: left)
            {
                capture = grown
                continue
            }
            let whole = checks.judge(capture)
            return whole.samples[0].verdict == .passed ? (whole.samples[0], capture) : (outcome, news)
        }
    }

    private static func ignored(_ sample: Expectation) -> SampleOutcome {
        SampleOutcome(place: sample.place, wording: sample.wording, source: sample.directives.source, verdict: .passed)
    }

    /// The capture grown, or `nil` when it has come to rest though its sample does not hold.
    private func rest(of capture: Capture, left: Double) async throws -> Capture? {
        if capture.ending == .running { return try await goOn(after: capture, left: left) }
        return try await change(of: capture, within: min(left, limits.settling))
    }

    /// The capture grown, or `nil` when nothing more is to be expected.
    private func goOn(after capture: Capture, left: Double) async throws -> Capture? {
        switch capture.ending {
        case .waiting:
            // The program asks for more input; only something that runs beside it can still print.
            return try await change(of: capture, within: min(left, limits.settling))
        default:
            if left > 0, let grown = try await change(of: capture, within: left) { return grown }
            // Its time is over: this ends it and says what it was doing.
            return try await lab.resume(capture.token, in: terminal, patience: nil)
        }
    }

    /// Looks again until the capture differs; `nil` when it stayed as it was.
    private func change(of capture: Capture, within limit: Double) async throws -> Capture? {
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

    /// Reads are typed again soon at first, then less often: the reader of a log wants to see few of them.
    private static func pause(beforeAttempt attempt: Int) -> Duration {
        .milliseconds(min(500, 25 << min(attempt, 5)))
    }

    /// What is kept of an output that is as it should be: outcomes of a long lesson stay in memory to its end.
    private static func excerpt(of text: String) -> String {
        let limit = 8 * 1024
        guard text.utf8.count > 2 * limit else { return text }
        var kept = BoundedText(limit: limit)
        kept.append(Array(text.utf8))
        return String(decoding: kept.bytes, as: UTF8.self)
    }

    private static func advice(on ending: Capture.Ending, rule: StatusRule, hasSamples: Bool) -> String? {
        switch ending {
        case .waiting: "the program waits for input"
        case .status(127) where !rule.allows(127) && !hasSamples:
            "if it is meant to fail, write '<!-- lectern: status=127 -->' before it; else the lab has no such program"
        case .status(let status) where !rule.allows(status) && !hasSamples:
            "if it is meant to fail, write '<!-- lectern: \(rule.directive(adding: status)) -->' before it"
        case .timedOut(let evidence) where evidence.isWaitingForTerminal:
            "if the reader is to answer it, give the answer as the next action"
        case .timedOut where !hasSamples:
            "if it needs longer, write '<!-- lectern: timeout=5m -->' before it; if it is to run on, show what it prints"
        case .timedOut: "if it needs longer, write '<!-- lectern: timeout=5m -->' before it"
        default: nil
        }
    }

    private static func adviceForScript(on ending: Capture.Ending) -> String? {
        switch ending {
        case .waiting: "the program waits for input"
        case .timedOut: "if it needs longer, write \"timeout\": \"5m\" under 'lectern' in the lesson's index.json"
        default: nil
        }
    }

    private static func notes(on capture: Capture) -> [String] {
        var notes = capture.notes
        if case .shellEnded = capture.ending { notes.append("the shell ended; the next action gets a new one") }
        if capture.droppedBytes > 0 {
            notes.append("\(capture.droppedBytes) bytes in the middle of the output weren't kept")
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

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
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

public import Lessons
import TerminalScreens
import TerminalSessions

/// Runs a lesson's actions in a lab, one after the other, and compares what they print with the samples on the page.
///
/// The first part that fails ends the run: what comes after it stands on it. A lesson that says something else than the
/// program is a result; only a broken lab throws.
public struct LessonVerifier: Sendable {
    private let lab: any LessonLab
    private let limits: VerificationLimits
    private let purpose: RunPurpose
    private let listener: @Sendable (VerificationEvent) -> Void

    public init(
        lab: any LessonLab, limits: VerificationLimits = .init(), purpose: RunPurpose = .verifying,
        listener: @escaping @Sendable (VerificationEvent) -> Void = { _ in }
    ) {
        self.lab = lab
        self.limits = limits
        self.purpose = purpose
        self.listener = listener
    }

    /// Verifies the pages of a scenario in reading order.
    ///
    /// - Parameter steps: The numbers of the steps to run, intro and finish left out; `nil` for everything. Steps before
    ///   them aren't run, so this is for a lab in which they were.
    /// - Throws: What the lab throws, and `CancellationError`. Outcomes until then went to the listener.
    public func verify(_ scenario: Scenario, steps: ClosedRange<Int>? = nil) async throws -> [PageOutcome] {
        var run = Run(lab: lab, limits: limits, purpose: purpose, listener: listener)
        var outcomes: [PageOutcome] = []
        for page in scenario.pages where Self.isWanted(page, steps) {
            outcomes.append(try await run.verify(page))
        }
        return outcomes
    }

    private static func isWanted(_ page: Page, _ steps: ClosedRange<Int>?) -> Bool {
        guard let steps else { return true }
        guard case .step(let number) = page.role else { return false }
        return steps.contains(number)
    }
}

/// One walk through a lesson: which terminal was used last, and whether a part failed.
private struct Run {
    let lab: any LessonLab
    let limits: VerificationLimits
    let purpose: RunPurpose
    let listener: @Sendable (VerificationEvent) -> Void
    /// Terminals in which a program draws the whole screen.
    var fullScreens: Set<String> = []
    /// A macro without a terminal goes to the one used last.
    var lastTerminal = "T1"
    var hasFailed = false

    mutating func verify(_ page: Page) async throws -> PageOutcome {
        var outcome = PageOutcome(page: page)
        if !hasFailed { listener(.pageStarted(page)) }
        // For samples that show how an earlier action went on while others were typed elsewhere.
        var captures: [Int: (terminal: String, capture: Capture)] = [:]
        for (index, action) in page.actions.enumerated() {
            let next = index + 1 < page.actions.count ? page.actions[index + 1].place : nil
            let samples = page.expectations.filter { sample in
                sample.place > action.place && (next.map { sample.place < $0 } ?? true)
            }
            let terminal = terminal(for: action)
            guard !hasFailed else {
                outcome.actions.append(ActionOutcome(action: action, terminal: terminal, verdict: .notRun))
                continue
            }
            try Task.checkCancellation()
            listener(.actionStarted(action, terminal: terminal))
            var (ended, capture) = try await perform(
                action, in: terminal, samples: samples.filter { $0.action == index },
                followsInterrupt: index > 0 && Self.interrupts(page.actions[index - 1]))
            if let terminal, let capture {
                captures[index] = (terminal, capture)
                note(capture, of: index, ended, in: terminal, on: page)
            }
            for sample in samples where sample.action != index && ended.verdict == .passed {
                guard let earlier = captures[sample.action] else { continue }
                let run = ActionRun(lab: lab, limits: limits, terminal: earlier.terminal)
                let (followed, news) = try await run.follow(sample, from: earlier.capture)
                purpose.note(
                    Sighting(action: sample.action, sample: sample.place, of: news, problem: nil), on: page)
                if purpose.records { ended.samples.append(followed) } else { ended.add(followed) }
            }
            hasFailed = ended.verdict != .passed
            outcome.actions.append(ended)
            listener(.actionEnded(ended))
        }
        for link in page.links {
            let looked = try await look(at: link, on: page)
            hasFailed = hasFailed || looked.verdict == .failed
            outcome.links.append(looked)
            if looked.verdict != .notRun || !hasFailed { listener(.linkLooked(looked)) }
        }
        return outcome
    }

    private mutating func note(
        _ capture: Capture, of action: Int, _ outcome: ActionOutcome, in terminal: String, on page: Page
    ) {
        let wasFullScreen = fullScreens.contains(terminal)
        if capture.isAlternateScreen { fullScreens.insert(terminal) } else { fullScreens.remove(terminal) }
        var sighting = Sighting(action: action, of: capture, problem: outcome.problem)
        sighting.isFullScreen = sighting.isFullScreen || wasFullScreen
        purpose.note(sighting, on: page)
    }

    private mutating func terminal(for action: Action) -> String? {
        guard ![.copy, .open].contains(action.kind) else { return nil }
        if let number = action.terminal ?? action.host { lastTerminal = "T\(number)" }
        return lastTerminal
    }

    private static func interrupts(_ action: Action) -> Bool {
        action.kind == .interrupt || (action.kind == .keys && action.text.trimmed == "^C")
    }

    private func perform(
        _ action: Action, in terminal: String?, samples: [Expectation], followsInterrupt: Bool
    ) async throws -> (outcome: ActionOutcome, capture: Capture?) {
        guard let terminal else { return (try await withoutTerminal(action), nil) }
        let run = ActionRun(lab: lab, limits: limits, terminal: terminal, records: purpose.records)
        var (outcome, capture) = try await run.perform(action, samples: samples, followsInterrupt: followsInterrupt)
        if let host = action.host, host > 1 {
            outcome.notes.append("HOST\(host) has no machine of its own here; typed into \(terminal)")
        }
        return (outcome, capture)
    }

    /// Clicks that type nothing: there is no clipboard to look at, and a file to open must be there.
    private func withoutTerminal(_ action: Action) async throws -> ActionOutcome {
        var outcome = ActionOutcome(action: action, verdict: .passed)
        if action.kind == .open {
            outcome.notes.append("no editor here; looked whether the file is there")
            if try await !lab.exists(action.text.trimmed) {
                outcome.verdict = .failed
                outcome.problem = "the file '\(action.text.trimmed)' isn't in the workspace"
            }
        }
        return outcome
    }

    private func look(at link: Link, on page: Page) async throws -> LinkOutcome {
        guard !hasFailed else { return LinkOutcome(link: link, verdict: .notRun, problem: "not reached") }
        switch link.target {
        case .world:
            return LinkOutcome(link: link, verdict: .notRun, problem: "not followed")
        case .file(let path):
            let found = LessonFiles.exists(path, besides: page.file)
            return LinkOutcome(
                link: link, verdict: found ? .passed : .failed, problem: found ? nil : "the file '\(path)' is missing")
        case .labPort(let port, let path):
            guard let status = try await lab.status(ofPort: port, path: path) else {
                return LinkOutcome(link: link, verdict: .failed, problem: "nothing answers on the lab's port \(port)")
            }
            // A page that asks who comes there is a page that answers.
            let isGood = status < 400 || status == 401 || status == 403
            return LinkOutcome(
                link: link, verdict: isGood ? .passed : .failed,
                problem: isGood ? nil : "the lab's port \(port) answers \(path) with HTTP status \(status)")
        }
    }
}

extension Sighting {
    fileprivate init(action: Int, sample: SourcePlace? = nil, of capture: Capture, problem: String?) {
        let state: State =
            switch capture.ending {
            case .status, .prompt, .timedOut: .finished
            case .quiet, .running: .runningOn
            case .waiting: .asking
            case .shellEnded: .ended
            }
        self.init(
            action: action, sample: sample, text: JobNotices.removed(from: capture.text), state: state,
            screen: capture.screen.lines, isFullScreen: capture.isAlternateScreen, problem: problem)
    }
}

extension ActionOutcome {
    mutating func add(_ sample: SampleOutcome) {
        samples.append(sample)
        guard sample.verdict != .passed else { return }
        verdict = sample.verdict
        problem = problem ?? "the output differs from the sample at \(sample.place)"
    }
}

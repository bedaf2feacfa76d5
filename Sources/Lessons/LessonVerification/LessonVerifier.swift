import Diagnostics
public import Lessons
import TerminalScreens
import TerminalSessions

/// Runs a lesson's actions in a lab, one after the other, and compares what they print with the samples on the page.
///
/// The first part that fails ends the run, unless it is to keep going: what comes after it stands on it. A lesson that says something else than the
/// program is a result; only a broken lab throws.
public struct LessonVerifier: Sendable {
    private let lab: any LessonLab
    private let limits: VerificationLimits
    private let purpose: RunPurpose
    private let keepsGoing: Bool
    private let listener: @Sendable (VerificationEvent) -> Void

    /// - Parameter keepsGoing: Whether the run goes on after an action, a file block, a link or a check that failed; see
    ///   ``ActionOutcome/consequenceOf``. A script of the lesson that failed still ends it, and so does what can't be told.
    public init(
        lab: any LessonLab, limits: VerificationLimits = .init(), purpose: RunPurpose = .verifying,
        keepsGoing: Bool = false, listener: @escaping @Sendable (VerificationEvent) -> Void = { _ in }
    ) {
        self.lab = lab
        self.limits = limits
        self.purpose = purpose
        self.keepsGoing = keepsGoing
        self.listener = listener
    }

    /// Verifies the pages of a scenario in reading order.
    ///
    /// The lab must be ready for the lesson, its assets placed. The scripts of the intro belong to the lesson's start: they run
    /// whatever steps are wanted, and not again in a lab that remembers them (``LessonLab/started(_:)``).
    ///
    /// - Parameters:
    ///   - materials: What the lesson brings along beside its pages.
    ///   - steps: The numbers of the steps to run, intro and finish left out; `nil` for everything. Steps before
    ///     them aren't run, so this is for a lab in which they were.
    /// - Throws: What the lab throws, and `CancellationError`. Outcomes until then went to the listener.
    public func verify(
        _ scenario: Scenario, materials: LessonMaterials = .init(), steps: ClosedRange<Int>? = nil
    ) async throws -> [PageOutcome] {
        let scripts = LessonScripts(lab: lab, scenario: scenario, materials: materials)
        var run = Run(lab: lab, limits: limits, purpose: purpose, listener: listener, scripts: scripts)
        run.consequences = keepsGoing ? Consequences() : nil
        let runsIntro = try await !lab.started(scenario.directory).contains(.scripts)
        var outcomes: [PageOutcome] = []
        do {
            for page in scenario.pages {
                let isWanted = Self.isWanted(page, steps)
                guard isWanted || page.role == .intro && runsIntro && page.scripts.runsSomething else { continue }
                outcomes.append(try await run.verify(page, .init(of: page, scenario, isWanted: isWanted, runsIntro)))
                await run.collectBackground(into: &outcomes, last: false)
            }
            await run.collectBackground(into: &outcomes, last: true)
        } catch {
            await run.background.cancel()
            throw error
        }
        return outcomes
    }

    private static func isWanted(_ page: Page, _ steps: ClosedRange<Int>?) -> Bool {
        guard let steps else { return true }
        guard case .step(let number) = page.role else { return false }
        return steps.contains(number)
    }
}

/// Which parts of a page are gone through.
struct PageScope {
    var hasScripts: Bool
    var hasText: Bool
    var note: String?

    init(of page: Page, _ scenario: Scenario, isWanted: Bool, _ runsIntro: Bool) {
        let platform = scenario.platform
        let isHidden = page.role == .intro && platform.hidesIntro || page.role == .finish && platform.hidesFinish
        hasScripts = page.role != .intro || runsIntro
        hasText = isWanted && !isHidden
        guard isHidden, !page.actions.isEmpty || !page.fileBlocks.isEmpty else { return }
        note = "the page is hidden by 'index.json'; what it would click is not run"
    }
}

/// One walk through a lesson: which terminal was used last, and whether a part failed.
struct Run {
    let lab: any LessonLab
    var limits: VerificationLimits
    let purpose: RunPurpose
    let listener: @Sendable (VerificationEvent) -> Void
    let scripts: LessonScripts
    let background = BackgroundScripts()
    /// Terminals in which a program draws the whole screen.
    var fullScreens: Set<String> = []
    private var misplaced = MisplacedCommands()
    /// What failed so far, in a run that goes on nevertheless; `nil` in one that ends with the first failure.
    var consequences: Consequences?
    /// A macro without a terminal goes to the one used last.
    var lastTerminal = "T1"
    var hasFailed = false
    /// How many pages were started.
    var pageCount = 0
    private var sizedTerminals: Set<String> = []

    init(
        lab: any LessonLab, limits: VerificationLimits, purpose: RunPurpose,
        listener: @escaping @Sendable (VerificationEvent) -> Void, scripts: LessonScripts
    ) {
        self.lab = lab
        self.limits = limits
        self.purpose = purpose
        self.listener = listener
        self.scripts = scripts
    }

    mutating func verify(_ page: Page, _ scope: PageScope) async throws -> PageOutcome {
        let ofScenario = limits
        limits = limits.on(page)
        defer {
            limits = ofScenario
            pageCount += 1
        }
        var outcome = PageOutcome(page: page)
        outcome.notes += [scope.note].compactMap(\.self)
        if !hasFailed { listener(.pageStarted(page)) }
        if scope.hasScripts { try await startScripts(of: page, &outcome) }
        guard scope.hasText else { return outcome }
        if scripts.isTask(page) {
            try await verifyTask(page, &outcome)
        } else {
            try await walk(page, &outcome)
        }
        for link in page.links {
            if !hasFailed { listener(.linkOpened(link)) }
            let looked = try await look(at: link, on: page)
            if looked.verdict == .failed, consequences == nil { hasFailed = true }
            outcome.links.append(looked)
            if looked.verdict != .notRun || !hasFailed { listener(.linkChecked(looked)) }
        }
        if !scripts.isTask(page) { try await check(page, &outcome) }
        examine(page.quizzes, &outcome)
        return outcome
    }

    /// Clicks what there is to click on a page, from top to bottom.
    mutating func walk(_ page: Page, _ outcome: inout PageOutcome) async throws {
        var blocks = page.fileBlocks[...]
        // For samples that show how an earlier action went on while others were typed elsewhere. A capture has a whole
        // screen, so only those that will be looked at again are kept.
        var captures: [Int: (terminal: String, capture: Capture)] = [:]
        let samplesByAction = page.samplesByAction
        let followed = Set(
            samplesByAction.enumerated().flatMap { index, samples in
                samples.map(\.action).filter { $0 != index }
            })
        for (index, action) in page.actions.enumerated() {
            let samples = samplesByAction[index]
            while let block = blocks.first, block.place < action.place {
                try await click(blocks.removeFirst(), &outcome)
            }
            let terminal = terminal(for: action)
            guard !hasFailed else {
                outcome.actions.append(ActionOutcome(action: action, terminal: terminal, verdict: .notRun))
                continue
            }
            try Task.checkCancellation()
            listener(.actionStarted(action, terminal: terminal))
            var (ended, capture) = try await perform(
                action, in: terminal, samples: samples.filter { $0.action == index }.map(\.withLabAddresses),
                context(of: index, in: terminal, on: page))
            if let terminal, let capture {
                ended.takenBy = MisplacedCommands.taker(of: action, typedInto: capture.program)
                ended.notes += [misplaced.note(on: action, typedInto: capture.program, in: terminal)].compactMap(\.self)
                if followed.contains(index) { captures[index] = (terminal, capture) }
                note(capture, of: index, ended, in: terminal, on: page)
            }
            for sample in samples where sample.action != index && ended.verdict == .passed {
                guard let earlier = captures[sample.action] else { continue }
                let run = ActionRun(lab: lab, limits: limits, terminal: earlier.terminal)
                let (followed, news) = try await run.follow(sample.withLabAddresses, from: earlier.capture)
                purpose.note(
                    ObservedOutput(action: sample.action, sample: sample.place, of: news, problem: nil), on: page)
                if purpose.records { ended.samples.append(followed) } else { ended.add(followed) }
            }
            conclude(&ended, in: terminal)
            outcome.actions.append(ended)
            listener(.actionEnded(ended))
        }
        for block in blocks { try await click(block, &outcome) }
    }

    /// Decides whether what comes after an action is still gone through.
    private mutating func conclude(_ outcome: inout ActionOutcome, in terminal: String?) {
        guard outcome.verdict == .failed, consequences != nil else {
            hasFailed = outcome.verdict != .passed
            return
        }
        if let cause = consequences?.note(failureOf: outcome.action, in: terminal) {
            outcome.consequenceOf = cause.place
            outcome.notes.append("perhaps a consequence of \(cause.place), which names '\(cause.name)' too")
        }
    }

    private mutating func note(
        _ capture: Capture, of action: Int, _ outcome: ActionOutcome, in terminal: String, on page: Page
    ) {
        let wasFullScreen = fullScreens.contains(terminal)
        if capture.isAlternateScreen { fullScreens.insert(terminal) } else { fullScreens.remove(terminal) }
        var observed = ObservedOutput(
            action: action, of: capture, problem: outcome.problem, command: outcome.action.text)
        observed.isFullScreen = observed.isFullScreen || wasFullScreen
        purpose.note(observed, on: page)
    }

    private mutating func terminal(for action: Action) -> String? {
        guard ![.copy, .open].contains(action.kind) else { return nil }
        if let number = action.terminal ?? action.host { lastTerminal = "T\(number)" }
        return lastTerminal
    }

    private static func interrupts(_ action: Action) -> Bool {
        action.kind == .interrupt || (action.kind == .keys && action.text.trimmed == "^C")
    }

    private func context(of index: Int, in terminal: String?, on page: Page) -> ActionContext {
        let rest = page.actions[(index + 1)...]
        return ActionContext(
            followsInterrupt: index > 0 && Self.interrupts(page.actions[index - 1]),
            isInterruptedNext: isInterrupted(in: terminal, by: rest),
            isStatusPrinted: rest.first?.text.contains("$?") ?? false)
    }

    /// Whether the next of these actions that goes to the terminal stops what runs there.
    private func isInterrupted(in terminal: String?, by actions: ArraySlice<Action>) -> Bool {
        guard let terminal else { return false }
        var last = lastTerminal
        for action in actions where ![.copy, .open].contains(action.kind) {
            if let number = action.terminal ?? action.host { last = "T\(number)" }
            guard last == terminal else { continue }
            return Self.interrupts(action) || action.kind == .keys && ["^\\", "^Z"].contains(action.text.trimmed)
        }
        return false
    }

    /// Gives a terminal the size that the lesson asks for, before anything is typed into it.
    mutating func prepare(_ terminal: String) async throws {
        guard let size = scripts.scenario.settings.terminals, sizedTerminals.insert(terminal).inserted else { return }
        try await lab.resize(terminal, columns: size.columns, rows: size.rows)
    }

    private mutating func perform(
        _ action: Action, in terminal: String?, samples: [Sample], _ context: ActionContext
    ) async throws -> (outcome: ActionOutcome, capture: Capture?) {
        guard let terminal else { return (try await withoutTerminal(action), nil) }
        try await prepare(terminal)
        let run = ActionRun(lab: lab, limits: limits, terminal: terminal, records: purpose.records)
        var (outcome, capture) = try await run.perform(
            action.withLabAddresses, samples: samples, context)
        outcome.action = action
        if let host = action.host, host > 1 {
            outcome.notes.append("HOST\(host) has no machine of its own here; typed into \(terminal)")
        }
        return (outcome, capture)
    }

    func look(at link: Link, on page: Page) async throws -> LinkOutcome {
        guard !hasFailed else { return LinkOutcome(link: link, verdict: .notRun, problem: "not reached") }
        switch link.target {
        case .external:
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

extension ObservedOutput {
    fileprivate init(
        action: Int, sample: SourcePlace? = nil, of capture: Capture, problem: String?, command: String = ""
    ) {
        let state: State =
            switch capture.ending {
            case .status, .prompt, .timedOut: .finished
            case .quiet, .running: .runningOn
            case .waiting: .asking
            case .shellEnded: .ended
            }
        self.init(
            action: action, sample: sample, text: JobNotices.removed(from: capture.text, of: command), state: state,
            screen: capture.screen.lines, isFullScreen: capture.isAlternateScreen, problem: problem)
    }
}

extension Page {
    /// For each action, the samples that stand between it and the next one.
    fileprivate var samplesByAction: [[Sample]] {
        var groups = [[Sample]](repeating: [], count: actions.count)
        var next = 0
        for sample in samples.sorted(by: { $0.place < $1.place }) {
            while next < actions.count, actions[next].place < sample.place { next += 1 }
            if next > 0 { groups[next - 1].append(sample) }
        }
        return groups
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

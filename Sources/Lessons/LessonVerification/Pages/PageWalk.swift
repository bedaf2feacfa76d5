import Diagnostics
import Lessons
import TerminalScreens
import TerminalSessions

/// Clicks what there is to click on a page, from top to bottom.
struct PageWalk {
    private struct Earlier {
        var terminal: String
        var capture: Capture
    }

    private let context: RunContext
    private let page: Page
    /// For each action, the samples between it and the next one.
    private let samples: [[Sample]]
    /// The actions that a sample behind a later action belongs to.
    private let followed: Set<Int>

    init(of page: Page, in context: RunContext) {
        self.context = context
        self.page = page
        let samples = page.samplesByAction
        self.samples = samples
        followed = Set(
            samples.enumerated().flatMap { index, samples in samples.map(\.action).filter { $0 != index } })
    }

    /// - Returns: An outcome for each action and file block; those after the end of the run are `.notRun`.
    func run() async throws -> PageParts {
        let editor = EditorClicks(in: context)
        var parts = PageParts()
        var blocks = page.fileBlocks[...]
        // For samples that show how an earlier action went on while others were typed elsewhere. A capture has a whole
        // screen, so only those that are needed again are kept.
        var captures: [Int: Earlier] = [:]
        for (index, action) in page.actions.enumerated() {
            while let block = blocks.first, block.place < action.place {
                blocks.removeFirst()
                parts.fileBlocks.append(try await editor.click(block))
            }
            let terminal = context.state.terminals.terminal(for: action)
            guard !context.isStopped else {
                parts.actions.append(ActionOutcome(action: action, terminal: terminal, verdict: .notRun))
                continue
            }
            try Task.checkCancellation()
            context.listener(.actionStarted(action, terminal: terminal))
            var outcome: ActionOutcome
            if let terminal {
                let capture: Capture?
                (outcome, capture) = try await perform(index, in: terminal)
                if followed.contains(index), let capture {
                    captures[index] = Earlier(terminal: terminal, capture: capture)
                }
            } else {
                outcome = try await editor.perform(action)
            }
            if outcome.verdict == .passed { outcome = try await follow(captures, after: index, outcome) }
            outcome = context.state.conclude(outcome)
            parts.actions.append(outcome)
            context.listener(.actionEnded(outcome))
        }
        for block in blocks { parts.fileBlocks.append(try await editor.click(block)) }
        return parts
    }

    /// Types an action and compares what it prints with its own samples.
    private func perform(
        _ index: Int, in terminal: String
    ) async throws -> (outcome: ActionOutcome, capture: Capture?) {
        let action = page.actions[index]
        let own = samples[index].filter { $0.action == index }.map(\.withLabAddresses)
        let surroundings = surroundings(of: index, in: terminal)
        try await context.prepare(terminal)
        let run = ActionRun(
            lab: context.lab, limits: context.limits, terminal: terminal, acceptsDifferences: context.purpose.updates)
        var (outcome, capture) = try await run.perform(action.withLabAddresses, samples: own, surroundings)
        outcome.action = action
        if let host = action.host, host > 1 {
            outcome.notes.append("HOST\(host) has no machine of its own here; typed into \(terminal)")
        }
        guard let capture else { return (outcome, nil) }
        outcome.takenBy = MisplacedCommands.taker(of: action, typedInto: capture.program)
        let remark = context.state.terminals.remark(on: action, typedInto: capture.program, in: terminal)
        outcome.notes += [remark].compactMap(\.self)
        let wasFullScreen = context.state.terminals.setFullScreen(capture.isAlternateScreen, in: terminal)
        var observed = ObservedOutput(action: index, of: capture, problem: outcome.problem, command: action.text)
        observed.isFullScreen = observed.isFullScreen || wasFullScreen
        context.purpose.report(observed, on: page)
        return (outcome, capture)
    }

    /// Compares the samples behind an action that show how earlier ones went on.
    ///
    /// - Returns: The outcome of the action with theirs.
    private func follow(
        _ captures: [Int: Earlier], after index: Int, _ outcome: ActionOutcome
    ) async throws -> ActionOutcome {
        var outcome = outcome
        for sample in samples[index] where sample.action != index && outcome.verdict == .passed {
            guard let earlier = captures[sample.action] else { continue }
            let run = ActionRun(lab: context.lab, limits: context.limits, terminal: earlier.terminal)
            let (followed, news) = try await run.follow(sample.withLabAddresses, from: earlier.capture)
            context.purpose.report(
                ObservedOutput(action: sample.action, sample: sample.place, of: news, problem: nil), on: page)
            outcome.samples.append(followed)
            guard !context.purpose.updates, followed.verdict != .passed else { continue }
            outcome.verdict = followed.verdict
            outcome.problem = outcome.problem ?? "the output differs from the sample at \(followed.place)"
        }
        return outcome
    }

    private func surroundings(of index: Int, in terminal: String) -> ActionContext {
        let rest = page.actions[(index + 1)...]
        return ActionContext(
            followsInterrupt: index > 0 && page.actions[index - 1].interrupts,
            isInterruptedNext: context.state.terminals.isInterrupted(terminal, by: rest),
            isStatusPrinted: rest.first?.text.contains("$?") ?? false)
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
    /// For each action, the samples between it and the next one.
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

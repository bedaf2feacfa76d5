import Diagnostics
import Lessons
import TerminalSessions

/// What runs when a page is first shown.
extension Run {
    mutating func startScripts(of page: Page, _ outcome: inout PageOutcome) async throws {
        try await startBackground(of: page, &outcome)
        try await typeForeground(of: page, &outcome)
        // A reader takes a moment before the first click; a short background script is done by then.
        if page.scripts.background != nil, !hasFailed { await background.settle(within: limits.settling) }
        guard page.role == .intro else { return }
        try await awaitChallenge(page, &outcome)
        guard !hasFailed, page.scripts.runsSomething else { return }
        try await lab.note(.scripts, of: scripts.scenario.directory, isDone: true)
    }

    mutating func end(_ script: ScriptOutcome, _ outcome: inout PageOutcome) {
        outcome.scripts.append(script)
        if script.verdict != .notRun { listener(.scriptEnded(script, page: pageCount)) }
        // A check tells what went wrong before it; what follows it doesn't stand on it.
        let isLook = script.kind == .verify && consequences != nil
        if script.verdict == .failed && !isLook || script.verdict == .inconclusive { hasFailed = true }
    }

    /// Types the script's lines, each when the one before is done, as a block of the page.
    private mutating func typeForeground(of page: Page, _ outcome: inout PageOutcome) async throws {
        guard var text = scripts.text(.foreground, of: page) else { return }
        var script = scripts.outcome(.foreground, .foreground, of: page)
        script.terminal = lastTerminal
        guard !hasFailed else {
            script.verdict = .notRun
            return end(script, &outcome)
        }
        while text.last?.isWhitespace == true { text.removeLast() }
        guard !text.isEmpty else { return end(script, &outcome) }
        listener(.scriptStarted(.foreground, file: script.file, terminal: lastTerminal))
        try await prepare(lastTerminal)
        let place = script.place ?? SourcePlace(file: script.file, line: 1)
        let run = ActionRun(lab: lab, limits: limits, terminal: lastTerminal, isScript: true)
        let (typed, capture) = try await run.perform(
            Action(place: place, text: text), samples: [])
        script.verdict = typed.verdict
        script.duration = typed.duration
        script.status = capture?.ending.exitStatus
        script.problem = typed.problem
        script.output = typed.output.tail
        script.screen = typed.screen
        script.timeout = typed.timeout
        script.notes = typed.notes
        end(script, &outcome)
    }

    /// Starts the script hidden; it's heard of again when it ends.
    private mutating func startBackground(of page: Page, _ outcome: inout PageOutcome) async throws {
        guard let text = scripts.text(.background, of: page), let path = page.scripts.background else { return }
        let script = scripts.outcome(.background, .background, of: page)
        guard !hasFailed else {
            var script = script
            script.verdict = .notRun
            return end(script, &outcome)
        }
        listener(.scriptStarted(.background, file: script.file, terminal: nil))
        let installed = try await scripts.install(text, as: path, for: page)
        let log = "/var/log/killercoda/\(page.role.name)-background.log"
        let watch = try await ScriptWatch.install(beside: installed, in: lab)
        let hidden = HiddenScript(
            lab: lab, installed: installed, log: log, timeout: limits.background, watch: watch)
        await background.start(script, page: pageCount) { try await hidden.run(script) }
    }

    /// Adds the background scripts that have ended to their pages.
    ///
    /// - Parameter last: After the lesson's last page: those that are about to end get a moment.
    mutating func collectBackground(into outcomes: inout [PageOutcome], last: Bool) async {
        if last, !hasFailed { await background.settle(within: limits.settling) }
        var ended = await background.takeEnded()
        if last {
            ended += await background.cancel().map { left in
                var left = left
                left.outcome.notes.append("still runs at the end of the lesson")
                return left
            }
        }
        for script in ended where outcomes.indices.contains(script.page) {
            outcomes[script.page].scripts.append(script.outcome)
            if script.outcome.verdict == .failed, outcomes[script.page].role == .intro {
                // A start that failed late is none; a lab that is gone has nothing to remember.
                try? await lab.note(.scripts, of: scripts.scenario.directory, isDone: false)
            }
            listener(.scriptEnded(script.outcome, page: script.page))
        }
    }

    /// A challenge begins once its background script has made a file.
    private mutating func awaitChallenge(_ page: Page, _ outcome: inout PageOutcome) async throws {
        guard scripts.scenario.platform.challengeVersion != nil, page.scripts.background != nil, !hasFailed else {
            return
        }
        let start = ContinuousClock.now
        var pause = Duration.milliseconds(5)
        while try await !lab.exists(Self.challengeMark) {
            let waited = (ContinuousClock.now - start).seconds
            guard await background.isRunning else {
                // One more look: the script may have ended between the two.
                if try await !lab.exists(Self.challengeMark) {
                    outcome.notes.append("no script makes '\(Self.challengeMark)', for which Katacoda waits")
                }
                return
            }
            guard waited < limits.action else {
                var script = scripts.outcome(.start, .background, of: page)
                script.verdict = .failed
                script.duration = waited
                script.problem =
                    "'\(Self.challengeMark)' is not there after \(Int(limits.action)) s, so the challenge never begins"
                return end(script, &outcome)
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(200))
        }
    }

    private static var challengeMark: String { "/opt/katacoda-background-finished" }
}

/// A script that runs hidden, its output in a log inside the lab.
struct HiddenScript: Sendable {
    let lab: any LessonLab
    let installed: LessonScripts.Installed
    let log: String
    /// In seconds; `nil` for as long as the lab lasts.
    let timeout: Double?
    /// Tells which of its commands failed; `nil` when the lab doesn't take it.
    let watch: ScriptWatch?

    func run(_ started: ScriptOutcome) async throws -> ScriptOutcome {
        var outcome = started
        let start = ContinuousClock.now
        // A session of its own, so that servers which the script leaves running live on.
        let bounds = timeout.map { ["timeout", "--kill-after=2", "\($0)"] } ?? []
        let result = try await lab.run(
            [
                "bash", "-c",
                #"cd; mkdir -p "${0%/*}"; exec setsid --wait "$@" >>"$0" 2>&1 </dev/null"#, log,
            ] + bounds + (watch?.prefix ?? []) + installed.command, environment: [:], timeout: nil)
        outcome.duration = (ContinuousClock.now - start).seconds
        switch result.ending {
        case .status(let status):
            outcome.status = status
            if status == 124, let timeout, outcome.duration >= timeout {
                outcome.problem = "it was not done after \(Int(timeout)) s, and was ended"
            } else if status != 0 {
                outcome.problem = "it ended with exit status \(status)"
            }
        case .signal(let signal):
            outcome.status = 128 + signal
            outcome.problem = "signal \(signal) ended it"
        case .notStarted(let reason): outcome.problem = reason
        }
        if let watch { try await watch.tell(in: &outcome) }
        outcome.verdict = outcome.problem == nil ? .passed : .failed
        let tail = try await lab.run(["tail", "-c", "8192", log], environment: [:], timeout: 10)
        outcome.output = tail.isSuccess ? tail.output.tail : result.output.tail
        if outcome.verdict != .passed { outcome.notes.append("its whole log is at \(log) in the lab") }
        return outcome
    }
}

import Diagnostics
import Lessons
import TerminalSessions

/// What runs when a page is first shown: its background and foreground scripts, and the beginning of a challenge.
struct PageStart {
    private let context: RunContext
    private let page: Page

    init(of page: Page, in context: RunContext) {
        self.context = context
        self.page = page
    }

    /// - Returns: The scripts that have ended; a background script that still runs is in ``RunContext/background``.
    func run() async throws -> PageParts {
        var parts = PageParts()
        parts.scripts += [try await startBackground(), try await typeForeground()].compactMap(\.self)
        // A reader takes a moment before the first click; a short background script is done by then.
        if page.scripts.background != nil, !context.isStopped {
            await context.background.settle(within: context.limits.settling)
        }
        guard page.role == .intro else { return parts }
        parts.append(try await awaitChallenge())
        guard !context.isStopped, page.scripts.runsSomething else { return parts }
        try await context.lab.mark(.scripts, of: context.scripts.scenario.directory, isDone: true)
        return parts
    }

    /// Types the script's lines, each when the one before is done, as a block of the page.
    private func typeForeground() async throws -> ScriptOutcome? {
        guard var text = context.scripts.text(.foreground, of: page) else { return nil }
        let terminal = context.state.terminals.last
        var script = context.scripts.outcome(.foreground, .foreground, of: page)
        script.terminal = terminal
        guard !context.isStopped else {
            script.verdict = .notRun
            return context.conclude(script)
        }
        while text.last?.isWhitespace == true { text.removeLast() }
        guard !text.isEmpty else { return context.conclude(script) }
        context.listener(.scriptStarted(.foreground, file: script.file, terminal: terminal))
        try await context.prepare(terminal)
        let place = script.place ?? SourcePlace(file: script.file, line: 1)
        let run = ActionRun(lab: context.lab, limits: context.limits, terminal: terminal, isScript: true)
        let (typed, capture) = try await run.perform(Action(place: place, text: text), samples: [])
        script.verdict = typed.verdict
        script.duration = typed.duration
        script.status = capture?.ending.exitStatus
        script.problem = typed.problem
        script.output = typed.output.tail
        script.screen = typed.screen
        script.timeout = typed.timeout
        script.notes = typed.notes
        return context.conclude(script)
    }

    /// Starts the script hidden.
    ///
    /// - Returns: `nil` for one that was started; ``BackgroundScripts`` has its outcome when it ends.
    private func startBackground() async throws -> ScriptOutcome? {
        let scripts = context.scripts
        guard let text = scripts.text(.background, of: page), let path = page.scripts.background else { return nil }
        let script = scripts.outcome(.background, .background, of: page)
        guard !context.isStopped else {
            var script = script
            script.verdict = .notRun
            return context.conclude(script)
        }
        context.listener(.scriptStarted(.background, file: script.file, terminal: nil))
        let installed = try await scripts.install(text, as: path, for: page)
        let log = "/var/log/killercoda/\(page.role.name)-background.log"
        let watch = try await ScriptWatch.install(beside: installed, in: context.lab)
        let hidden = HiddenScript(
            lab: context.lab, installed: installed, log: log, timeout: context.limits.background, watch: watch)
        let number = context.state.pageNumber
        await context.background.start(script, page: number, role: page.role) { try await hidden.run(script) }
        return nil
    }

    /// Waits for the file by which a challenge's background script says that the challenge begins.
    private func awaitChallenge() async throws -> PageParts {
        let scripts = context.scripts
        guard scripts.scenario.platform.challengeVersion != nil, page.scripts.background != nil, !context.isStopped
        else { return PageParts() }
        let start = ContinuousClock.now
        var pause = Duration.milliseconds(5)
        while try await !context.lab.exists(Self.challengeMark) {
            let waited = (ContinuousClock.now - start).seconds
            guard await context.background.isRunning else {
                // Once more: the script may have ended between the two.
                if try await context.lab.exists(Self.challengeMark) { return PageParts() }
                return PageParts(notes: ["no script makes '\(Self.challengeMark)', for which Katacoda waits"])
            }
            guard waited < context.limits.action else {
                var script = scripts.outcome(.start, .background, of: page)
                script.verdict = .failed
                script.duration = waited
                script.problem =
                    "'\(Self.challengeMark)' does not exist after \(Int(context.limits.action)) s, so the challenge "
                    + "never begins"
                return PageParts(scripts: [context.conclude(script)])
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(200))
        }
        return PageParts()
    }

    private static var challengeMark: String { "/opt/katacoda-background-finished" }
}

import Diagnostics
import Lessons

/// The check of a page, run at its end.
struct PageCheck {
    private let context: RunContext
    private let page: Page

    init(of page: Page, in context: RunContext) {
        self.context = context
        self.page = page
    }

    /// Checks whether the page has been followed; nothing on a page without a check.
    ///
    /// A page with a solution that its own actions don't do (`answer`, `lectern.solution`) is checked again after that.
    func run() async throws -> PageParts {
        guard page.scripts.verify != nil else { return PageParts() }
        guard !context.isStopped else { return PageParts(scripts: [notRun()]) }
        let hasSolution = !page.answers.isEmpty || page.scripts.solution != nil
        let isDone = page.runsSomething
        var script = try await attempt(.verify, isPatient: !hasSolution && isDone)
        if script.verdict == .failed, hasSolution {
            var parts = try await SolutionRun(of: page, in: context).run()
            guard !context.isStopped else {
                parts.scripts.append(notRun())
                return parts
            }
            script = try await attempt(.verify, isPatient: true)
            script.notes.append("checked again after the page's solution was followed")
            parts.scripts.append(context.conclude(script))
            return parts
        }
        let isAboutNothing =
            script.verdict == .failed && !isDone
            || script.verdict == .passed && !context.scripts.scenario.pages.contains(where: \.runsSomething)
        if isAboutNothing {
            script.verdict = .inconclusive
            script.problem =
                "nothing on the page can be run, since its commands are left to the reader: "
                + "the check says nothing about the lesson"
            script.notes.append(
                "mark commands with '{{exec}}', or name a script that runs them as 'solution' under 'lectern'")
        }
        return PageParts(scripts: [context.conclude(script)])
    }

    /// A check that is left out, because something before it failed.
    func notRun() -> ScriptOutcome {
        var script = context.scripts.outcome(.verify, .verify, of: page)
        script.verdict = .notRun
        return context.conclude(script)
    }

    /// Runs the check script until it passes or patience is over; the outcome is not reported yet.
    ///
    /// - Parameter isPatient: Whether a check that fails is run again for as long as ``VerificationLimits/settling``, and,
    ///   while a background script of the lesson still runs, as long as ``VerificationLimits/eventually``.
    func attempt(_ kind: ScriptOutcome.Kind, isPatient: Bool) async throws -> ScriptOutcome {
        let scripts = context.scripts
        let started = scripts.outcome(kind, .verify, of: page)
        guard let text = scripts.text(.verify, of: page), let path = page.scripts.verify else { return started }
        context.listener(.scriptStarted(kind, file: started.file, terminal: nil))
        let installed = try await scripts.install(text, as: path, for: page)
        let check = CheckAttempt(lab: context.lab, installed: installed, text: text, timeout: context.limits.check)
        let start = ContinuousClock.now
        var pause = Duration.milliseconds(50)
        var attempts = 0
        while true {
            var script = try await check.run(started)
            attempts += 1
            script.attempts = attempts
            script.duration = (ContinuousClock.now - start).seconds
            let patience =
                await context.background.isRunning ? context.limits.eventually : context.limits.settling
            guard isPatient, script.verdict == .failed, script.duration < patience else {
                if attempts > 1 {
                    let end = script.verdict == .passed ? "passed after" : "failed in all"
                    script.notes.append("\(end) \(attempts) attempts")
                }
                return script
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(500))
        }
    }
}

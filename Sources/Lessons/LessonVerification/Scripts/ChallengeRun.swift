import Diagnostics
import Lessons

/// A challenge's task: its check must fail before anything is done, and pass once the solution has been followed.
struct ChallengeRun {
    private let context: RunContext
    private let page: Page
    private let check: PageCheck

    init(of page: Page, in context: RunContext) {
        self.context = context
        self.page = page
        check = PageCheck(of: page, in: context)
    }

    func run() async throws -> PageParts {
        guard !context.isStopped else { return PageParts(scripts: [check.notRun()]) }
        var parts = PageParts(scripts: [context.conclude(try await checkBefore())])
        guard !context.isStopped else { return parts }
        if let hint = try await askForHint() { parts.scripts.append(hint) }
        parts.append(try await SolutionRun(of: page, in: context).run())
        guard !context.isStopped else { return parts }
        parts.scripts.append(context.conclude(try await check.attempt(.verify, isPatient: true)))
        return parts
    }

    private func checkBefore() async throws -> ScriptOutcome {
        var script = try await check.attempt(.verifyBefore, isPatient: false)
        switch script.verdict {
        case .passed:
            script.verdict = .failed
            script.problem = "the check passes before the task is done"
        case .failed:
            // What it said then is not a problem of the lesson.
            script.verdict = .passed
            script.problem = nil
        case .inconclusive, .notRun: break
        }
        return script
    }

    /// Up to version 1.0 a hint is a script that is told how long the task has been shown, in seconds.
    private func askForHint() async throws -> ScriptOutcome? {
        let scripts = context.scripts
        guard let text = scripts.text(.hint, of: page), let path = page.scripts.hint,
            scripts.scenario.platform.challengeVersion != "1.0", !path.lowercased().hasSuffix(".md")
        else { return nil }
        var script = scripts.outcome(.hint, .hint, of: page)
        let installed = try await scripts.install(text, as: path, for: page)
        let start = ContinuousClock.now
        let result = try await context.lab.run(
            ["bash", "-c", #"cd; exec "$@""#, "bash"] + installed.command + ["60"], environment: [:],
            timeout: context.limits.check)
        script.duration = (ContinuousClock.now - start).seconds
        script.output = result.output.tail
        let hint = result.output.trimmed
        script.report.hint = hint.isEmpty ? nil : String(hint.prefix(500))
        script.notes.append(
            result.isSuccess
                ? hint.isEmpty ? "no hint after 60 s" : "the hint after 60 s"
                : "the hint script failed; learners get no hint")
        return context.conclude(script)
    }
}

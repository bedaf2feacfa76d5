import Diagnostics
import Lessons

/// A challenge's task: its check must fail before anything is done, and pass once the solution has been followed.
extension Run {
    mutating func verifyTask(_ page: Page, _ outcome: inout PageOutcome) async throws {
        guard !hasFailed else {
            var script = scripts.outcome(.verify, .verify, of: page)
            script.verdict = .notRun
            return end(script, &outcome)
        }
        var before = try await look(.verifyBefore, at: page, patiently: false)
        switch before.verdict {
        case .passed:
            before.verdict = .failed
            before.problem = "the check passes before the task is done"
        case .failed:
            // What it said then is no problem of the lesson.
            before.verdict = .passed
            before.problem = nil
        case .inconclusive, .notRun: break
        }
        end(before, &outcome)
        guard !hasFailed else { return }
        try await askForHint(page, &outcome)
        try await solve(page, &outcome)
        guard !hasFailed else { return }
        end(try await look(.verify, at: page, patiently: true), &outcome)
    }

    /// Does what the page asks for: its answer, its solution script, the challenge's `solve_task_N`, or what can be clicked
    /// on the page itself.
    mutating func solve(_ page: Page, _ outcome: inout PageOutcome) async throws {
        if let answer = page.answers.first, !answer.actions.isEmpty || !answer.fileBlocks.isEmpty {
            return try await walk(answer, &outcome)
        }
        if let text = scripts.text(.solution, of: page), let path = page.scripts.solution {
            let script = scripts.outcome(.solution, .solution, of: page)
            let installed = try await scripts.install(text, as: path, for: page)
            return try await runSolution(installed.command, script, &outcome)
        }
        if case .step(let number) = page.role, let path = scripts.materials.solutions,
            let bytes = scripts.materials.scripts[path], Self.solves(number, String(decoding: bytes, as: UTF8.self))
        {
            let script = ScriptOutcome(.solution, file: scripts.file(path))
            let installed = try await scripts.install(String(decoding: bytes, as: UTF8.self), as: path, for: page)
            let command = ["bash", "-c", ". \"$0\"; solve_task_\(number)", installed.path]
            return try await runSolution(command, script, &outcome)
        }
        if !page.actions.isEmpty || !page.fileBlocks.isEmpty {
            outcome.notes.append("the task has no answer; what can be clicked on its page was taken for one")
            return try await walk(page, &outcome)
        }
        var script = ScriptOutcome(.solution, file: page.file, verdict: .inconclusive)
        script.problem = "the task has no solution that could be run; give it an 'answer' with commands to click"
        end(script, &outcome)
    }

    /// Whether the script has the function for the task; one that solves some of them leaves the others to their pages.
    private static func solves(_ number: Int, _ text: String) -> Bool {
        let name = "solve_task_\(number)"
        return text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == name }
    }

    private mutating func runSolution(
        _ command: [String], _ started: ScriptOutcome, _ outcome: inout PageOutcome
    ) async throws {
        var script = started
        listener(.scriptStarted(.solution, file: script.file, terminal: nil))
        let start = ContinuousClock.now
        let result = try await lab.run(
            ["bash", "-c", #"cd; exec "$@""#, "bash"] + command, environment: [:], timeout: limits.action)
        script.duration = (ContinuousClock.now - start).seconds
        script.output = result.output.tail
        switch result.ending {
        case .status(let status):
            script.status = status
            if status != 0 { script.problem = "the solution ended with exit status \(status)" }
        case .signal(9) where script.duration >= limits.action:
            script.problem = "the solution was not done after \(Int(limits.action)) s"
        case .signal(let signal): script.problem = "signal \(signal) ended the solution"
        case .notStarted(let reason): script.problem = reason
        }
        script.verdict = script.problem == nil ? .passed : .failed
        end(script, &outcome)
    }

    /// Up to version 1.0 a hint is a script that is told how long the task has been shown, in seconds.
    private mutating func askForHint(_ page: Page, _ outcome: inout PageOutcome) async throws {
        guard let text = scripts.text(.hint, of: page), let path = page.scripts.hint,
            scripts.scenario.platform.challengeVersion != "1.0", !path.lowercased().hasSuffix(".md")
        else { return }
        var script = scripts.outcome(.hint, .hint, of: page)
        let installed = try await scripts.install(text, as: path, for: page)
        let start = ContinuousClock.now
        let result = try await lab.run(
            ["bash", "-c", #"cd; exec "$@""#, "bash"] + installed.command + ["60"], environment: [:],
            timeout: limits.check)
        script.duration = (ContinuousClock.now - start).seconds
        script.output = result.output.tail
        let hint = result.output.trimmed
        script.report.hint = hint.isEmpty ? nil : String(hint.prefix(500))
        script.notes.append(
            result.isSuccess
                ? hint.isEmpty ? "no hint after 60 s" : "the hint after 60 s"
                : "the hint script failed; learners see no hint")
        end(script, &outcome)
    }
}

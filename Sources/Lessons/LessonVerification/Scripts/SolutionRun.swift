import Diagnostics
import Lessons

/// Does what a page asks for: its answer, its solution script, the challenge's `solve_task_N`, or what can be clicked on the
/// page itself.
struct SolutionRun {
    private let context: RunContext
    private let page: Page

    init(of page: Page, in context: RunContext) {
        self.context = context
        self.page = page
    }

    /// - Returns: What was clicked or run; an inconclusive script where there is no solution to run.
    func run() async throws -> PageParts {
        let scripts = context.scripts
        if let answer = page.answers.first, !answer.actions.isEmpty || !answer.fileBlocks.isEmpty {
            return try await PageWalk(of: answer, in: context).run()
        }
        if let text = scripts.text(.solution, of: page), let path = page.scripts.solution {
            let installed = try await scripts.install(text, as: path, for: page)
            return try await run(installed.command, scripts.outcome(.solution, .solution, of: page))
        }
        if case .step(let number) = page.role, let path = scripts.materials.solutions,
            let bytes = scripts.materials.scripts[path], Self.solves(number, String(decoding: bytes, as: UTF8.self))
        {
            let installed = try await scripts.install(String(decoding: bytes, as: UTF8.self), as: path, for: page)
            let command = ["bash", "-c", ". \"$0\"; solve_task_\(number)", installed.path]
            return try await run(command, ScriptOutcome(.solution, file: scripts.file(path)))
        }
        if !page.actions.isEmpty || !page.fileBlocks.isEmpty {
            var parts = PageParts(notes: ["the task has no answer; what can be clicked on its page was taken for one"])
            parts.append(try await PageWalk(of: page, in: context).run())
            return parts
        }
        var script = ScriptOutcome(.solution, file: page.file, verdict: .inconclusive)
        script.problem = "the task has no solution that could be run; give it an 'answer' with commands to click"
        return PageParts(scripts: [context.conclude(script)])
    }

    /// Whether the script has the function for the task; one that solves some of them leaves the others to their pages.
    private static func solves(_ number: Int, _ text: String) -> Bool {
        let name = "solve_task_\(number)"
        return text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == name }
    }

    private func run(_ command: [String], _ started: ScriptOutcome) async throws -> PageParts {
        var script = started
        let limit = context.limits.action
        context.listener(.scriptStarted(.solution, file: script.file, terminal: nil))
        let start = ContinuousClock.now
        let result = try await context.lab.run(
            ["bash", "-c", #"cd; exec "$@""#, "bash"] + command, environment: [:], timeout: limit)
        script.duration = (ContinuousClock.now - start).seconds
        script.output = result.output.tail
        switch result.ending {
        case .status(let status):
            script.status = status
            if status != 0 { script.problem = "the solution ended with exit status \(status)" }
        case .signal(9) where script.duration >= limit:
            script.problem = "the solution did not end within \(Int(limit)) s"
        case .signal(let signal): script.problem = "the solution was killed by signal \(signal)"
        case .notStarted(let reason): script.problem = reason
        }
        script.verdict = script.problem == nil ? .passed : .failed
        return PageParts(scripts: [context.conclude(script)])
    }
}

import Diagnostics
import LessonLinting
import Lessons

/// What keeps a run of a lesson from telling the truth, seen before a lab is made.
struct LessonPreflight {
    let scenario: Scenario
    /// The steps that are to be run; `nil` for all pages.
    let steps: ClosedRange<Int>?
    let console: Console

    /// Tells of what is probably wrong on the pages, and refuses a lesson of which a run would pass over a part without a word.
    ///
    /// - Throws: ``CommandError`` that names every place, and `LessonError` for a file that can't be read any more.
    func check() throws {
        guard !scenario.pages.isEmpty else {
            throw CommandError(
                problem: "'\(scenario.directory)' has no pages: its index names no intro, step or finish",
                remedy: "name a Markdown file for each step under 'details.steps'; 'lectern new' writes an example")
        }
        let warnings = scenario.pages.flatMap(\.warnings)
        let problems = try lintErrors() + warnings.filter { $0.severity == .error }.map(\.description)
        guard problems.isEmpty else {
            throw CommandError(
                problem: problems.joined(separator: "\n"),
                remedy: "fix the lesson; 'lectern lint \(scenario.directory)' says more")
        }
        for warning in warnings {
            console.report("\(warning.place): \("warning:", .warning) \(warning.problem)")
        }
        guard !scenario.pages.contains(where: { isRun($0) && $0.canBeVerified }) else { return }
        throw CommandError(
            problem:
                "nothing of '\(scenario.directory)' can be verified: there is no command, script, file block, quiz or link"
                + (steps == nil ? "" : " in the selected steps"),
            remedy:
                "write '{{execute}}' after commands; 'lectern inspect \(scenario.directory)' shows how a lesson is read"
        )
    }

    private func lintErrors() throws -> [String] {
        let linter = Linter(configuration: .init(only: Rule.preventsVerdict))
        let isFile = scenario.pages.first?.role == .alone
        let problems = try isFile ? linter.lint(page: scenario.directory) : linter.lint(scenario: scenario.directory)
        return problems.filter { $0.severity == .error }.map { problem in
            // Of an empty line the place says enough.
            let excerpt = problem.excerpt.allSatisfy { $0.isWhitespace || $0 == "^" } ? "" : "\n\(problem.excerpt)"
            return "\(problem.place): \(problem.message)\(problem.remedy.map { "; \($0)" } ?? "")\(excerpt)"
        }
    }

    private func isRun(_ page: Page) -> Bool {
        guard let steps else { return true }
        if case .step(let number) = page.role { return steps.contains(number) }
        return false
    }
}

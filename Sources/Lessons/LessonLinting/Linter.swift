import LessonMarkdown
import Lessons

/// Looks for what won't work in lessons, without running anything.
///
/// Linting changes nothing and follows no link. Time is linear in the size of what is read.
public struct Linter: Sendable {
    /// Which rules report; without arguments, all of them.
    public struct Configuration: Sendable {
        /// Rules that report nothing.
        public var disabled: Set<Rule>

        /// - Parameter only: When it isn't empty, every other rule is disabled.
        public init(only: Set<Rule> = [], ignored: Set<Rule> = []) {
            disabled = only.isEmpty ? ignored : Set(Rule.all).subtracting(only).union(ignored)
        }
    }

    /// Holds for every file; an author's comment can silence further rules for some of its lines.
    public let configuration: Configuration

    /// By default every rule reports.
    public init(configuration: Configuration = .init()) {
        self.configuration = configuration
    }

    /// Looks at a scenario: its index, pages, scripts and files.
    ///
    /// - Returns: Sorted by place.
    /// - Throws: ``LintError`` or `LessonError` when the directory or its index isn't there. What the index
    ///   or a page gets wrong isn't an error: it is a problem.
    public func lint(scenario directory: String) throws -> [Problem] {
        try checked(scenario: LessonPath.withoutFinalSlash(directory)).problems
    }

    /// Looks at a Markdown file by itself, without rules that need its scenario.
    ///
    /// - Throws: `LessonError` with code `.notFound`.
    public func lint(page file: String) throws -> [Problem] {
        var findings = Findings(disabled: configuration.disabled)
        switch Result(catching: { () throws(LessonError) in try LessonFile.source(at: file) }) {
        case .success(let source): check(source, &findings)
        case .failure(let error) where error.code == .notFound: throw error
        case .failure(let error): findings.add(.unreadableFile, error, file: file)
        }
        return findings.problems.sorted()
    }

    /// Looks at Markdown that is at hand; `file` names it in places, and links are looked up beside it.
    public func lint(markdown: String, file: String) -> [Problem] {
        var findings = Findings(disabled: configuration.disabled)
        check(SourceText(bytes: Array(markdown.utf8), file: file), &findings)
        return findings.problems.sorted()
    }

    private func check(_ source: SourceText, _ findings: inout Findings) {
        let page = LintedPage(source, kind: .page, role: .alone)
        check(page, in: nil, &findings)
        findings.suppress(Suppressions(pages: [page], scripts: []))
    }

    func checked(scenario directory: String) throws -> (problems: [Problem], files: Int) {
        var findings = Findings(disabled: configuration.disabled)
        guard let scenario = try ScenarioLoading.load(directory, findings: &findings) else {
            return (findings.problems.sorted(), 1)
        }
        for check in Self.scenarioChecks { check.check(scenario, &findings) }
        for script in scenario.scripts {
            for check in Self.scriptChecks { check.check(script, in: scenario, &findings) }
        }
        for page in scenario.pages { check(page, in: scenario, &findings) }
        findings.suppress(
            Suppressions(pages: scenario.pages, scripts: scenario.scripts))
        return (findings.problems.sorted(), 1 + scenario.pages.count + scenario.scripts.count)
    }

    private func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        for check in Self.pageChecks { check.check(page, in: scenario, &findings) }
    }
}

/// Looks at one page at a time.
protocol PageCheck: Sendable {
    /// - Parameter scenario: `nil` for a page on its own.
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings)
}

/// Looks at the index and at how the files of a scenario hang together.
protocol ScenarioCheck: Sendable {
    func check(_ scenario: LintedScenario, _ findings: inout Findings)
}

/// Looks at one script at a time.
protocol ScriptCheck: Sendable {
    func check(_ script: LintedScript, in scenario: LintedScenario, _ findings: inout Findings)
}

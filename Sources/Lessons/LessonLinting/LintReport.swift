import Diagnostics
import LessonMarkdown
import Lessons

/// What a run of the linter found.
public struct LintReport: Sendable {
    /// Sorted by place, each once.
    public var problems: [Problem]
    /// How many scenarios were looked at.
    public var scenarios: Int
    /// How many of their files were read as text: indexes, pages and scripts.
    public var files: Int

    /// Problems of exactly this severity: graver ones don't count.
    public func count(of severity: Severity) -> Int { problems.count { $0.severity == severity } }

    /// Whether there is an error, or with `strict` a warning.
    public func fails(strict: Bool) -> Bool {
        problems.contains { $0.severity == .error || strict && $0.severity == .warning }
    }

    /// The report without problems that weigh less.
    public func from(_ severity: Severity) -> LintReport {
        LintReport(problems: problems.filter { $0.severity >= severity }, scenarios: scenarios, files: files)
    }
}

extension Linter {
    /// Something that is looked at by itself.
    private enum Target: Hashable {
        case scenario(String)
        case page(String)
        /// The course files of a directory of scenarios.
        case courses(String)
    }

    private struct Part: Sendable {
        var problems: [Problem] = []
        var scenarios = 0
        var files = 0
    }

    /// Looks at scenarios, directories of scenarios and Markdown files, several at a time.
    ///
    /// The result doesn't depend on the number of workers.
    ///
    /// - Throws: ``LintError`` or `LessonError` for a path that isn't there, or that holds no lesson.
    public func lint(paths: [String], workers: Int = ProcessorCount.online) async throws -> LintReport {
        var targets: [Target] = []
        var seen: Set<Target> = []
        for path in paths {
            for target in try Self.targets(of: path) where seen.insert(target).inserted { targets.append(target) }
        }
        var report = LintReport(problems: [], scenarios: 0, files: 0)
        try await withThrowingTaskGroup(of: Part.self) { group in
            var next = 0
            func start() {
                guard next < targets.count else { return }
                let target = targets[next]
                next += 1
                group.addTask { try part(of: target) }
            }
            for _ in 0..<max(1, workers) { start() }
            while let part = try await group.next() {
                report.problems += part.problems
                report.scenarios += part.scenarios
                report.files += part.files
                start()
            }
        }
        report.problems = Array(Set(report.problems)).sorted()
        return report
    }

    private func part(of target: Target) throws -> Part {
        switch target {
        case .scenario(let directory):
            let (problems, files) = try checked(scenario: directory)
            return Part(problems: problems, scenarios: 1, files: files)
        case .page(let file): return Part(problems: try lint(page: file), files: 1)
        case .courses(let directory):
            var findings = Findings(disabled: configuration.disabled)
            let repository = try LessonReader().repository(at: directory)
            var check = CourseCheck(repository)
            check.check(&findings)
            return Part(problems: findings.problems, files: repository.courses.count)
        }
    }

    private static func targets(of path: String) throws -> [Target] {
        let path = LessonPath.withoutFinalSlash(path)
        switch LessonFile.entry(at: path) {
        case .file where RelativePath.isMarkdown(path): return [.page(path)]
        case .file where LessonReader.indexNames.contains(RelativePath.name(of: path)):
            return [.scenario(RelativePath.parent(of: path))]
        case .directory:
            if LessonReader().isScenario(path) { return [.scenario(path)] }
            let repository = try LessonReader().repository(at: path)
            // What no course lists is linted as well: it may be tomorrow's lesson.
            let directories = repository.scenarios + repository.unlisted
            guard !directories.isEmpty else { throw LessonError.noScenario(in: path) }
            return [.courses(path)] + directories.map { .scenario($0) }
        case .file, .other:
            throw LintError(
                problem: "'\(path)' is not a Markdown file",
                remedy: "name a scenario's directory or a file that ends in .md")
        case nil: throw LessonError.absent(path)
        }
    }
}

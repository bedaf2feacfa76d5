import ArgumentParser
import Diagnostics
import LessonLinting
import LessonMarkdown
import Lessons

/// `lectern import`: what Lectern makes of a whole repository of lessons.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Report how much of a repository of lessons works, and why the rest doesn't.",
        discussion: """
            Reads every scenario in the order of its courses; nothing is run, copied or changed. A scenario that cannot be read is \
            listed with the reason. Exit status 0 when the repository could be read, whatever was found.
            """)

    @Argument(help: "The repository, a directory in it, or one scenario.", completion: .directory) var path: String
    @Flag(help: "Print the report as JSON.") var json = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
        let console = common.console
        let survey = try RepositorySurvey(path: path)
        guard !survey.repository.scenarios.isEmpty || !survey.repository.unlisted.isEmpty else {
            throw LessonError.noScenario(in: path)
        }
        let total = survey.repository.scenarios.count
        let report = try await survey.report { done in console.redraw("reading scenario \(done) of \(total)") }
        console.eraseDrawing()
        if json {
            console.document(try report.jsonText())
        } else {
            ImportReport(report: report).lines.forEach { console.result(StyledText($0)) }
        }
    }
}

/// Reads a repository's scenarios, several at a time.
struct RepositorySurvey: Sendable {
    private enum Found: Sendable {
        case scenario(ScenarioCompatibility)
        case unreadable(CompatibilityReport.Unreadable)
    }

    let repository: LessonRepository
    private let reader = LessonReader()
    /// As many at once keep the cores of a laptop busy; more would only hold more pages in memory.
    private static let atOnce = 8

    init(path: String) throws {
        repository = try reader.repository(at: path)
    }

    /// Reads everything, and tells after each scenario how many are done.
    ///
    /// - Throws: `CancellationError`; a scenario that can't be read is in the report.
    func report(_ progress: (Int) -> Void) async throws -> CompatibilityReport {
        var found = [Found?](repeating: nil, count: repository.scenarios.count)
        await withTaskGroup(of: (Int, Found).self) { group in
            var next = 0
            var done = 0
            func addTask() {
                guard next < repository.scenarios.count, !Task.isCancelled else { return }
                let index = next
                next += 1
                group.addTask { (index, examine(repository.scenarios[index])) }
            }
            for _ in 0..<Self.atOnce { addTask() }
            while let (index, result) = await group.next() {
                found[index] = result
                done += 1
                progress(done)
                addTask()
            }
        }
        try Task.checkCancellation()
        var scenarios: [ScenarioCompatibility] = []
        var unreadable: [CompatibilityReport.Unreadable] = []
        for case let result? in found {
            switch result {
            case .scenario(let scenario): scenarios.append(scenario)
            case .unreadable(let problem): unreadable.append(problem)
            }
        }
        return CompatibilityReport(
            repository: repository.directory, scenarios: scenarios, unreadable: unreadable,
            unlisted: repository.unlisted.map(relative),
            courses: repository.courses.map {
                .init(title: $0.title, file: relative($0.file), kind: $0.kind.rawValue, entries: $0.entries.count)
            },
            problems: repository.problems.map(\.problem), languages: repository.translations.map(\.language))
    }

    private func examine(_ directory: String) -> Found {
        do throws(LessonError) {
            var scenario = try reader.scenario(at: directory)
            if let title = repository.title(of: directory) { scenario.title = title }
            let scripts = scenario.pages.flatMap(\.scripts.paths).map { path -> ScriptText in
                do throws(LessonError) {
                    return ScriptText(
                        file: directory + "/" + path, content: .text(try reader.script(path, of: scenario)))
                } catch {
                    return ScriptText(file: directory + "/" + path, content: .problem(error.problem))
                }
            }
            return .scenario(ScenarioCompatibility(scenario, path: relative(directory), scripts: scripts))
        } catch {
            return .unreadable(.init(path: relative(directory), problem: error.problem))
        }
    }

    private func relative(_ path: String) -> String {
        if path == repository.directory { return "." }
        let prefix = repository.directory.hasSuffix("/") ? repository.directory : repository.directory + "/"
        return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
    }
}

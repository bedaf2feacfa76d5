import Diagnostics
import FoundationEssentials
import LessonMarkdown
import Lessons

/// The lessons that the user named: scenarios, directories of scenarios, single Markdown files.
struct LessonSelection {
    let paths: [String]

    /// Tells what is wrong with course files on the way.
    var console = Console(progress: .auto)

    /// Reads the only one.
    ///
    /// - Throws: ``CommandError`` when there are several.
    func readOne() throws -> Scenario {
        let scenarios = try read()
        guard scenarios.count == 1 else {
            let first = scenarios.prefix(3).map { "'\($0.directory)'" }.joined(separator: ", ")
            throw CommandError(
                problem: "'\(paths.joined(separator: " "))' holds \(scenarios.count) scenarios",
                remedy: "name one of them: \(first)\(scenarios.count > 3 ? ", …" : "")")
        }
        return scenarios[0]
    }

    /// Reads all of them, in the order named; the scenarios of a directory in the order of its courses.
    ///
    /// - Throws: What the first one throws that can't be read.
    func read() throws -> [Scenario] { try select().map { try $0.scenario.get() } }

    /// Looks for all of them, in the order named; one that can't be read doesn't keep the others from being read.
    func select() -> [SelectedLesson] { paths.flatMap(select) }

    private func select(_ path: String) -> [SelectedLesson] {
        do {
            return try lessons(at: path)
        } catch {
            return [SelectedLesson(path: path, scenario: .failure(error))]
        }
    }

    private func lessons(at path: String) throws -> [SelectedLesson] {
        let reader = LessonReader()
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw LessonError.absent(path)
        }
        guard isDirectory else {
            guard path.lowercased().hasSuffix(".md") || path.lowercased().hasSuffix(".markdown") else {
                throw CommandError(
                    problem: "'\(path)' is not a Markdown file",
                    remedy: "name a scenario's directory or a file that ends in .md")
            }
            let page = try reader.page(at: path)
            let scenario = Scenario(directory: path, title: page.title, pages: [page], settings: .init())
            return [SelectedLesson(path: path, scenario: .success(scenario))]
        }
        let repository = try reader.repository(at: path)
        for problem in repository.problems { console.report("\(problem.description)") }
        guard !repository.scenarios.isEmpty else { throw LessonError.noScenario(in: path) }
        return repository.scenarios.map { directory in
            let scenario = Result<Scenario, any Error> {
                var scenario = try reader.scenario(at: directory)
                if let title = repository.title(of: directory) { scenario.title = title }
                return scenario
            }
            return SelectedLesson(path: directory, scenario: scenario)
        }
    }
}

/// A lesson that the user named, or that was found where he named a directory.
struct SelectedLesson {
    /// The directory or the file, as the user can open it.
    let path: String
    /// The lesson, or why it can't be read.
    let scenario: Result<Scenario, any Error>
}

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
    func read() throws -> [Scenario] {
        let reader = LessonReader()
        return try paths.flatMap { path -> [Scenario] in
            var isDirectory = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
                throw LessonError.absent(path)
            }
            guard isDirectory else {
                guard path.lowercased().hasSuffix(".md") || path.lowercased().hasSuffix(".markdown") else {
                    throw CommandError(
                        problem: "'\(path)' is no Markdown file",
                        remedy: "name a scenario's directory or a file that ends in .md")
                }
                let page = try reader.page(at: path)
                return [Scenario(directory: path, title: page.title, pages: [page], settings: .init())]
            }
            let repository = try reader.repository(at: path)
            for problem in repository.problems { console.report("\(problem.description)") }
            guard !repository.scenarios.isEmpty else {
                throw LessonError.noScenario(in: path)
            }
            return try repository.scenarios.map { directory in
                var scenario = try reader.scenario(at: directory)
                if let title = repository.title(of: directory) { scenario.title = title }
                return scenario
            }
        }
    }
}

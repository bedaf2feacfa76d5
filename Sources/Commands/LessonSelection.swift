import FoundationEssentials
import LessonMarkdown
import Lessons

/// The lessons that the user named: scenarios, directories of scenarios, single Markdown files.
struct LessonSelection {
    let paths: [String]

    /// Reads all of them, in the order named; the scenarios of a directory by name.
    func read() throws -> [Scenario] {
        let reader = LessonReader()
        return try paths.flatMap { path -> [Scenario] in
            var isDirectory = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
                throw CommandError(
                    problem: "'\(path)' doesn't exist",
                    remedy:
                        "name a scenario's directory (with an index.json), a directory of scenarios, or a Markdown file"
                )
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
            let directories = try reader.scenarioDirectories(under: path)
            guard !directories.isEmpty else {
                throw CommandError(
                    problem: "'\(path)' holds no scenario: there is no index.json in it or below it",
                    remedy: "name a directory that holds one, or a Markdown file")
            }
            return try directories.map { try reader.scenario(at: $0) }
        }
    }
}

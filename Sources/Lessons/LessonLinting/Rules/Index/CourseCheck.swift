import Diagnostics
import LessonMarkdown
import Lessons

/// Files that say what of a repository is published, and in which order: `structure.json`, `NAME-pathway.json`,
/// `katacoda.yaml`, `strings.yaml`.
///
/// What is wrong with them is what ``LessonRepository`` says; only the rules' codes are added here.
struct CourseCheck {
    private let repository: LessonRepository
    private var documents: [String: (source: SourceText, root: IndexValue)?] = [:]

    init(_ repository: LessonRepository) {
        self.repository = repository
    }

    mutating func check(_ findings: inout Findings) {
        for problem in repository.problems {
            let file = problem.place?.file ?? repository.directory
            findings.add(rule(for: problem), problem, file: file, source: document(file)?.source)
        }
        neverListed(&findings)
    }

    private mutating func rule(for problem: LessonError) -> Rule {
        switch problem.code {
        case .missingFile: .missingFile
        case .outside: .pathOutside
        case .unknownKey: .unknownKey
        case .invalidIndex:
            // A file that can't be parsed can't be read; in one that can, a value is wrong.
            problem.place.flatMap { document($0.file) } == nil ? .unreadableFile : .wrongValue
        case .notFound, .notText, .tooLarge: .unreadableFile
        }
    }

    private mutating func document(_ file: String) -> (source: SourceText, root: IndexValue)? {
        if let known = documents[file] { return known }
        var document: (source: SourceText, root: IndexValue)?
        if let source = try? LessonFile.source(at: file, maxSize: LessonFile.maxIndexSize) {
            let isJSON = RelativePath.fileExtension(of: file) == "json"
            let root = isJSON ? try? JSONParser.parse(source) : try? YAMLIndex.parse(source)
            document = root.map { (source, $0) }
        }
        documents[file] = document
        return document
    }

    /// Scenarios that no `structure.json` lists, each at the innermost that should; those of one directory together.
    private mutating func neverListed(_ findings: inout Findings) {
        guard findings.wants(.scenarioNeverListed) else { return }
        let files = repository.courses.filter { $0.kind == .structure }.map(\.file)
        let prefixes = files.map { (file: $0, prefix: RelativePath.parent(of: $0) + "/") }
        var groups: [String: [String: [String]]] = [:]
        for scenario in repository.unlisted {
            let around = prefixes.filter { scenario.hasPrefix($0.prefix) }
            guard let nearest = around.max(by: { $0.prefix.utf8.count < $1.prefix.utf8.count }) else { continue }
            let relative = scenario.dropFirst(nearest.prefix.count)
            let name = String(relative.prefix { $0 != "/" })
            groups[nearest.file, default: [:]][name, default: []].append(String(relative))
        }
        for file in files {
            guard let unlisted = groups[file], let document = document(file), let items = document.root["items"] else {
                continue
            }
            for (name, scenarios) in unlisted.sorted(by: { $0.key < $1.key }) {
                let what =
                    scenarios == [name]
                    ? "the scenario '\(name)'"
                    : "the course '\(name)' with \(scenarios.count) scenario\(scenarios.count == 1 ? "" : "s")"
                findings.add(
                    .scenarioNeverListed, at: items.offset..<items.offset + 1, of: document.source,
                    "\(what) is not listed, so it is never published",
                    remedy: "add an item with \"path\": \"\(name)\"")
            }
        }
    }
}

public import Diagnostics
public import Lessons

/// Reads lessons in the Katacoda and Killercoda format from disk into values.
///
/// Reading changes nothing, runs nothing and follows no link. A page may have 4 MiB; the time is linear in its size.
public struct LessonReader: Sendable {
    /// The bytes of text that all pages of a scenario may have together.
    private let maxScenarioSize: Int

    /// A reader has no state: one serves any number of lessons, from any task.
    public init() { self.init(maxScenarioSize: 64 << 20) }

    package init(maxScenarioSize: Int) { self.maxScenarioSize = maxScenarioSize }

    /// Reads a scenario: `index.json` (or `index.yaml`) and every page that it names, in reading order.
    ///
    /// Keys that are unknown are ignored, as every platform does, except inside `lectern`.
    ///
    /// - Throws: ``LessonError``. What is odd on a page isn't an error: see `Page.warnings`.
    public func scenario(at directory: String) throws(LessonError) -> Scenario {
        let root = LessonPath.withoutFinalSlash(directory)
        let document = try IndexDocument.read(try Self.index(in: root), in: root)
        let reading = IndexReader(source: document.source, root: document.root, directory: root)
        let entries = try reading.pages()
        var pages: [Page] = []
        var left = maxScenarioSize
        for entry in entries { pages.append(try page(entry, of: reading, left: &left)) }
        return Scenario(
            directory: directory, title: try reading.title(), summary: try reading.summary(), pages: pages,
            settings: try reading.settings(), platform: try reading.platform())
    }

    /// Reads an index that is at hand, as far as that goes without the files that it names.
    ///
    /// - Parameter file: Names it in places; one that ends in `.json` is JSON, any other YAML.
    /// - Returns: A scenario without pages.
    package func scenario(index bytes: [UInt8], file: String) throws(LessonError) -> Scenario {
        let source = try LessonFile.text(bytes, file: file)
        let root = file.hasSuffix(".json") ? try JSONParser.parse(source) : try YAMLIndex.parse(source)
        let reading = IndexReader(source: source, root: root, directory: "")
        _ = try reading.pages()
        return Scenario(
            directory: "", title: try reading.title(), summary: try reading.summary(), pages: [],
            settings: try reading.settings(), platform: try reading.platform())
    }

    /// The line at a place with a caret under its column, two lines without a final newline; `nil` when the file can't be read
    /// any more.
    public func excerpt(at place: SourcePlace) -> String? {
        (try? LessonFile.source(at: place.file)).map { Excerpt.text(at: place, in: $0) }
    }

    /// Reads one Markdown file as a page of its own.
    ///
    /// - Throws: ``LessonError`` with code `.notFound` or `.notText`.
    public func page(at file: String) throws(LessonError) -> Page {
        PageReader.read(try LessonFile.source(at: file), role: .alone)
    }

    /// Reads Markdown that is at hand; `file` only names it in places.
    public func page(markdown: String, file: String, role: Page.Role = .alone) -> Page {
        PageReader.read(SourceText(bytes: Array(markdown.utf8), file: file), role: role)
    }

    /// Reads a text that is at hand.
    package func page(_ source: SourceText, role: Page.Role) -> Page { PageReader.read(source, role: role) }

    /// Reads a text that is at hand, and where the parts of its page are.
    package func outlinedPage(_ source: SourceText, role: Page.Role) -> (page: Page, outline: PageOutline) {
        PageReader.outlined(source, role: role)
    }

    /// Reads a script that `index.json` names, relative to the scenario's directory.
    ///
    /// - Throws: ``LessonError``: `.outside` for a path that leads out of the directory, `.notFound` when nothing is there, `.notText`
    ///   for what is not UTF-8 or longer than 1 MiB.
    public func script(_ path: String, of scenario: Scenario) throws(LessonError) -> String {
        let directory = LessonPath.withoutFinalSlash(scenario.directory)
        if let problem = LessonPath.problem(of: path, in: directory) {
            throw LessonError(.outside, problem, remedy: "name a file inside the scenario's directory")
        }
        let source = try LessonFile.source(path, in: directory, maxSize: LessonFile.maxScriptSize)
        return source.string(0..<source.bytes.count)
    }

    /// Whether the directory is a scenario itself.
    public func isScenario(_ directory: String) -> Bool {
        Self.indexNames.contains { LessonFile.entry(at: "\(directory)/\($0)") == .file }
    }

    /// Finds the scenarios of a repository, or of a directory in one, in the order of its courses.
    ///
    /// Hidden directories, `node_modules`, `assets`, directories of translations and symbolic links are not entered, nor is
    /// anything more than eight levels down or inside a scenario. What is wrong with a course file is in
    /// ``LessonRepository/problems`` and throws nothing; nor is it an error to find no scenario.
    ///
    /// - Throws: ``LessonError`` with code `.notFound` when the directory isn't there.
    public func repository(at directory: String) throws(LessonError) -> LessonRepository {
        let root = LessonPath.withoutFinalSlash(directory)
        switch LessonFile.entry(at: root) {
        case .directory: break
        case nil where !LessonFile.isLink(root):
            throw LessonError(.notFound, "no such directory: '\(directory)'", remedy: "check the path")
        case nil:
            throw LessonError(
                .notFound, "'\(directory)' is a broken symbolic link", remedy: "check where it points")
        case .file, .other:
            throw LessonError(
                .notFound, "'\(directory)' is not a directory", remedy: "name the directory that contains the lessons")
        }
        var reading = RepositoryReader(root: root)
        reading.readAll()
        return reading.repository
    }

    private func page(
        _ entry: IndexReader.PageEntry, of reading: IndexReader, left: inout Int
    ) throws(LessonError) -> Page {
        guard let (path, offset) = entry.text else {
            return Page(
                role: entry.role, title: entry.title ?? "", file: reading.source.file, scripts: entry.scripts,
                settings: entry.settings, answers: answers(of: entry, in: reading))
        }
        try reading.check(path, at: offset)
        let file = reading.directory + "/" + path
        guard LessonFile.entry(at: file) == .file else {
            throw LessonError(
                .missingFile, LessonFile.absence(of: file), offset: offset, in: reading.source,
                remedy: "create it, or correct its name here")
        }
        let source = try LessonFile.source(path, in: reading.directory)
        left -= source.bytes.count
        guard left >= 0 else {
            throw LessonError(
                .notText, "the pages up to '\(path)' have more than \(maxScenarioSize) bytes of text",
                offset: offset, in: reading.source, remedy: "split the scenario")
        }
        var page = PageReader.read(source, role: entry.role)
        if let title = entry.title, !title.isEmpty { page.title = title }
        page.scripts = entry.scripts
        page.settings = entry.settings
        page.answers = answers(of: entry, in: reading)
        return page
    }

    /// A directory with one of these is a scenario.
    package static let indexNames = ["index.json", "index.yaml", "index.yml"]

    /// The page behind "Show solution"; one that isn't there is for a linter to say, or for a run that needs it.
    private func answers(of entry: IndexReader.PageEntry, in reading: IndexReader) -> [Page] {
        guard let path = entry.scripts.answer,
            let source = try? LessonFile.source(path, in: reading.directory)
        else { return [] }
        return [PageReader.read(source, role: .alone)]
    }

    /// The name of a directory's index.
    private static func index(in directory: String) throws(LessonError) -> String {
        guard let entry = LessonFile.entry(at: directory) else {
            throw LessonError(.notFound, "no such directory: '\(directory)'", remedy: "check the path")
        }
        guard entry == .directory else {
            throw LessonError(
                .notFound, "'\(directory)' is not a directory", remedy: "name the directory that contains 'index.json'")
        }
        let candidates = indexNames.filter { LessonFile.entry(at: "\(directory)/\($0)") != nil }
        guard let name = candidates.first else {
            throw LessonError(
                .notFound, "'\(directory)' does not contain 'index.json'",
                remedy: "name a directory that does, or a single Markdown file")
        }
        guard candidates.count == 1 else {
            throw LessonError(
                .invalidIndex, "'\(directory)' contains both '\(name)' and '\(candidates[1])'",
                remedy: "keep the one that is right and remove the other")
        }
        if let problem = LessonPath.problem(of: name, in: directory) {
            throw LessonError(.outside, problem, remedy: "put a copy of the file into the directory")
        }
        return name
    }
}

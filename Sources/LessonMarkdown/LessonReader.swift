public import Lessons

/// Reads lessons in the Katacoda and Killercoda format from disk into values.
///
/// Reading changes nothing, runs nothing and follows no link. A page may have 4 MiB; the time is linear in its size.
public struct LessonReader: Sendable {
    public init() {}

    /// Reads a scenario: `index.json` (or `index.yaml`) and every page that it names, in reading order.
    ///
    /// Keys that are unknown are ignored, as every platform does, except inside `lectern`.
    ///
    /// - Throws: ``LessonError``. What is odd on a page isn't an error: see `Page.warnings`.
    public func scenario(at directory: String) throws(LessonError) -> Scenario {
        let root = Self.withoutFinalSlash(directory)
        let index = try Self.index(in: root)
        let source = try LessonFile.source(at: index)
        let value = index.hasSuffix(".json") ? try JSONParser.parse(source) : try YAMLIndex.parse(source)
        let reading = IndexReading(source: source, root: value, directory: root)
        let entries = try reading.pages()
        var pages: [Page] = []
        for entry in entries { pages.append(try page(entry, of: reading)) }
        return Scenario(
            directory: directory, title: try reading.title(), summary: try reading.summary(), pages: pages,
            settings: try reading.settings(), platform: try reading.platform())
    }

    /// Reads one Markdown file as a page of its own.
    ///
    /// - Throws: ``LessonError`` with code `.notFound` or `.notText`.
    public func page(at file: String) throws(LessonError) -> Page {
        PageReading.read(try LessonFile.source(at: file), role: .alone)
    }

    /// Reads Markdown that is at hand; `file` only names it in places.
    public func page(markdown: String, file: String, role: Page.Role = .alone) -> Page {
        PageReading.read(SourceText(bytes: Array(markdown.utf8), file: file), role: role)
    }

    /// Whether the directory is a scenario itself.
    public func isScenario(_ directory: String) -> Bool {
        ["index.json", "index.yaml", "index.yml"].contains { LessonFile.entry(at: "\(directory)/\($0)") == .file }
    }

    /// The directories under this one (itself included) that are scenarios, sorted; hidden ones, `node_modules` and symbolic
    /// links are not entered, nor is anything more than eight levels down or inside a scenario.
    ///
    /// - Throws: ``LessonError`` with code `.notFound` when the directory isn't there. Finding none isn't an error.
    public func scenarioDirectories(under directory: String) throws(LessonError) -> [String] {
        let root = Self.withoutFinalSlash(directory)
        guard LessonFile.entry(at: root) == .directory else {
            throw LessonError(.notFound, "no such directory: '\(directory)'", remedy: "check the path")
        }
        var found: [String] = []
        collect(root, depth: 0, into: &found)
        return found
    }

    private func collect(_ directory: String, depth: Int, into found: inout [String]) {
        if isScenario(directory) { return found.append(directory) }
        guard depth < 8 else { return }
        for name in LessonFile.names(in: directory) where !name.hasPrefix(".") && name != "node_modules" {
            let path = directory == "/" ? "/" + name : directory + "/" + name
            if LessonFile.entry(at: path) == .directory { collect(path, depth: depth + 1, into: &found) }
        }
    }

    private func page(_ entry: IndexReading.PageEntry, of reading: IndexReading) throws(LessonError) -> Page {
        guard let (path, offset) = entry.text else {
            return Page(
                role: entry.role, title: entry.title ?? "", file: reading.source.file, scripts: entry.scripts,
                settings: entry.settings, answers: answers(of: entry, in: reading))
        }
        try reading.check(path, at: offset)
        let file = reading.directory + "/" + path
        guard LessonFile.entry(at: file) == .file else {
            throw LessonError(
                .missingFile, "no such file: '\(file)'", offset: offset, in: reading.source,
                remedy: "create it, or correct its name here")
        }
        var page = PageReading.read(try LessonFile.source(at: file), role: entry.role)
        if let title = entry.title, !title.isEmpty { page.title = title }
        page.scripts = entry.scripts
        page.settings = entry.settings
        page.answers = answers(of: entry, in: reading)
        return page
    }

    /// The page behind "Show solution"; one that isn't there is for a linter to say, or for a run that needs it.
    private func answers(of entry: IndexReading.PageEntry, in reading: IndexReading) -> [Page] {
        guard let path = entry.scripts.answer,
            let source = try? LessonFile.source(at: reading.directory + "/" + path)
        else { return [] }
        return [PageReading.read(source, role: .alone)]
    }

    private static func index(in directory: String) throws(LessonError) -> String {
        guard let entry = LessonFile.entry(at: directory) else {
            throw LessonError(.notFound, "no such directory: '\(directory)'", remedy: "check the path")
        }
        guard entry == .directory else {
            throw LessonError(
                .notFound, "'\(directory)' is no directory", remedy: "name the directory that holds 'index.json'")
        }
        let candidates = ["index.json", "index.yaml", "index.yml"].filter {
            LessonFile.entry(at: "\(directory)/\($0)") != nil
        }
        guard let name = candidates.first else {
            throw LessonError(
                .notFound, "'\(directory)' holds no 'index.json'",
                remedy: "name a directory that does, or a single Markdown file")
        }
        if let problem = LessonPath.problem(of: name, in: directory) { throw LessonError(.outside, problem) }
        return "\(directory)/\(name)"
    }

    private static func withoutFinalSlash(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}

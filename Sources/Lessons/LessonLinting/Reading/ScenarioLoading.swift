import Diagnostics
import LessonMarkdown
import Lessons

/// Reads a scenario as far as it can be read, and says what it stumbled over.
///
/// Where ``LessonReader`` stops at the first fault, a linter goes on to the next.
struct ScenarioLoading {
    private var scenario: LintedScenario
    private var findings: Findings
    private let reading: IndexReader
    private var readFiles: Set<String> = []

    static func load(_ directory: String, findings: inout Findings) throws -> LintedScenario? {
        let names = LessonReader.indexNames.filter {
            LessonFile.entry(at: directory + "/" + $0) == .file
        }
        guard let name = names.first else {
            throw LintError(
                problem: "'\(directory)' does not contain 'index.json'",
                remedy: "name a scenario's directory or a Markdown file")
        }
        let path = directory + "/" + name
        var source: SourceText?
        let root: IndexValue
        do {
            let text = try LessonFile.source(name, in: directory, maxSize: LessonFile.maxIndexSize)
            source = text
            root = name == "index.json" ? try JSONParser.parse(text) : try YAMLIndex.parse(text)
        } catch let error where error.code == .notFound {
            throw error
        } catch {
            findings.add(.unreadableFile, error, file: path, source: source)
            return nil
        }
        guard let source else { return nil }
        if names.count > 1 {
            findings.add(
                .twoIndexes, at: 0..<0, of: source, "'\(names[1])' is ignored, because '\(name)' is read instead",
                remedy: "keep one of the two")
        }
        var loading = ScenarioLoading(directory: directory, index: source, root: root, findings: findings)
        loading.run()
        findings = loading.findings
        return loading.scenario
    }

    private init(directory: String, index: SourceText, root: IndexValue, findings: Findings) {
        reading = IndexReader(source: index, root: root, directory: directory)
        self.findings = findings
        let files = DirectoryListing.files(in: directory)
        scenario = LintedScenario(
            directory: directory, index: index, root: root, files: files, nearNames: NearNames(files))
    }

    private mutating func run() {
        guard case .object = scenario.root.content else {
            return wrong(scenario.root, "expected an object, found \(scenario.root.typeName)")
        }
        do { _ = try reading.settings() } catch {
            findings.add(.wrongValue, error, file: scenario.index.file, source: scenario.index)
        }
        for key in ["title", "description"] { _ = text(key, of: scenario.root) }
        for key in ["backend", "environment"] { _ = object(key, of: scenario.root) }
        guard let details = object("details", of: scenario.root) else { return }
        if let intro = object("intro", of: details) { take(intro, role: .intro) }
        for (index, step) in list("steps", of: details).enumerated() {
            if case .null = step.content { continue }
            guard case .object = step.content else {
                wrong(step, "a step must be an object, not \(step.typeName)")
                continue
            }
            take(step, role: .step(index + 1))
        }
        if let finish = object("finish", of: details) { take(finish, role: .finish) }
    }

    private mutating func take(_ value: IndexValue, role: Page.Role) {
        let entry = LintedPage.IndexEntry(role: role, title: text("title", of: value), value: value)
        scenario.entries.append(entry)
        addPage("text", of: value, kind: .page, entry: entry)
        addPage("answer", of: value, kind: .aside, entry: entry)
        if let credits = value["credits"]?.string, RelativePath.isMarkdown(credits), !credits.contains("://") {
            addPage("credits", of: value, kind: .aside, entry: entry)
        }
        for (key, script) in [
            ("foreground", LintedScript.Role.foreground), ("code", .foreground), ("background", .background),
            ("courseData", .background), ("verify", .verify),
        ] {
            addScript(key, of: value, role: script)
        }
        if let hint = value["hint"]?.string {
            if RelativePath.isMarkdown(hint) {
                addPage("hint", of: value, kind: .aside, entry: entry)
            } else {
                addScript("hint", of: value, role: .hint)
            }
        }
    }

    private mutating func addPage(
        _ key: String, of value: IndexValue, kind: LintedPage.Kind, entry: LintedPage.IndexEntry
    ) {
        guard let (path, source) = file(key, of: value, again: "page", maxSize: LessonFile.maxSize), let source else {
            return
        }
        scenario.named.insert(path)
        scenario.pages.append(LintedPage(source, kind: kind, role: entry.role, entry: entry))
    }

    private mutating func addScript(_ key: String, of value: IndexValue, role: LintedScript.Role) {
        guard let (path, source) = file(key, of: value, again: role.rawValue, maxSize: LessonFile.maxScriptSize),
            let source
        else { return }
        scenario.named.insert(path)
        scenario.scripts.append(LintedScript(source, role: role))
    }

    /// The file that a member names, relative and read; `nil` where there is none, and no source for one read before.
    private mutating func file(
        _ key: String, of value: IndexValue, again: String, maxSize: Int
    ) -> (String, SourceText?)? {
        guard let member = value[key], let written = text(key, of: value), !written.isEmpty else { return nil }
        if let problem = LessonPath.problem(of: written, in: scenario.directory) {
            findings.add(
                .pathOutside, at: range(of: member), of: scenario.index, problem,
                remedy: "name a file inside the scenario's directory")
            return nil
        }
        guard let path = LessonPath.normalized(written) else { return nil }
        guard LessonFile.entry(at: scenario.path(path)) == .file else {
            missing(written, key: key, at: member)
            return nil
        }
        guard readFiles.insert(again + ":" + path).inserted else { return (path, nil) }
        do {
            return (path, try LessonFile.source(path, in: scenario.directory, maxSize: maxSize))
        } catch {
            scenario.named.insert(path)
            findings.add(.unreadableFile, error, file: scenario.path(path))
            return nil
        }
    }

    private mutating func missing(_ path: String, key: String, at member: IndexValue) {
        if let entry = LessonFile.entry(at: scenario.path(path)) {
            return findings.add(
                .missingFile, at: range(of: member), of: scenario.index,
                "'\(key)' names '\(path)', which is \(entry == .directory ? "a directory" : "no regular file")",
                remedy: "put a file there, or correct its name here")
        }
        // Old lessons write a command where a script's name belongs.
        if ["code", "foreground", "background", "courseData"].contains(key), path.contains(" "), !path.hasSuffix(".sh")
        {
            return findings.add(
                .missingFile, at: range(of: member), of: scenario.index, "'\(key)' does not name a script",
                remedy: "write the command into a file, and name that here")
        }
        guard findings.takes(.missingFile, in: scenario.index) else { return }
        let near = scenario.nearNames.nearest(to: path)
        findings.add(
            .missingFile, at: range(of: member), of: scenario.index, "'\(key)' names '\(path)', which does not exist",
            remedy: near.map { "did you mean '\($0)'?" } ?? "create it, or correct its name here")
    }

    // MARK: Values

    private func range(of value: IndexValue) -> Range<Int> {
        value.offset..<Findings.wordEnd(from: value.offset, in: scenario.index)
    }

    private mutating func wrong(_ value: IndexValue, _ message: String) {
        findings.add(.wrongValue, at: range(of: value), of: scenario.index, message)
    }

    private mutating func text(_ key: String, of value: IndexValue) -> String? {
        guard let member = value[key] else { return nil }
        switch member.content {
        case .string(let text), .number(let text): return text
        case .null: return nil
        default:
            wrong(member, "'\(key)' must be a string, not \(member.typeName)")
            return nil
        }
    }

    private mutating func object(_ key: String, of value: IndexValue) -> IndexValue? {
        guard let member = value[key] else { return nil }
        switch member.content {
        case .object: return member
        case .null: return nil
        default:
            wrong(member, "'\(key)' must be an object, not \(member.typeName)")
            return nil
        }
    }

    private mutating func list(_ key: String, of value: IndexValue) -> [IndexValue] {
        guard let member = value[key] else { return [] }
        switch member.content {
        case .list(let values): return values
        case .null: return []
        default:
            wrong(member, "'\(key)' must be a list, not \(member.typeName)")
            return []
        }
    }
}

import Diagnostics
import Lessons

/// Reads what `index.json` says into a scenario, without its pages' texts.
package struct IndexReader {
    /// A page that the index asks for.
    struct PageEntry {
        var role: Page.Role
        var title: String?
        /// As written, with its offset; `nil` for a page of scripts alone.
        var text: (path: String, offset: Int)?
        var scripts: PageScripts
        var settings = PageSettings()
        /// Where the index names the scripts.
        var scriptOffsets: [PageScripts.Kind: Int] = [:]
    }

    /// No scenario has more steps.
    static let maxSteps = 5000

    package let source: SourceText
    package let root: IndexValue
    /// The scenario's directory as the user gave it.
    package let directory: String

    package init(source: SourceText, root: IndexValue, directory: String) {
        self.source = source
        self.root = root
        self.directory = directory
    }

    func fault(_ problem: String, at value: IndexValue, remedy: String? = nil) -> LessonError {
        LessonError(.invalidIndex, problem, offset: value.offset, in: source, remedy: remedy)
    }

    /// The text of a member that must be one when it is there.
    private func text(_ key: String, of value: IndexValue) throws(LessonError) -> String? {
        guard let member = value[key] else { return nil }
        switch member.content {
        case .string(let text), .number(let text): return text
        case .null: return nil
        default: throw fault("'\(key)' must be a string, not \(member.typeName)", at: member)
        }
    }

    func title() throws(LessonError) -> String { try text("title", of: root) ?? "" }

    func summary() throws(LessonError) -> String { try text("description", of: root) ?? "" }

    /// Intro, steps and finish in reading order.
    func pages() throws(LessonError) -> [PageEntry] {
        guard case .object = root.content else { throw fault("expected an object, found \(root.typeName)", at: root) }
        guard let details = root["details"] else { return [] }
        if case .null = details.content { return [] }
        guard case .object = details.content else {
            throw fault("'details' must be an object, not \(details.typeName)", at: details)
        }
        var entries: [PageEntry] = []
        if let intro = details["intro"], let entry = try page(intro, named: "intro", role: .intro) {
            entries.append(entry)
        }
        if let steps = details["steps"] {
            switch steps.content {
            case .list(let values):
                guard values.count <= Self.maxSteps else {
                    throw fault(
                        "'steps' lists \(values.count) steps, more than the \(Self.maxSteps) that a scenario may have",
                        at: steps, remedy: "split the scenario")
                }
                for (index, value) in values.enumerated() {
                    if let entry = try page(value, named: "a step", role: .step(index + 1)) { entries.append(entry) }
                }
            case .null: break
            default: throw fault("'steps' must be a list, not \(steps.typeName)", at: steps)
            }
        }
        if let finish = details["finish"], let entry = try page(finish, named: "finish", role: .finish) {
            entries.append(entry)
        }
        locateScripts(of: &entries)
        return entries
    }

    private func page(_ value: IndexValue, named name: String, role: Page.Role) throws(LessonError) -> PageEntry? {
        switch value.content {
        case .object: break
        case .null: return nil
        default: throw fault("\(name) must be an object, not \(value.typeName)", at: value)
        }
        var entry = PageEntry(role: role, title: try text("title", of: value), text: nil, scripts: PageScripts())
        if let member = value["text"], let path = try text("text", of: value), !path.isEmpty {
            entry.text = (path, member.offset)
        }
        entry.scripts = PageScripts(
            foreground: try script("foreground", or: "code", of: value),
            background: try script("background", or: "courseData", of: value),
            verify: try script("verify", of: value), answer: try script("answer", of: value),
            hint: try script("hint", of: value))
        try readSettings(of: value, into: &entry)
        entry.scriptOffsets = scriptOffsets(of: value, entry.scripts)
        if entry.text == nil, entry.title == nil, entry.scripts == PageScripts() { return nil }
        return entry
    }

    func script(_ key: String, or synonym: String? = nil, of value: IndexValue) throws(LessonError) -> String? {
        for name in [key, synonym].compactMap(\.self) {
            guard let path = try text(name, of: value), !path.isEmpty else { continue }
            if let member = value[name] { try check(path, at: member.offset) }
            return path
        }
        return nil
    }

    /// Refuses a path that leaves the scenario's directory.
    func check(_ path: String, at offset: Int) throws(LessonError) {
        guard let problem = LessonPath.problem(of: path, in: directory) else { return }
        throw LessonError(
            .outside, problem, offset: offset, in: source, remedy: "name a file inside the scenario's directory")
    }

    func platform() throws(LessonError) -> ScenarioPlatform {
        var platform = ScenarioPlatform()
        platform.requests = requests()
        platform.type = root["type"]?.string
        if let type = platform.type, type.hasPrefix("jupyter") {
            platform.notes.append("the lesson is a notebook ('\(type)'), which is neither read nor run")
        }
        if let backend = root["backend"] {
            platform.image = backend["imageid"]?.string
            platform.port = backend["port"]?.integer
            var finder = PlaceFinder()
            platform.imagePlace = backend["imageid"].map { finder.place(of: $0.offset, in: source) }
        }
        if let environment = root["environment"] {
            platform.layout = environment["uilayout"]?.string
            if let path = environment["uieditorpath"]?.string, !path.isEmpty { platform.editorPath = path }
            readScreen(environment, into: &platform)
        }
        guard case .object(let hosts)? = root["details"]?["assets"]?.content else { return platform }
        var finder = PlaceFinder()
        for (host, _, files) in hosts {
            guard case .list(let entries) = files.content else {
                if case .null = files.content { continue }
                throw fault("the assets of '\(host)' must be a list, not \(files.typeName)", at: files)
            }
            for entry in entries {
                guard let file = try text("file", of: entry), !file.isEmpty else {
                    throw fault("an asset of '\(host)' has no 'file'", at: entry)
                }
                if let member = entry["file"] {
                    try check(file.hasPrefix("/") ? file : "assets/" + file, at: member.offset)
                }
                let asset = Asset(
                    host: host, file: file, target: try text("target", of: entry) ?? "~/",
                    mode: try text("chmod", of: entry),
                    place: finder.place(of: (entry["file"] ?? entry).offset, in: source))
                platform.assets.append(asset)
            }
        }
        return platform
    }
}

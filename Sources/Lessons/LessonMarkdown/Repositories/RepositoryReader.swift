import Diagnostics
import Lessons

/// Walks through a repository and finds its scenarios, in the order of its courses.
///
/// Two platforms, two habits: where a directory has a `structure.json`, only what that lists counts; elsewhere pathways give an
/// order and everything else follows by name.
struct RepositoryReader {
    /// No directory further down is entered.
    static let maxDepth = 8

    let root: String
    private(set) var repository: LessonRepository
    private var found: Set<String> = []
    private var walked: Set<String> = []
    /// Course files that were read.
    private var read: Set<String> = []
    /// Directories whose `structure.json` is being followed, outermost first.
    private var following: [String] = []
    private var hasStructure = false

    init(root: String) {
        self.root = root
        repository = LessonRepository(
            directory: root, scenarios: [], courses: [], unlisted: [], translations: [], strings: [:], problems: [])
    }

    mutating func readAll() {
        let names = LessonFile.names(in: root)
        var start = ""
        if names.contains("katacoda.yaml"), let configured = scenarioRoot() { start = configured }
        if names.contains("strings.yaml") { readStrings() }
        for name in names {
            if let language = RepositoryPath.language(of: name), LessonFile.entry(at: path(name)) == .directory {
                repository.translations.append(.init(language: language, directory: path(name)))
            }
        }
        walk(start, depth: 0)
        if hasStructure { findUnlisted(start, depth: 0) }
    }

    /// The path as the user can open it.
    private func path(_ relative: String) -> String {
        relative.isEmpty ? root : root == "/" ? "/" + relative : root + "/" + relative
    }

    private func isScenario(_ relative: String, names: [String]) -> Bool {
        LessonReader.indexNames.contains {
            names.contains($0) && LessonFile.entry(at: path(relative) + "/" + $0) == .file
        }
    }

    /// The names of directories to enter, by name; those for training last, since they repeat what is elsewhere.
    private func enterable(_ names: [String], in relative: String) -> [String] {
        let inner = names.filter { name in
            !name.hasPrefix(".") && name != "node_modules" && name != "assets"
                && !(relative.isEmpty && RepositoryPath.language(of: name) != nil)
                && LessonFile.entry(at: path(RepositoryPath.join(relative, name))) == .directory
        }
        return inner.filter { $0 != "training" } + inner.filter { $0 == "training" }
    }

    private mutating func addProblem(_ problem: LessonError) { repository.problems.append(problem) }

    private mutating func add(_ relative: String) {
        if found.insert(relative).inserted { repository.scenarios.append(path(relative)) }
    }

    // MARK: Directories

    private mutating func walk(_ relative: String, depth: Int) {
        guard walked.insert(relative).inserted else { return }
        let names = LessonFile.names(in: path(relative))
        if isScenario(relative, names: names) { return add(relative) }
        guard depth < Self.maxDepth else { return }
        if names.contains("structure.json") { return follow(relative, depth: depth) }
        let pathways = names.filter { $0.hasSuffix(PathwayEntry.fileSuffix) }
        if pathways.contains(PathwayEntry.profile) { readPathway(PathwayEntry.profile, in: relative, depth: depth) }
        for file in pathways { readPathway(file, in: relative, depth: depth) }
        for name in enterable(names, in: relative) {
            walk(RepositoryPath.join(relative, name), depth: depth + 1)
        }
    }

    /// The scenarios that no walk came to.
    private mutating func findUnlisted(_ relative: String, depth: Int) {
        let names = LessonFile.names(in: path(relative))
        if isScenario(relative, names: names) {
            if !found.contains(relative) { repository.unlisted.append(path(relative)) }
            return
        }
        guard depth < Self.maxDepth else { return }
        for name in enterable(names, in: relative) {
            findUnlisted(RepositoryPath.join(relative, name), depth: depth + 1)
        }
    }

    /// Where in the repository a path of a course file leads, when it may lead there.
    private mutating func target(
        of text: String, at offset: Int, from directory: String, in document: IndexDocument
    ) -> String? {
        guard let relative = RepositoryPath.resolve(text, in: directory),
            relative.isEmpty || LessonPath.problem(of: relative, in: root) == nil
        else {
            addProblem(
                document.fault(
                    "'\(text)' leads out of '\(root)'", at: offset, code: .outside,
                    remedy: "name a directory inside it, or read the repository from further up"))
            return nil
        }
        return relative
    }

    // MARK: Killercoda

    private mutating func follow(_ directory: String, depth: Int) {
        hasStructure = true
        let file = path(RepositoryPath.join(directory, "structure.json"))
        following.append(directory)
        defer { following.removeLast() }
        do throws(LessonError) {
            let document = try IndexDocument.read(RepositoryPath.join(directory, "structure.json"), in: root)
            let structure = try StructureFile(document)
            var course = Course(
                kind: .structure, title: structure.title, summary: structure.summary, file: file, entries: [])
            // The course is before those inside it.
            let index = repository.courses.count
            repository.courses.append(course)
            for item in structure.items {
                course.entries.append(
                    Course.Entry(
                        place: item.place, title: item.title, summary: item.summary,
                        target: follow(item, from: directory, in: document, depth: depth)))
            }
            repository.courses[index] = course
        } catch {
            addProblem(error)
        }
    }

    private mutating func follow(
        _ item: StructureFile.Item, from directory: String, in document: IndexDocument, depth: Int
    ) -> Course.Target {
        guard let relative = target(of: item.path, at: item.offset, from: directory, in: document) else {
            return .missing(item.path)
        }
        guard LessonFile.entry(at: path(relative)) == .directory else {
            addProblem(
                document.fault(
                    "no such directory: '\(path(relative))'", at: item.offset, code: .missingFile,
                    remedy: "correct the path, which is relative to '\(document.source.file)', or remove the entry"))
            return .missing(item.path)
        }
        if isScenario(relative, names: LessonFile.names(in: path(relative))) {
            add(relative)
            return .scenario(path(relative))
        }
        if following.contains(relative) {
            addProblem(
                document.fault(
                    "'\(item.path)' leads back to '\(path(relative))', which lists this course", at: item.offset,
                    remedy: "remove one of the two entries"))
            return .missing(item.path)
        }
        walk(relative, depth: depth + 1)
        return .course(path(relative))
    }

    // MARK: Katacoda

    private mutating func readPathway(_ name: String, in directory: String, depth: Int) {
        let relative = RepositoryPath.join(directory, name)
        guard read.insert(relative).inserted else { return }
        do throws(LessonError) {
            let document = try IndexDocument.read(relative, in: root)
            let isTraining = directory == "training" || directory.hasSuffix("/training")
            let base = isTraining ? RepositoryPath.parent(of: directory) : directory
            let isProfile = name == PathwayEntry.profile
            let stem = String(name.dropLast(PathwayEntry.fileSuffix.count))
            var course = Course(
                kind: isTraining ? .training : isProfile ? .profile : .pathway,
                title: document.root["title"]?.string ?? "", summary: document.root["description"]?.string ?? "",
                file: path(relative), entries: [])
            let index = repository.courses.count
            repository.courses.append(course)
            for entry in try PathwayEntry.all(in: document) {
                let target = follow(
                    entry, course: isProfile ? nil : stem, base: base, in: document, depth: depth)
                course.entries.append(
                    Course.Entry(place: entry.place, title: entry.title, summary: entry.summary, target: target))
            }
            repository.courses[index] = course
        } catch {
            addProblem(error)
        }
    }

    private mutating func follow(
        _ entry: PathwayEntry, course: String?, base: String, in document: IndexDocument, depth: Int
    ) -> Course.Target {
        if let link = entry.externalLink { return .external(link) }
        for candidate in entry.candidates(course: course) {
            guard let relative = RepositoryPath.resolve(candidate, in: base),
                LessonPath.problem(of: relative, in: root) == nil, LessonFile.entry(at: path(relative)) == .directory
            else { continue }
            if isScenario(relative, names: LessonFile.names(in: path(relative))) {
                add(relative)
                return .scenario(path(relative))
            }
            // A course that a profile lists has a pathway of its own beside it.
            guard course == nil else { continue }
            let own = relative + PathwayEntry.fileSuffix
            if LessonFile.entry(at: path(own)) == .file {
                let parent = RepositoryPath.parent(of: own)
                readPathway(String(own.dropFirst(parent.isEmpty ? 0 : parent.count + 1)), in: parent, depth: depth)
            }
            walk(relative, depth: depth + 1)
            return .course(path(relative))
        }
        let wanted = entry.candidates(course: course).first ?? ""
        // A pathway without a directory of its own is a list of links to other profiles.
        let isLinkList = course.map { LessonFile.entry(at: path(RepositoryPath.join(base, $0))) != .directory } ?? false
        if entry.belongsElsewhere || isLinkList { return .elsewhere(wanted) }
        addProblem(
            document.fault(
                "no scenario '\(wanted)' is here", at: entry.offset, code: .missingFile,
                remedy: "correct the name, or remove the entry"))
        return .missing(wanted)
    }

    // MARK: Files at the root

    private mutating func scenarioRoot() -> String? {
        do throws(LessonError) {
            let document = try IndexDocument.read("katacoda.yaml", in: root)
            guard let member = document.root["scenario_root"], let text = member.string, !text.isEmpty else {
                return nil
            }
            guard let relative = target(of: text, at: member.offset, from: "", in: document) else { return nil }
            guard LessonFile.entry(at: path(relative)) == .directory else {
                throw document.fault(
                    "no such directory: '\(path(relative))'", at: member.offset, code: .missingFile,
                    remedy: "set 'scenario_root' to the directory that contains the scenarios")
            }
            return relative
        } catch {
            addProblem(error)
            return nil
        }
    }

    private mutating func readStrings() {
        do throws(LessonError) {
            let document = try IndexDocument.read("strings.yaml", in: root)
            guard case .object(let members) = document.root.content else {
                throw document.fault("expected names and texts, found \(document.root.typeName)", at: 0)
            }
            for (key, offset, value) in members {
                guard LessonRepository.stringNames.contains(key) else {
                    let near = LessonRepository.stringNames.first { Spelling.isNear(key, to: $0, slips: 2) }
                    addProblem(
                        document.fault(
                            "unknown word '\(key)'", at: offset, code: .unknownKey,
                            remedy: near.map { "write '\($0)'" } ?? "remove it"))
                    continue
                }
                guard let text = value.string else {
                    addProblem(document.fault("'\(key)' must be a string, not \(value.typeName)", at: value.offset))
                    continue
                }
                repository.strings[key] = text
            }
        } catch {
            addProblem(error)
        }
    }
}

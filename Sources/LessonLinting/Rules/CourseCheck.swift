import LessonMarkdown
import Lessons

/// `structure.json`, which says what of a course is published and in which order, and Katacoda's `NAME-pathway.json`.
struct CourseCheck {
    /// Every such file below the directory.
    static func files(under directory: String) -> [String] {
        var files: [String] = []
        collect(directory, depth: 0, into: &files)
        return files
    }

    private static let pathwayEnding = "-pathway.json"

    private static func collect(_ directory: String, depth: Int, into files: inout [String]) {
        if LessonReader().isScenario(directory) { return }
        let file = directory + "/structure.json"
        if LessonFile.entry(at: file) == .file { files.append(file) }
        for name in LessonFile.names(in: directory) where !name.hasPrefix(".") && name != "node_modules" {
            let path = directory + "/" + name
            switch LessonFile.entry(at: path) {
            case .directory where depth < 8: collect(path, depth: depth + 1, into: &files)
            // The profile's pathway lists scenarios of other profiles too.
            case .file where name.hasSuffix(pathwayEnding) && name != "profile-pathway.json": files.append(path)
            default: break
            }
        }
    }

    func check(_ file: String, _ findings: inout Findings) {
        var source: SourceText?
        do {
            let text = try LessonFile.source(at: file)
            source = text
            let root = try JSONParser.parse(text)
            if file.hasSuffix(Self.pathwayEnding) {
                pathway(root, in: text, &findings)
            } else {
                check(root, in: text, &findings)
            }
        } catch {
            findings.add(.unreadableFile, error, file: file, source: source)
        }
    }

    private func pathway(_ root: IndexValue, in source: SourceText, _ findings: inout Findings) {
        let directory = source.file.dropLast(Self.pathwayEnding.utf8.count)
        // A pathway without a directory of its own only links to others.
        guard LessonFile.entry(at: String(directory)) == .directory, let courses = root["courses"]?.list else { return }
        for course in courses {
            guard let member = course["course_id"], let name = member.string, !name.isEmpty,
                ["pathway_id", "id", "external_link"].allSatisfy({ course[$0] == nil }),
                LessonFile.entry(at: directory + "/" + name) != .directory
            else { continue }
            findings.add(
                .missingFile, at: member.offset..<Findings.wordEnd(from: member.offset, in: source), of: source,
                "there is no scenario '\(name)' in '\(RelativePath.name(of: directory))'",
                remedy: "correct its name, or remove the entry")
        }
    }

    private func check(_ root: IndexValue, in source: SourceText, _ findings: inout Findings) {
        let directory = RelativePath.parent(of: source.file)
        guard let items = root["items"] else { return }
        guard let list = items.list else {
            findings.add(
                .wrongValue, at: items.offset..<items.offset + 1, of: source,
                "'items' must be a list, not \(items.typeName)")
            return
        }
        var listed: Set<String> = []
        for item in list {
            guard let member = item["path"], let path = member.string, !path.isEmpty else { continue }
            let target = directory + "/" + path
            guard LessonFile.entry(at: target) == .directory else {
                findings.add(
                    .missingFile, at: member.offset..<Findings.wordEnd(from: member.offset, in: source), of: source,
                    "there is no scenario or course '\(path)'", remedy: "correct its name, or remove the item")
                continue
            }
            listed.insert(LessonFile.resolved(target) ?? target)
        }
        guard findings.wants(.scenarioNeverListed) else { return }
        for name in LessonFile.names(in: directory) where !name.hasPrefix(".") && name != "node_modules" {
            let path = directory + "/" + name
            guard LessonFile.entry(at: path) == .directory, !listed.contains(LessonFile.resolved(path) ?? path),
                !listed.contains(where: { $0.hasPrefix((LessonFile.resolved(path) ?? path) + "/") }),
                let found = try? LessonReader().repository(at: path),
                let first = (found.scenarios + found.unlisted).first
            else { continue }
            let what =
                first == path
                ? "the scenario '\(name)'"
                : "the course '\(name)' with \(found.scenarios.count + found.unlisted.count) scenarios"
            findings.add(
                .scenarioNeverListed, at: items.offset..<items.offset + 1, of: source,
                "\(what) isn't listed, so it is never published", remedy: "add an item with \"path\": \"\(name)\"")
        }
    }
}

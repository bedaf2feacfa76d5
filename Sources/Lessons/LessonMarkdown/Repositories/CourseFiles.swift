import Diagnostics
import Lessons

/// Killercoda's `structure.json`, read.
struct StructureFile {
    struct Item {
        var path: String
        var title: String
        var summary: String
        /// Of the path.
        var offset: Int
        var place: SourcePlace
    }

    var title: String
    var summary: String
    var items: [Item] = []

    init(_ document: IndexDocument) throws(LessonError) {
        let root = document.root
        title = root["title"]?.string ?? ""
        summary = root["description"]?.string ?? ""
        guard let member = root["items"], let values = member.list else {
            throw document.fault(
                "'items' must be a list of scenarios", at: (root["items"] ?? root).offset,
                remedy: #"write {"items": [{"path": "directory"}]}"#)
        }
        for value in values {
            guard let path = value["path"], case .string(let text) = path.content, !text.isEmpty else {
                throw document.fault("an item has no 'path'", at: value.offset)
            }
            items.append(
                Item(
                    path: text, title: value["title"]?.string ?? "", summary: value["description"]?.string ?? "",
                    offset: path.offset, place: document.place(of: value)))
        }
    }
}

/// One entry of a Katacoda pathway.
struct PathwayEntry {
    static let fileSuffix = "-pathway.json"
    static let profile = "profile-pathway.json"

    var title: String
    var summary: String
    var externalLink: String?
    /// The course to take the scenario from, with or without the profile's name before it.
    var pathway: String?
    /// The real name first, when `course_id` is only what the URL shows.
    var names: [String]
    var offset: Int
    var place: SourcePlace

    /// Courses and scenarios in the order of the file.
    static func all(in document: IndexDocument) throws(LessonError) -> [Self] {
        var entries: [Self] = []
        for key in ["courses", "scenarios"] {
            guard let member = document.root[key] else { continue }
            guard let values = member.list else {
                throw document.fault("'\(key)' must be a list, not \(member.typeName)", at: member.offset)
            }
            for value in values {
                guard case .object = value.content else {
                    throw document.fault("an entry must be an object, not \(value.typeName)", at: value.offset)
                }
                entries.append(Self(value, in: document))
            }
        }
        return entries
    }

    private init(_ value: IndexValue, in document: IndexDocument) {
        func text(_ key: String) -> String? { value[key]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        title = text("title") ?? ""
        summary = text("description") ?? ""
        externalLink = text("external_link")
        pathway = text("pathway_id")
        names = [text("id"), text("course_id")].compactMap(\.self)
        offset = (value["id"] ?? value["course_id"] ?? value).offset
        place = document.place(of: value)
    }

    /// Where the scenario may be, relative to the pathway's directory, likeliest first.
    func candidates(course: String?) -> [String] {
        var prefixes: [String] = []
        if let pathway {
            prefixes.append(pathway)
            if let slash = pathway.firstIndex(of: "/") {
                prefixes.append(String(pathway[pathway.index(after: slash)...]))
            }
        } else if let course {
            prefixes.append(course)
        }
        prefixes.append("")
        return prefixes.flatMap { prefix in names.map { RepositoryPath.join(prefix, $0) } }
    }

    /// Whether another profile's repository holds the scenario.
    var belongsElsewhere: Bool { pathway != nil }
}

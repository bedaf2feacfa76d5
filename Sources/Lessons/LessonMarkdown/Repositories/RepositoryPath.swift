/// Paths inside a repository, relative to its root; the root itself is empty.
enum RepositoryPath {
    /// The path that `path`, written in a file of `directory`, means; `nil` when it leads out of the repository.
    static func resolve(_ path: String, in directory: String) -> String? {
        guard !path.hasPrefix("/"), !path.hasPrefix("~"), !path.utf8.contains(0) else { return nil }
        return LessonPath.normalized(path, in: directory)
    }

    static func join(_ directory: String, _ name: String) -> String {
        directory.isEmpty ? name : name.isEmpty ? directory : directory + "/" + name
    }

    static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    /// The language of a directory of translations: `_de`, `_pt-BR`.
    static func language(of name: String) -> String? {
        guard name.hasPrefix("_") else { return nil }
        let parts = name.dropFirst().split(whereSeparator: { $0 == "-" || $0 == "_" })
        guard let first = parts.first, parts.count <= 2, (2...3).contains(first.utf8.count),
            parts.allSatisfy({ (2...4).contains($0.utf8.count) && $0.utf8.allSatisfy(\.isLetter) })
        else { return nil }
        return String(name.dropFirst())
    }
}

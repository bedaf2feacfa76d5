/// Paths of a lesson, which may not lead out of the scenario's directory.
package enum LessonPath {
    /// What is wrong with the path; `nil` for one that stays inside, whether or not anything is there.
    package static func problem(of path: String, in directory: String) -> String? {
        if path.utf8.contains(0) { return "'\(path)' contains a NUL byte" }
        if path.hasPrefix("/") || path.hasPrefix("~") {
            return "'\(path)' is absolute, and leads out of the scenario's directory"
        }
        var depth = 0
        for part in path.split(separator: "/") where part != "." {
            depth += part == ".." ? -1 : 1
            if depth < 0 { return "'\(path)' leads out of the scenario's directory" }
        }
        guard let root = LessonFile.resolved(directory), let target = LessonFile.resolved(directory + "/" + path) else {
            return nil
        }
        let prefix = root.hasSuffix("/") ? root : root + "/"
        return target == root || target.hasPrefix(prefix)
            ? nil : "'\(path)' is a symbolic link out of the scenario's directory"
    }

    package static func withoutFinalSlash(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// Without `.`, doubled slashes and `..` that undo what comes before; `nil` for one that leads above its start.
    ///
    /// - Parameter directory: What a relative path begins at, relative to the same start.
    package static func normalized(_ path: some StringProtocol, in directory: String = "") -> String? {
        var parts = directory.split(separator: "/")
        for part in Substring(path).split(separator: "/") where part != "." {
            if part == ".." {
                guard parts.popLast() != nil else { return nil }
            } else {
                parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }
}

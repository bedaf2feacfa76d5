import LessonMarkdown

/// What lies in a directory of lessons.
enum DirectoryListing {
    /// No directory is listed further than this; what lies beyond is taken as unknown.
    static let most = 20_000
    static let maxDepth = 12

    /// Regular files below the directory, relative and sorted, without `.git`, `node_modules`, symbolic links and other
    /// scenarios.
    static func files(in directory: String) -> [String] {
        var files: [String] = []
        collect(directory, prefix: "", depth: 0, into: &files)
        return files.sorted()
    }

    private static func collect(_ directory: String, prefix: String, depth: Int, into files: inout [String]) {
        for name in LessonFile.names(in: directory) {
            guard files.count < most else { return }
            let path = directory + "/" + name
            switch LessonFile.entry(at: path) {
            case .file: files.append(prefix + name)
            case .directory:
                guard depth < maxDepth, name != ".git", name != "node_modules", !LessonReader().isScenario(path) else {
                    continue
                }
                collect(path, prefix: prefix + name + "/", depth: depth + 1, into: &files)
            case .other, nil: continue
            }
        }
    }

    /// The nearest directory above (or the directory itself) that holds `.git`; `nil` without one.
    static func repository(of path: String) -> String? {
        guard var directory = LessonFile.resolved(path) else { return nil }
        while true {
            if LessonFile.entry(at: directory + "/.git") != nil { return directory }
            guard directory != "/" else { return nil }
            directory = RelativePath.parent(of: directory)
        }
    }
}

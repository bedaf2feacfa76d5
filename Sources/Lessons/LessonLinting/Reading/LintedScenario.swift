import LessonMarkdown
import Lessons

/// A scenario's index and files, read as far as they can be.
struct LintedScenario {
    let directory: String
    let index: SourceText
    let root: IndexValue
    /// Of pages and answers, each file once.
    var pages: [LintedPage] = []
    /// Each file once for each role.
    var scripts: [LintedScript] = []
    /// Steps, intro and finish as the index lists them.
    var entries: [LintedPage.IndexEntry] = []
    /// Every regular file below the directory, relative to it and sorted; what lies in a scenario of its own isn't
    /// listed.
    let files: [String]
    let nearNames: NearNames
    /// What the index names, relative to the directory.
    var named: Set<String> = []

    var image: String? { root["backend"]?["imageid"]?.string }
    var layout: String? { root["environment"]?["uilayout"]?.string }
    var isChallenge: Bool { root["type"]?.string?.hasPrefix("challenge") ?? false }

    /// How many machines the image has; `nil` where that isn't known.
    var hosts: Int? {
        guard let image, layout != "terminal-terminal" else { return nil }
        return MachineTable.known[image]?.hosts
    }

    /// The directory that file names of the editor are relative to.
    var editorPath: String {
        guard let path = root["environment"]?["uieditorpath"]?.string, !path.isEmpty else { return "/root" }
        return path
    }

    func path(_ relative: String) -> String { directory == "/" ? "/" + relative : directory + "/" + relative }
}

/// Paths as text.
enum RelativePath {
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func name(of path: some StringProtocol) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? String(path)
    }

    static func fileExtension(of path: some StringProtocol) -> String {
        let name = name(of: path)
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    static func isMarkdown(_ path: some StringProtocol) -> Bool {
        ["md", "markdown"].contains(fileExtension(of: path))
    }
}

import LessonMarkdown
import Lessons

/// Where a page's relative URLs lead, seen from the directory in which its document lies.
package struct PageBase: Sendable {
    private let pageDirectory: String
    private let scenarioDirectory: String
    private let target: String

    /// - Parameters:
    ///   - file: The page's, as the user gave it.
    ///   - scenario: The scenario's directory, or the file of a page on its own.
    ///   - directory: The document's.
    package init(page file: String, of scenario: String, seenFrom directory: String) {
        pageDirectory = Self.parent(of: file)
        scenarioDirectory = LessonFile.entry(at: scenario) == .directory ? scenario : Self.parent(of: scenario)
        target = directory.isEmpty ? "." : directory
    }

    /// The URL as the document has to write it; one that is absolute or a place on the page stays.
    ///
    /// A file that isn't beside the page is looked for in the scenario's directory, as Katacoda does with `./assets/x.png`.
    func relocated(_ url: String) -> String {
        guard let first = url.first, !"/\\#?".contains(first), !hasScheme(url) else { return url }
        let path = url.prefix { $0 != "?" && $0 != "#" }
        let decoded = PercentEncoding.decoded(path)
        let isBesidePage = LessonFile.entry(at: pageDirectory + "/" + decoded) != nil
        let directory =
            !isBesidePage && LessonFile.entry(at: scenarioDirectory + "/" + decoded) != nil
            ? scenarioDirectory : pageDirectory
        guard let from = LessonFile.resolved(target), let to = LessonFile.resolved(directory) else { return url }
        return Self.way(from: from, to: to).map { PercentEncoding.encoded($0) + "/" }.joined() + url
    }

    private func hasScheme(_ url: String) -> Bool {
        let ends: Set<Unicode.Scalar> = [":", "/", "?", "#"]
        return url.unicodeScalars.first(where: ends.contains) == ":"
    }

    /// The segments that lead from one directory to another, both absolute and without symbolic links.
    private static func way(from start: String, to end: String) -> [String] {
        let start = start.split(separator: "/")
        let end = end.split(separator: "/")
        let shared = zip(start, end).prefix { $0 == $1 }.count
        return Array(repeating: "..", count: start.count - shared) + end.dropFirst(shared).map(String.init)
    }

    private static func parent(of file: String) -> String {
        guard let slash = file.lastIndex(of: "/") else { return "." }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }
}

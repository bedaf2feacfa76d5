public import Diagnostics
import Lessons

/// A lesson that can't be read.
///
/// What is merely odd on a page is a ``PageWarning`` there and throws nothing.
public struct LessonError: UserFacingError, Equatable {
    /// What kind of error it is, for programs; people read ``problem``.
    public enum Code: Sendable {
        /// The directory or file isn't there, or can't be opened.
        case notFound
        /// Not UTF-8 text, or larger than the reader's bound.
        case notText
        /// `index.json` or `index.yaml` is no valid document, or a value has the wrong type.
        case invalidIndex
        /// A key that means nothing where it is.
        case unknownKey
        /// `index.json` asks for a page or script that isn't there.
        case missingFile
        /// A path leads out of the scenario's directory.
        case outside
        /// A script or an asset has more bytes than a lab takes, or there are too many of them.
        case tooLarge
    }

    /// The kind, by which a caller decides what to do.
    public let code: Code
    /// Where in the lesson's files the fault is; `nil` for a fault of the path itself.
    public let place: SourcePlace?
    /// What failed, without its place.
    public let summary: String
    /// What to try next; never empty where the reader knows something.
    public let remedy: String?
    /// The offending line with a caret under the fault, two lines without a final newline; `nil` without a ``place``.
    public let excerpt: String?

    init(_ code: Code, _ summary: String, at place: SourcePlace? = nil, excerpt: String? = nil, remedy: String? = nil) {
        self.code = code
        self.summary = summary
        self.place = place
        self.excerpt = excerpt
        self.remedy = remedy
    }

    /// Points at an offset of a file.
    init(_ code: Code, _ summary: String, offset: Int, in source: SourceText, remedy: String? = nil) {
        var finder = PlaceFinder()
        let offset = min(offset, source.bytes.count)
        self.init(
            code, summary, at: finder.place(of: offset, in: source),
            excerpt: Excerpt.text(of: source, at: offset..<offset, tail: "^"), remedy: remedy)
    }

    /// There is nothing at the path, or a symbolic link that leads nowhere.
    package static func absent(_ path: String) -> Self {
        Self(
            .notFound,
            LessonFile.isLink(path) ? "'\(path)' is a broken symbolic link" : "'\(path)' does not exist",
            remedy: "name a scenario's directory (with an index.json), a directory of scenarios, or a Markdown file")
    }

    /// Neither the directory nor one below it is a scenario.
    package static func noScenario(in directory: String) -> Self {
        let index = LessonReader.indexNames.map { "\(directory)/\($0)" }.first {
            LessonFile.entry(at: $0) != nil || LessonFile.isLink($0)
        }
        let reason = index.map(LessonFile.absence) ?? "there is no index.json in it or in a directory below it"
        return Self(
            .notFound, "'\(directory)' does not contain a scenario: \(reason)",
            remedy: "name a directory that contains one, or a Markdown file")
    }

    /// ``summary`` after ``place`` and a colon; without a place, ``summary`` alone.
    public var problem: String {
        guard let place else { return summary }
        return "\(place): \(summary)"
    }

    /// ``problem``, ``excerpt`` and, after `  try: `, ``remedy``, each from a new line; what is `nil` is left out.
    public var description: String {
        var lines = [problem]
        if let excerpt { lines.append(excerpt) }
        if let remedy { lines.append("  try: \(remedy)") }
        return lines.joined(separator: "\n")
    }
}

public import Lessons

/// A lesson that can't be read.
///
/// What is merely odd on a page is a ``PageWarning`` there and throws nothing.
public struct LessonError: UserFacingError, Equatable {
    public enum Code: Sendable {
        /// The directory or file isn't there, or can't be opened.
        case notFound
        /// Not UTF-8 text, or larger than the reader's bound.
        case notText
        /// `index.json` or `index.yaml` is no valid document, or a value has the wrong type.
        case invalidIndex
        /// `index.json` asks for a page or script that isn't there.
        case missingFile
        /// A path leads out of the scenario's directory.
        case outside
        /// A script or an asset has more bytes than a lab takes, or there are too many of them.
        case tooLarge
    }

    public let code: Code
    /// Where in the lesson's files the fault is; `nil` for a fault of the path itself.
    public let place: SourcePlace?
    /// What failed, without its place.
    public let summary: String
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

    public var problem: String {
        guard let place else { return summary }
        return "\(place): \(summary)"
    }

    public var description: String {
        var lines = [problem]
        if let excerpt { lines.append(excerpt) }
        if let remedy { lines.append("  try: \(remedy)") }
        return lines.joined(separator: "\n")
    }
}

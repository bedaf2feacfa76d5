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
        /// A key that means nothing where it stands.
        case unknownKey
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
        let place = finder.place(of: min(offset, source.bytes.count), in: source)
        self.init(code, summary, at: place, excerpt: Excerpt.text(at: place, in: source), remedy: remedy)
    }

    /// There is nothing at the path, or a symbolic link that leads nowhere.
    package static func absent(_ path: String) -> Self {
        Self(
            .notFound,
            LessonFile.isLink(path) ? "'\(path)' is a symbolic link that leads nowhere" : "'\(path)' doesn't exist",
            remedy: "name a scenario's directory (with an index.json), a directory of scenarios, or a Markdown file")
    }

    /// Neither the directory nor one below it is a scenario.
    package static func noScenario(in directory: String) -> Self {
        let index = LessonReader.indexNames.map { "\(directory)/\($0)" }.first {
            LessonFile.entry(at: $0) != nil || LessonFile.isLink($0)
        }
        let reason = index.map(LessonFile.absence) ?? "there is no index.json in it or below it"
        return Self(
            .notFound, "'\(directory)' holds no scenario: \(reason)",
            remedy: "name a directory that holds one, or a Markdown file")
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

/// A line of a file with a caret under one column.
public enum Excerpt {
    /// A longer line is cut around the caret.
    static let widest = 100

    /// - Parameter length: How many scalars to mark.
    static func text(at place: SourcePlace, in source: SourceText, length: Int = 1) -> String {
        guard place.line <= source.lineCount else { return "" }
        let scalars = Array(source.string(source.line(place.line - 1)).unicodeScalars.prefix(place.column + widest))
        let start = max(0, place.column - 1 - widest / 2)
        let shown = scalars.dropFirst(start).prefix(widest)
        let before = visible(shown.prefix(max(0, place.column - 1 - start)))
        let marked = visible(shown.dropFirst(max(0, place.column - 1 - start)).prefix(length))
        let caret = String(repeating: " ", count: DisplayWidth.of(before))
        let marks = String(repeating: "^", count: max(1, min(max(length, DisplayWidth.of(marked)), widest)))
        return "  \(visible(shown))\n  \(caret)\(marks)"
    }

    /// The text with a blank for each character that has no place on a line or hides others.
    package static func visible(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        for scalar in scalars { text.append(isHidden(scalar) ? " " : scalar) }
        return String(text)
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        let category = scalar.properties.generalCategory
        return category == .control || category == .format
    }
}

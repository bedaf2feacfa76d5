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
        let place = finder.place(of: min(offset, source.bytes.count), in: source)
        self.init(code, summary, at: place, excerpt: Excerpt.text(at: place, in: source), remedy: remedy)
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
        var line = String.UnicodeScalarView()
        for scalar in shown { line.append(isControl(scalar) ? " " : scalar) }
        let caret =
            String(repeating: " ", count: max(0, place.column - 1 - start))
            + String(repeating: "^", count: max(1, min(length, widest)))
        return "  \(String(line))\n  \(caret)"
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar.value < 0x20 || scalar.value == 0x7F : scalar.properties.generalCategory == .control
    }
}

import Diagnostics
import LessonMarkdown
import Lessons

/// Collects the problems of one scenario or page.
struct Findings {
    /// No more problems of one rule are kept for one file: nobody reads them, and a hostile file could ask for millions.
    static let maxPerRule = 500

    private struct Key: Hashable {
        let rule: Rule
        let file: String
    }

    private let disabled: Set<Rule>
    private(set) var problems: [Problem] = []
    private var counts: [Key: Int] = [:]
    private var places = PlaceFinder()
    private var placedFile = ""

    init(disabled: Set<Rule> = []) {
        self.disabled = disabled
    }

    func wants(_ rule: Rule) -> Bool { !disabled.contains(rule) }

    /// Whether one more problem of the rule would be kept: what costs time to say needn't be found out otherwise.
    func takes(_ rule: Rule, in source: SourceText) -> Bool {
        wants(rule) && counts[Key(rule: rule, file: source.file), default: 0] < Self.maxPerRule
    }

    /// Adds a problem at a range of bytes; an empty range points between two characters.
    ///
    /// - Parameter masked: What no excerpt may show.
    mutating func add(
        _ rule: Rule, at range: Range<Int>, of source: SourceText, _ message: String, remedy: String? = nil,
        severity: Severity? = nil, fix: (summary: String, edits: [(Range<Int>, String)])? = nil,
        masked: Range<Int>? = nil
    ) {
        guard wants(rule) else { return }
        let key = Key(rule: rule, file: source.file)
        guard counts[key, default: 0] < Self.maxPerRule else { return }
        counts[key, default: 0] += 1
        let start = min(range.lowerBound, source.bytes.count)
        let end = max(start, min(range.upperBound, source.bytes.count))
        let place = place(of: start, in: source)
        let fix = fix.map { fix in
            Fix(summary: fix.summary, edits: fix.edits.map { edit(at: $0.0, in: source, replacement: $0.1) })
        }
        problems.append(
            Problem(
                rule: rule, severity: severity ?? rule.severity, place: place, end: self.place(of: end, in: source),
                message: message, remedy: remedy,
                excerpt: Excerpt.text(of: source, at: start..<end, tail: "~", masked: masked), fix: fix))
    }

    /// Adds what the reader threw.
    mutating func add(_ rule: Rule, _ error: LessonError, file: String, source: SourceText? = nil) {
        guard wants(rule) else { return }
        let place = error.place ?? SourcePlace(file: file, line: 1)
        if let source, let offset = source.offset(of: place) {
            return add(
                rule, at: offset..<Self.wordEnd(from: offset, in: source), of: source, error.summary,
                remedy: error.remedy)
        }
        problems.append(
            Problem(
                rule: rule, severity: rule.severity, place: place, end: place, message: error.summary,
                remedy: error.remedy, excerpt: error.excerpt ?? "", fix: nil))
    }

    mutating func removeProblems(where isUnwanted: (Problem) -> Bool) { problems.removeAll(where: isUnwanted) }

    private mutating func edit(at range: Range<Int>, in source: SourceText, replacement: String) -> Edit {
        Edit(
            file: source.file, range: range, place: place(of: range.lowerBound, in: source),
            end: place(of: range.upperBound, in: source), replacement: replacement)
    }

    private mutating func place(of offset: Int, in source: SourceText) -> SourcePlace {
        if placedFile != source.file {
            places = PlaceFinder()
            placedFile = source.file
        }
        return places.place(of: offset, in: source)
    }

    /// The end of the word, string or bracket that begins at the offset, on its line.
    static func wordEnd(from offset: Int, in source: SourceText) -> Int {
        guard offset < source.bytes.count else { return offset }
        let line = source.line(source.lineNumber(at: offset))
        let rest = source.bytes[offset..<max(offset, line.upperBound)]
        guard let first = rest.first else { return offset }
        if first == UInt8(ascii: "\"") {
            var probe = offset + 1
            while probe < line.upperBound, source.bytes[probe] != UInt8(ascii: "\"") {
                probe += source.bytes[probe] == .backslash ? 2 : 1
            }
            return min(probe + 1, line.upperBound)
        }
        if let end = bracketEnd(in: rest) { return end }
        let isWord: (UInt8) -> Bool = { !$0.isWhite && $0 != UInt8(ascii: ",") }
        return max(offset + 1, rest.firstIndex { !isWord($0) } ?? line.upperBound)
    }
}

extension Findings {
    /// Where the bracket that comes first closes, if it does on the line; brackets in strings count as well.
    private static func bracketEnd(in rest: ArraySlice<UInt8>) -> Int? {
        guard rest.first == .leftBrace || rest.first == UInt8(ascii: "[") else { return nil }
        var depth = 0
        for index in rest.indices.prefix(4096) {
            switch rest[index] {
            case .leftBrace, UInt8(ascii: "["): depth += 1
            case .rightBrace, UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return index + 1 }
            default: break
            }
        }
        return nil
    }
}

/// Lines of a sample that only stand for what its author left out.
public enum Elision {
    /// Words of which such a line may consist; one of them must be in ``verdicts``.
    private static let fillers: Set<String> = [
        "output", "lines", "line", "more", "some", "the", "rest", "of", "for", "brevity", "here", "and", "so", "on",
        "other", "entries", "rows", "results", "content", "contents", "is", "was", "has", "been", "were", "above",
        "below",
        "remaining", "further", "text", "log", "logs", "many", "clarity", "readability", "to", "save", "space",
    ]
    private static let verdicts: Set<String> = [
        "omitted", "snip", "snipped", "snippet", "truncated", "elided", "skipped", "abbreviated", "shortened", "cut",
        "removed", "etc", "redacted",
    ]

    /// Whether the line, blanks aside, is only dots (`.`, `...`, `…`, `. . .`), such dots in brackets or behind a comment
    /// mark (`[...]`, `# ...`), or says in words that something was left out (`<snip>`, `# output omitted`).
    public static func matches<Line: StringProtocol>(_ line: Line) -> Bool {
        let scalars = line.unicodeScalars
        var sawDots = false
        var words: [Line.SubSequence] = []
        var word: Line.Index?
        var letters = 0
        var index = scalars.startIndex
        func endWord() {
            if let start = word { words.append(line[start..<index]) }
            word = nil
            letters = 0
        }
        while index < scalars.endIndex {
            switch scalars[index] {
            case ".", "…", "⋮", "⋯":
                sawDots = true
                endWord()
            case "a"..."z", "A"..."Z":
                word = word ?? index
                letters += 1
            case " ", "\t", "\r", "[", "]", "(", ")", "<", ">", "{", "}", "#", "/", "*", "-", "=", ",", "!", ";", "~":
                endWord()
            default:
                return false
            }
            // No marker is longer; a megabyte of dots is data.
            if words.count > 12 || letters > 16 { return false }
            index = scalars.index(after: index)
        }
        endWord()
        if words.isEmpty { return sawDots && line.utf8.count <= 40 && !isPath(line) }
        let lowercased = words.map { $0.lowercased() }
        return lowercased.contains(where: verdicts.contains)
            && lowercased.allSatisfy { verdicts.contains($0) || fillers.contains($0) }
    }

    /// Whether any line of the sample stands for what was left out.
    ///
    /// The lone `.` with which `tree` and `find` begin is a directory, not an elision.
    public static func occurs(in text: String) -> Bool {
        // By bytes: splitting by characters would cost more than all the rest.
        var rest = Substring(text)
        var isFirst = true
        while let line = nextLine(of: &rest) {
            if matches(line) {
                guard isFirst, line == ".", let next = nextLine(of: &rest) else { return true }
                let isTree = ["├", "└", "|", "`--", "+--", "./"].contains(where: next.hasPrefix)
                if !isTree || matches(next) { return true }
            }
            isFirst = false
        }
        return false
    }

    /// The next line with text, taken from the rest.
    private static func nextLine(of rest: inout Substring) -> Substring? {
        let feed = UInt8(ascii: "\n")
        guard let start = rest.utf8.firstIndex(where: { $0 != feed }) else { return nil }
        let end = rest.utf8[start...].firstIndex(of: feed) ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[start..<end]
    }

    /// `./` and `../` are what `ls -a` and `tree` print.
    private static func isPath(_ line: some StringProtocol) -> Bool {
        line.contains("/") && !line.contains("//") && !line.contains("/*")
    }
}

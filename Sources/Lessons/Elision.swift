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
    public static func matches(_ line: some StringProtocol) -> Bool {
        var sawDots = false
        var words: [String] = []
        var word = ""
        for character in line.unicodeScalars {
            switch character {
            case ".", "…", "⋮", "⋯":
                sawDots = true
                if !word.isEmpty { words.append(word) }
                word = ""
            case "a"..."z", "A"..."Z":
                word.unicodeScalars.append(character)
            case " ", "\t", "\r", "[", "]", "(", ")", "<", ">", "{", "}", "#", "/", "*", "-", "=", ",", "!", ";", "~":
                if !word.isEmpty { words.append(word) }
                word = ""
            default:
                return false
            }
            // No marker is longer; a megabyte of dots is data.
            if words.count > 12 || word.utf8.count > 16 { return false }
        }
        if !word.isEmpty { words.append(word) }
        if words.isEmpty { return sawDots && line.utf8.count <= 40 && !isPath(line) }
        let lowercased = words.map { $0.lowercased() }
        return lowercased.contains(where: verdicts.contains)
            && lowercased.allSatisfy { verdicts.contains($0) || fillers.contains($0) }
    }

    /// Whether any line of the sample stands for what was left out.
    ///
    /// The lone `.` with which `tree` and `find` begin is a directory, not an elision.
    public static func occurs(in text: some StringProtocol) -> Bool {
        // By bytes: splitting by characters would cost more than all the rest.
        let lines = String(text).utf8.split(separator: UInt8(ascii: "\n")).map { Substring($0) }
        return lines.indices.contains { index in
            guard matches(lines[index]) else { return false }
            guard index == 0, lines[index] == ".", lines.count > 1 else { return true }
            return !["├", "└", "|", "`--", "+--", "./"].contains(where: lines[1].hasPrefix)
        }
    }

    /// `./` and `../` are what `ls -a` and `tree` print.
    private static func isPath(_ line: some StringProtocol) -> Bool {
        line.contains("/") && !line.contains("//") && !line.contains("/*")
    }
}

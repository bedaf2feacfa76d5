/// The texts that a command line takes in from the lines below it (`cat <<EOF`).
enum HereDocument {
    /// The command without the lines of its here-documents, and without their last lines.
    static func removed(from command: String) -> String {
        guard command.utf8.span.contains("<<"), command.utf8.span.contains("\n") else { return command }
        var kept: [Substring] = []
        var pending: [Delimiter] = []
        for line in command.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let delimiter = pending.first else {
                kept.append(line)
                pending = delimiters(in: line)
                continue
            }
            let text = delimiter.stripsTabs ? line.drop { $0 == "\t" } : line
            if text == delimiter.word { pending.removeFirst() }
        }
        return kept.joined(separator: "\n")
    }

    private struct Delimiter {
        var word: Substring
        var stripsTabs: Bool
    }

    /// What ends the here-documents that the line begins, in order; `<<<` begins none.
    private static func delimiters(in line: Substring) -> [Delimiter] {
        var found: [Delimiter] = []
        var rest = line
        while let start = rest.firstRange(of: "<<") {
            rest = rest[start.upperBound...]
            if rest.first == "<" {
                rest = rest.drop { $0 == "<" }
                continue
            }
            let stripsTabs = rest.first == "-"
            if stripsTabs { rest = rest.dropFirst() }
            rest = rest.drop { $0 == " " }
            let quote = rest.first.flatMap { "'\"".contains($0) ? $0 : nil }
            let word: Substring
            if let quote {
                rest = rest.dropFirst()
                word = rest.prefix { $0 != quote }
            } else {
                word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "\\" || $0 == "." }
            }
            // A shift (`1 << 3`) needs no end.
            guard word.first?.isNumber == false else { continue }
            found.append(Delimiter(word: word.first == "\\" ? word.dropFirst() : word, stripsTabs: stripsTabs))
        }
        return found
    }
}

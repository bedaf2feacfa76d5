import Lessons

/// The frames below an error that the page documents: they are the runtime's, and other in each version.
struct StackFrames: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        // Only where the page shows the error, too.
        guard pair.sample.contains(where: Self.isFrame), pair.output.contains(where: Self.isFrame) else { return nil }
        pair.sample = Self.withoutFrames(pair.sample)
        pair.output = Self.withoutFrames(pair.output)
        return "the frames of a stack trace are another version's"
    }

    /// Without the excerpt that Node.js prints before an error either: the place, its line, and marks below it.
    private static func withoutFrames(_ lines: [TextLine]) -> [TextLine] {
        var gone: Set<Int> = []
        for index in lines.indices {
            if isFrame(lines[index]) { gone.insert(index) }
            let isMark = !lines[index].isBlank && lines[index].text.trimmed.allSatisfy { $0 == "^" }
            if isMark, index >= 2, lines[index - 2].text.split(separator: ":").last?.allSatisfy(\.isNumber) ?? false {
                gone.formUnion([index - 2, index - 1, index])
            }
        }
        return lines.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
    }

    /// `    at Object.<anonymous> (/root/a.js:1:7)`, `	at java.base/java.util…`, `node:internal/modules/…`, `throw err;`
    private static func isFrame(_ line: TextLine) -> Bool {
        let text = line.text.trimmed
        return line.indent > 0 && text.hasPrefix("at ") || text.hasPrefix("node:internal/")
            || text.hasPrefix("internal/")
            || text == "throw err;" || text.hasPrefix("... ") && text.hasSuffix(" more")
    }
}

/// Sizes, loads and times of the machine, which no two readers share: `free -m`, `df`, `du`, `top`.
struct MachineFigures: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        guard situation.wording != .similar,
            situation.program.runs(
                "free", "df", "du", "top", "vmstat", "iostat", "uptime", "lscpu", "ps", "stat", "dd", "ab", "wrk"),
            // What an author asked for by a format counts.
            !["-c", "--format", "--printf"].contains(where: situation.program.has(option:))
        else { return nil }
        pair.options.figuresVary = true
        return "the figures are the machine's"
    }
}

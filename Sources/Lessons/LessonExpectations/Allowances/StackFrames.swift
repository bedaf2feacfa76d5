internal import Lessons

/// The frames below an error that the page documents: they are the runtime's, and other in each version.
struct StackFrames: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        // Only where the page shows the error, too.
        guard pair.sample.contains(where: Self.isFrame), pair.output.contains(where: Self.isFrame) else { return nil }
        pair.sample.removeAll(where: Self.isFrame)
        pair.output.removeAll(where: Self.isFrame)
        return "the frames of a stack trace are another version's"
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
                "free", "df", "du", "top", "vmstat", "iostat", "uptime", "lscpu", "ps", "stat", "dd", "ab", "wrk")
        else { return nil }
        pair.options.figuresVary = true
        return "the figures are the machine's"
    }
}

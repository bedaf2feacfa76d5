/// Changes as `diff -u` shows them.
public struct UnifiedDiff: Sendable {
    /// Lines around a change that are shown as they are.
    static let context = 3

    let change: FixApplication.Change

    /// Computes nothing yet; ``text`` does, each time that it is asked for.
    public init(_ change: FixApplication.Change) {
        self.change = change
    }

    /// The whole diff, with its header; without a final newline.
    public var text: String {
        let before = Self.lines(change.before)
        let after = Self.lines(change.after)
        var output = ["--- \(change.file)", "+++ \(change.file)"]
        for hunk in Self.hunks(before, after) {
            let shown = max(0, hunk.lowerBound - Self.context)..<min(before.count, hunk.upperBound + Self.context)
            output.append("@@ -\(shown.lowerBound + 1),\(shown.count) +\(shown.lowerBound + 1),\(shown.count) @@")
            var line = shown.lowerBound
            while line < shown.upperBound {
                let run = shown[line...].prefix { !Self.isSame(before[$0], after[$0]) }
                output += before[run].map { "-" + $0 } + after[run].map { "+" + $0 }
                line = run.upperBound
                if line < shown.upperBound { output.append(" " + before[line]) }
                line += 1
            }
        }
        return output.joined(separator: "\n")
    }

    private static func lines(_ text: String) -> [Substring] {
        // Bytes, since CRLF is one character.
        var lines: [Substring] = []
        var start = text.utf8.startIndex
        for index in text.utf8.indices where text.utf8[index] == UInt8(ascii: "\n") {
            lines.append(text[start..<index])
            start = text.utf8.index(after: index)
        }
        if start < text.utf8.endIndex { lines.append(text[start...]) }
        return lines
    }

    private static func isSame(_ left: Substring, _ right: Substring) -> Bool {
        left.utf8.elementsEqual(right.utf8)
    }

    /// Stretches that hold all differences; no fix adds or removes a line, so that lines stay beside each other.
    private static func hunks(_ before: [Substring], _ after: [Substring]) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for index in 0..<min(before.count, after.count) where !isSame(before[index], after[index]) {
            if let last = hunks.last, index - last.upperBound <= context * 2 {
                hunks[hunks.count - 1] = last.lowerBound..<index + 1
            } else {
                hunks.append(index..<index + 1)
            }
        }
        return hunks
    }
}

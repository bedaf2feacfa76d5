/// Changes as `diff -u` shows them.
public struct UnifiedDiff: Sendable {
    /// Lines around a change that are shown as they are.
    static let context = 3

    let change: FixApplication.Change

    public init(_ change: FixApplication.Change) {
        self.change = change
    }

    /// The whole diff, with its header; without a final newline.
    public var text: String {
        let before = Self.lines(change.before)
        let after = Self.lines(change.after)
        var output = ["--- \(change.file)", "+++ \(change.file)"]
        for hunk in Self.hunks(before, after) {
            let shown =
                max(0, hunk.before.lowerBound - Self.context)..<min(before.count, hunk.before.upperBound + Self.context)
            let shift = hunk.after.lowerBound - hunk.before.lowerBound
            let length = shown.count - hunk.before.count + hunk.after.count
            output.append(
                "@@ -\(shown.lowerBound + 1),\(shown.count) +\(shown.lowerBound + shift + 1),\(length) @@")
            output += before[shown.lowerBound..<hunk.before.lowerBound].map { " " + $0 }
            output += before[hunk.before].map { "-" + $0 }
            output += after[hunk.after].map { "+" + $0 }
            output += before[hunk.before.upperBound..<shown.upperBound].map { " " + $0 }
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

    /// Stretches that differ. Fixes never add or remove a line, so that lines stay beside each other.
    private static func hunks(_ before: [Substring], _ after: [Substring]) -> [(before: Range<Int>, after: Range<Int>)]
    {
        guard before.count == after.count else { return [(0..<before.count, 0..<after.count)] }
        var hunks: [Range<Int>] = []
        for index in before.indices where !before[index].utf8.elementsEqual(after[index].utf8) {
            if let last = hunks.last, index - last.upperBound <= context * 2 {
                hunks[hunks.count - 1] = last.lowerBound..<index + 1
            } else {
                hunks.append(index..<index + 1)
            }
        }
        return hunks.map { ($0, $0) }
    }
}

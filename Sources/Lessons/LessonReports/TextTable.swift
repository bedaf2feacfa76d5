import Diagnostics
import Lessons

/// Rows under headings, in columns as wide as what they hold.
public struct TextTable {
    /// On which side of a column its texts are.
    public enum Alignment: Sendable { case left, right }

    /// A column with its heading.
    public struct Column: Sendable {
        var heading: String
        var alignment: Alignment
        var widest: Int

        /// - Parameter widest: In cells; a longer text is cut with an ellipsis.
        public init(heading: String, alignment: Alignment = .left, widest: Int = .max) {
            self.heading = heading
            self.alignment = alignment
            self.widest = widest
        }
    }

    let columns: [Column]
    /// As many texts as there are columns.
    public var rows: [[String]] = []

    /// A table without rows.
    public init(_ columns: [Column]) { self.columns = columns }

    /// The lines, headings first, without blanks at their ends.
    public var lines: [String] {
        let cells = ([columns.map(\.heading)] + rows).map { row in
            zip(row, columns).map { DisplayWidth.cut($0, to: $1.widest) }
        }
        let widths = columns.indices.map { column in cells.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        return cells.map { row in
            var line = ""
            for (index, text) in row.enumerated() {
                let gap = String(repeating: " ", count: widths[index] - DisplayWidth.of(text))
                line += (index > 0 ? "  " : "") + (columns[index].alignment == .right ? gap + text : text + gap)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}

extension DisplayWidth {
    /// The text, cut to at most `width` cells with an ellipsis.
    static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        var kept = ""
        var used = 1
        for character in text {
            used += of(character)
            if used > width { break }
            kept.append(character)
        }
        return kept + "…"
    }
}

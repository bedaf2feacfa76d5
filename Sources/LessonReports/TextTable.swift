/// Rows under headings, in columns as wide as what they hold.
public struct TextTable {
    public enum Alignment: Sendable { case left, right }

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

/// How many cells of a terminal a text takes.
enum DisplayWidth {
    /// East Asian wide characters and emoji take two, marks that combine with the one before none; control characters are
    /// not expected.
    static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    private static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return isWide(first.value) || first.properties.isEmojiPresentation ? 2 : 1
        }
    }

    /// The blocks that Unicode's EastAsianWidth.txt has as wide or fullwidth throughout.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
            0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

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

/// Plain text without the emulator: whole runs of printable ASCII, line ends and tabs, at the cost of copying them.
///
/// The outcome is what the emulator's callbacks make of the same bytes, one glyph at a time.
extension Canvas {
    /// Takes in text of the main screen until a byte that needs the emulator.
    ///
    /// - Returns: How many bytes were taken.
    mutating func type(
        _ text: UnsafeBufferPointer<UInt8>, at cursor: inout PlainCursor, pen: UInt16, scrolled: inout ScrolledRows
    ) -> Int {
        var index = 0
        let lastRow = main.count - 1
        while index < text.count {
            switch text[index] {
            case 0x20..<0x7F:
                var end = index + 1
                while end < text.count, text[end] &- 0x20 < 0x5F { end += 1 }
                put(UnsafeBufferPointer(rebasing: text[index..<end]), at: &cursor, pen: pen, scrolled: &scrolled)
                index = end
                continue
            case 0x0A:
                if cursor.row == lastRow {
                    scrolled.take(&main)
                } else {
                    move(&cursor, toRow: cursor.row + 1, column: cursor.column)
                }
            case 0x0D: move(&cursor, toRow: cursor.row, column: 0)
            case 0x08: move(&cursor, toRow: cursor.row, column: max(0, cursor.column - 1))
            case 0x09: move(&cursor, toRow: cursor.row, column: min(columns - 1, (cursor.column / 8 + 1) * 8))
            case 0x00, 0x07, 0x7F: break
            default: return index
            }
            index += 1
        }
        return index
    }

    private mutating func put(
        _ run: UnsafeBufferPointer<UInt8>, at cursor: inout PlainCursor, pen: UInt16, scrolled: inout ScrolledRows
    ) {
        var index = 0
        while index < run.count {
            if cursor.wrapsNext {
                if cursor.row == main.count - 1 { scrolled.take(&main) } else { cursor.row += 1 }
                cursor.column = 0
                cursor.wrapsNext = false
            }
            let count = min(run.count - index, columns - cursor.column)
            let part = UnsafeBufferPointer(rebasing: run[index..<(index + count)])
            let continues = glyphEnd >= columns
            main[cursor.row].put(part, pen: pen, column: cursor.column, continues: continues)
            glyphEnd = cursor.column + count
            glyphRow = cursor.row
            glyphColumn = glyphEnd - 1
            cursor.lastGlyph = (run[index + count - 1], glyphRow, glyphColumn)
            cursor.wrapsNext = glyphEnd == columns
            cursor.column = cursor.wrapsNext ? columns - 1 : glyphEnd
            index += count
        }
        erasedFirstRow = false
    }

    private mutating func move(_ cursor: inout PlainCursor, toRow row: Int, column: Int) {
        guard row != cursor.row || column != cursor.column else { return }
        cursor.row = row
        cursor.column = column
        cursor.wrapsNext = false
        if !isAfterGlyph(row: row, column: column) { glyphEnd = -1 }
    }
}

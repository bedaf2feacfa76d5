/// The cells of a terminal, and what must be known of the last glyph to tell soft wraps from line ends.
struct Canvas {
    var main: RowRing
    var alternate: RowRing
    var isAlternate = false
    /// Where the last glyph ended, as long as the cursor has not been moved since; -1 otherwise.
    var glyphEnd = -1
    var glyphRow = 0
    var glyphColumn = 0
    /// The first of the two erasures that `ESC[H ESC[J` makes of a screen.
    var erasedFirstRow = false
    var columns: Int

    init(columns: Int, rows: Int) {
        main = RowRing(columns: columns, rows: rows)
        alternate = RowRing(columns: columns, rows: rows)
        self.columns = columns
    }

    /// Whether the cursor rests after the last glyph; after one in the last column libvterm leaves it upon the glyph.
    func isAfterGlyph(row: Int, column: Int) -> Bool {
        glyphEnd >= 0 && row == glyphRow && (column == glyphEnd || (glyphEnd >= columns && column == glyphColumn))
    }

    mutating func put(_ scalars: UnsafePointer<UInt32>, pen: UInt16, width: Int, row: Int, column: Int) {
        guard row < main.count, column < columns else { return }
        let cell = Cell(scalar: scalars[0], pen: pen)
        // A glyph in the first column whose predecessor ended in the last one, without a movement between, goes on with
        // the line above; a wide one wraps when only one column is left. A combining character comes as its glyph once
        // more, which says nothing new about the line.
        var continues: Bool?
        if column == 0 {
            let isAgain = scalars[0] != 0 && scalars[1] != 0 && row == glyphRow && width == glyphEnd
            continues = isAgain ? nil : glyphEnd >= 0 && glyphEnd + width > columns
        }
        if isAlternate {
            alternate[row].put(cell, marks: scalars, width: width, column: column, continues: continues)
        } else {
            main[row].put(cell, marks: scalars, width: width, column: column, continues: continues)
        }
        glyphEnd = column + width
        glyphRow = row
        glyphColumn = column
        erasedFirstRow = false
    }
}

extension Row {
    fileprivate mutating func put(
        _ cell: Cell, marks scalars: UnsafePointer<UInt32>, width: Int, column: Int, continues: Bool?
    ) {
        if column == 0, let continues { self.continues = continues }
        put(cell, width: width, column: column)
        if !marks.isEmpty { marks[column] = nil }
        if cell.scalar != 0, scalars[1] != 0 {
            var combining: [UInt32] = []
            var index = 1
            while index < 6, scalars[index] != 0 {
                combining.append(scalars[index])
                index += 1
            }
            marks[column] = combining
        }
    }

    mutating func combine(_ scalar: UInt32, column: Int) {
        // Enough for a family of emoji; a flood of marks on one cell must not grow.
        guard self[column].scalar != 0, marks[column, default: []].count < 16 else { return }
        marks[column, default: []].append(scalar)
    }

    mutating func erase(_ columns: Range<Int>) {
        if columns == 0..<count { reset() } else { clear(columns) }
    }
}

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
        let end = min(column + width, cells.count)
        // Half of a wide character that is overwritten takes the other half with it.
        if cells[column].scalar == Cell.trail, column > 0 { cells[column - 1] = Cell() }
        if end < cells.count, cells[end].scalar == Cell.trail { cells[end] = Cell() }
        cells[column] = cell
        if width > 1, column + 1 < end { cells[column + 1] = Cell(scalar: Cell.trail, pen: cell.pen) }
        if end > used { used = end }
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
        guard cells[column].scalar != 0, marks[column, default: []].count < 16 else { return }
        marks[column, default: []].append(scalar)
    }

    mutating func erase(_ columns: Range<Int>) {
        if columns == 0..<cells.count { reset() } else { clear(columns) }
    }

    mutating func replace(from start: Int, with replacement: [Cell]) {
        for (offset, cell) in replacement.enumerated() where start + offset < cells.count {
            cells[start + offset] = cell
            marks[start + offset] = nil
        }
        used = (cells.lastIndex { $0.scalar != 0 } ?? -1) + 1
    }
}

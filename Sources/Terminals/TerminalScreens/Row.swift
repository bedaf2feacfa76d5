/// How a cell looks, packed: two colours and flags.
struct Pen: Hashable {
    /// 0: default; 1 in bits 24–25: an index; 2: red, green, blue.
    var foreground: UInt32 = 0
    var background: UInt32 = 0
    var flags: UInt8 = 0

    static let bold: UInt8 = 1
    static let underline: UInt8 = 2
    static let italic: UInt8 = 4
    static let blink: UInt8 = 8
    static let reverse: UInt8 = 16
    static let strike: UInt8 = 32
}

struct Cell {
    /// 0: nothing was ever written here; ``Cell/trail``: the right half of a wide character.
    var scalar: UInt32 = 0
    /// An index into the screen's pens.
    var pen: UInt16 = 0

    static let trail = UInt32.max
}

/// One row of the screen.
///
/// Most rows are plain text that is written once and scrolls away: such text stays bytes until a cell is asked for.
struct Row {
    private var storage: [Cell]
    /// ASCII in the first columns, all in one pen; 0 where nothing was written. Either all that is used is here, and its
    /// cells are blank, or nothing is.
    private var plain: [UInt8]
    private var plainCount = 0
    private var plainPen: UInt16 = 0
    private var plainHasGaps = false
    /// Combining characters by column.
    var marks: [Int: [UInt32]] = [:]
    /// `true` when the row goes on with the line above, which was too long for the terminal.
    var continues = false
    /// No cell from here on is written.
    var used = 0

    init(columns: Int) {
        storage = Array(repeating: Cell(), count: columns)
        plain = Array(repeating: 0, count: columns)
    }

    var count: Int { storage.count }

    subscript(column: Int) -> Cell {
        get {
            guard column < plainCount else { return storage[column] }
            return plain[column] == 0 ? Cell() : Cell(scalar: UInt32(plain[column]), pen: plainPen)
        }
        set {
            makeCells()
            storage[column] = newValue
        }
    }

    private mutating func makeCells() {
        guard plainCount > 0 else { return }
        for column in 0..<plainCount {
            storage[column] = plain[column] == 0 ? Cell() : Cell(scalar: UInt32(plain[column]), pen: plainPen)
        }
        plainCount = 0
        plainHasGaps = false
    }

    /// Writes printable ASCII, which fits.
    mutating func put(_ run: UnsafeBufferPointer<UInt8>, pen: UInt16, column: Int, continues: Bool) {
        if column == 0 { self.continues = continues }
        guard used == plainCount, column >= used, pen == plainPen || plainCount == 0 else {
            for (offset, byte) in run.enumerated() { putCell(byte, pen: pen, column: column + offset) }
            return
        }
        if column > plainCount {
            for gap in plainCount..<column { plain[gap] = 0 }
            plainHasGaps = true
        }
        plain.withUnsafeMutableBufferPointer { bytes in
            _ = UnsafeMutableBufferPointer(rebasing: bytes[column...]).update(fromContentsOf: run)
        }
        plainPen = pen
        plainCount = column + run.count
        used = plainCount
    }

    private mutating func putCell(_ byte: UInt8, pen: UInt16, column: Int) {
        makeCells()
        put(Cell(scalar: UInt32(byte), pen: pen), width: 1, column: column)
        if !marks.isEmpty { marks[column] = nil }
    }

    /// Half of a wide character that is overwritten takes the other half with it.
    mutating func put(_ cell: Cell, width: Int, column: Int) {
        makeCells()
        let end = min(column + width, count)
        if storage[column].scalar == Cell.trail, column > 0 { storage[column - 1] = Cell() }
        if end < count, storage[end].scalar == Cell.trail { storage[end] = Cell() }
        storage[column] = cell
        if width > 1, column + 1 < end { storage[column + 1] = Cell(scalar: Cell.trail, pen: cell.pen) }
        // Some glyphs have no width; their cell is written all the same.
        used = max(used, end, column + 1)
    }

    mutating func clear(_ columns: Range<Int>) {
        let end = min(columns.upperBound, used)
        if columns.lowerBound == 0, end == used {
            for column in plainCount..<used { storage[column] = Cell() }
            plainCount = 0
            plainHasGaps = false
            marks.removeAll()
        } else if columns.lowerBound < end {
            makeCells()
            for column in columns.lowerBound..<end { storage[column] = Cell() }
            if !marks.isEmpty { marks = marks.filter { !columns.contains($0.key) } }
        }
        if columns.upperBound >= used { used = min(used, columns.lowerBound) }
    }

    mutating func reset() {
        clear(0..<count)
        continues = false
    }

    mutating func replace(from start: Int, with replacement: [Cell]) {
        makeCells()
        for (offset, cell) in replacement.enumerated() where start + offset < count {
            storage[start + offset] = cell
            marks[start + offset] = nil
        }
        used = (storage.lastIndex { $0.scalar != 0 } ?? -1) + 1
    }

    mutating func resize(to columns: Int) {
        makeCells()
        if columns < count {
            storage.removeLast(count - columns)
            used = min(used, columns)
            marks = marks.filter { $0.key < columns }
        } else {
            storage += Array(repeating: Cell(), count: columns - count)
        }
        plain = Array(repeating: 0, count: columns)
    }

    /// Appends the text between two columns in UTF-8; cells that were skipped are blanks, those after the last written
    /// one aren't there.
    func appendText(from start: Int = 0, to end: Int = .max, into bytes: inout [UInt8]) {
        let last = min(end, used)
        guard start < last else { return }
        if last <= plainCount, !plainHasGaps, marks.isEmpty {
            plain.withUnsafeBufferPointer { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[start..<last])) }
            return
        }
        for column in start..<last {
            let scalar = self[column].scalar
            switch scalar {
            case 0: bytes.append(0x20)
            case Cell.trail: break
            case 1..<0x80: bytes.append(UInt8(scalar))
            default: append(scalar, to: &bytes)
            }
            if !marks.isEmpty, let combining = marks[column] { for mark in combining { append(mark, to: &bytes) } }
        }
    }

    /// Without the blanks at its end.
    var text: String {
        var bytes: [UInt8] = []
        appendText(into: &bytes)
        while bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
        let character = Unicode.Scalar(scalar) ?? "\u{FFFD}"
        bytes.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
    }
}

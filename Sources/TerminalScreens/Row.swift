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
struct Row {
    var cells: [Cell]
    /// Combining characters by column.
    var marks: [Int: [UInt32]] = [:]
    /// `true` when the row goes on with the line above, which was too long for the terminal.
    var continues = false
    /// No cell from here on is written.
    var used = 0

    init(columns: Int) {
        cells = Array(repeating: Cell(), count: columns)
    }

    mutating func clear(_ columns: Range<Int>) {
        let end = min(columns.upperBound, used)
        if columns.lowerBound < end {
            for column in columns.lowerBound..<end { cells[column] = Cell() }
            if !marks.isEmpty { marks = marks.filter { !columns.contains($0.key) } }
        }
        if columns.upperBound >= used { used = min(used, columns.lowerBound) }
    }

    mutating func reset() {
        clear(0..<cells.count)
        continues = false
    }

    mutating func resize(to columns: Int) {
        if columns < cells.count {
            cells.removeLast(cells.count - columns)
            used = min(used, columns)
            marks = marks.filter { $0.key < columns }
        } else {
            cells += Array(repeating: Cell(), count: columns - cells.count)
        }
    }

    /// Appends the text between two columns in UTF-8; cells that were skipped are blanks, those after the last written
    /// one aren't there.
    func appendText(from start: Int = 0, to end: Int = .max, into bytes: inout [UInt8]) {
        let last = min(end, used)
        guard start < last else { return }
        for column in start..<last {
            let scalar = cells[column].scalar
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

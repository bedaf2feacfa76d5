/// The rows of a screen; scrolling the whole of it moves an index and no row.
struct RowRing {
    private var storage: [Row]
    private var top = 0

    init(columns: Int, rows: Int) {
        storage = Array(repeating: Row(columns: columns), count: rows)
    }

    private func index(_ row: Int) -> Int {
        let index = top + row
        return index < storage.count ? index : index - storage.count
    }

    subscript(row: Int) -> Row {
        _read { yield storage[index(row)] }
        _modify { yield &storage[index(row)] }
    }

    var count: Int { storage.count }

    /// The first row becomes an empty last one.
    mutating func rotate() {
        storage[top].reset()
        top = top + 1 == storage.count ? 0 : top + 1
    }

    /// Moves the rows of a range up (or, when negative, down); rows that enter are empty.
    mutating func scroll(_ range: Range<Int>, by distance: Int) {
        guard abs(distance) < range.count else {
            for row in range { self[row].reset() }
            return
        }
        if distance > 0 {
            for row in range.dropLast(distance) { storage.swapAt(index(row), index(row + distance)) }
            for row in range.suffix(distance) { self[row].reset() }
        } else {
            for row in range.dropFirst(-distance).reversed() { storage.swapAt(index(row), index(row + distance)) }
            for row in range.prefix(-distance) { self[row].reset() }
        }
    }

    mutating func resize(columns: Int, rows: Int) {
        var lines = (0..<min(count, rows)).map { self[$0] }
        for line in lines.indices { lines[line].resize(to: columns) }
        lines += Array(repeating: Row(columns: columns), count: rows - lines.count)
        storage = lines
        top = 0
    }
}

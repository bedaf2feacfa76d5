/// The text of rows that have left the screen: the last megabyte of all, and what one recording asks for.
struct TextLog {
    private static let historyLimit = 1 << 20

    /// What was appended and is not yet in `history` and `recorded`; saves two copies for each short row.
    private var fresh: [UInt8] = []
    private var history: [UInt8] = []
    private var historyStart = 0
    private(set) var recorded = BoundedText()
    private(set) var recordingStart: TextPosition?

    /// Takes in a row that leaves the screen as line `line` of the terminal.
    mutating func append(_ row: borrowing Row, line: Int) {
        let newline = UInt8(ascii: "\n")
        if let start = recordingStart, line <= start.line {
            // The recording begins in this row: the two texts differ.
            flush()
            var text: [UInt8] = row.continues ? [] : [newline]
            row.appendText(into: &text)
            addToHistory(text)
            guard line == start.line else { return }
            text.removeAll()
            row.appendText(from: start.column, into: &text)
            recorded.append(text)
            return
        }
        if !row.continues { fresh.append(newline) }
        row.appendText(into: &fresh)
        if fresh.count > 8192 { flush() }
    }

    mutating func record(from start: TextPosition?) {
        flush()
        recordingStart = start
        recorded.removeAll()
    }

    /// What is recorded so far of rows that have left the screen.
    mutating func takeIn() -> BoundedText {
        flush()
        return recorded
    }

    /// The text of rows that left the screen since `offset`, as far as it is kept, and the offset of what comes next.
    mutating func history(since offset: Int) -> (bytes: [UInt8], next: Int) {
        flush()
        let end = historyStart + history.count
        let kept = max(historyStart, end - Self.historyLimit)
        let start = min(max(offset, kept), end)
        return (Array(history[(start - historyStart)...]), end)
    }

    private mutating func flush() {
        guard !fresh.isEmpty else { return }
        if recordingStart != nil { recorded.append(fresh) }
        addToHistory(fresh)
        fresh.removeAll(keepingCapacity: true)
    }

    private mutating func addToHistory(_ bytes: [UInt8]) {
        history.append(contentsOf: bytes)
        // Dropping a whole megabyte at a time keeps the cost of a byte constant.
        guard history.count > 2 * Self.historyLimit else { return }
        historyStart += history.count - Self.historyLimit
        history.removeFirst(history.count - Self.historyLimit)
    }
}

/// The rows that have left the main screen at its top.
struct ScrolledRows {
    /// How many there were.
    private(set) var count = 0
    var log = TextLog()

    /// Takes the first row of a screen; an empty one follows the last.
    mutating func take(_ rows: inout RowRing) {
        log.append(rows[0], line: count)
        rows.rotate()
        count += 1
    }
}

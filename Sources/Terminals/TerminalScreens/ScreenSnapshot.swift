/// What a terminal shows at one moment.
public struct ScreenSnapshot: Hashable, Codable, Sendable {
    /// From the top, without the blanks at their ends and without empty lines at the bottom.
    public var lines: [String]
    /// The screen's width in character cells; lines may be shorter.
    public var columns: Int
    /// The screen's height in character cells; there may be fewer ``lines``.
    public var rows: Int
    /// From 0, at the top.
    public var cursorRow: Int
    /// From 0, at the left.
    public var cursorColumn: Int
    /// `true` while a full-screen program shows its own screen.
    public var isAlternateScreen: Bool

    /// Checks nothing; ``Screen/snapshot`` takes one of a real screen.
    public init(
        lines: [String], columns: Int, rows: Int, cursorRow: Int, cursorColumn: Int, isAlternateScreen: Bool
    ) {
        self.lines = lines
        self.columns = columns
        self.rows = rows
        self.cursorRow = cursorRow
        self.cursorColumn = cursorColumn
        self.isAlternateScreen = isAlternateScreen
    }
}

extension Screen {
    /// What is shown now: the alternate screen while there is one, else the main one.
    public var snapshot: ScreenSnapshot {
        let shown = isAlternate ? alternate : main
        var lines = (0..<rows).map { shown[$0].used == 0 ? "" : shown[$0].text }
        while lines.last == "" { lines.removeLast() }
        let (row, column) = cursor
        return ScreenSnapshot(
            lines: lines, columns: columns, rows: rows, cursorRow: row, cursorColumn: column,
            isAlternateScreen: isAlternate)
    }

    /// Bytes that make another terminal of this size show the same, colours and modes included.
    public var repaint: [UInt8] {
        var bytes = Array("\u{1B}[!p\u{1B}[m\u{1B}[H\u{1B}[2J".utf8)
        // The main screen is painted first, so that it is there when the full-screen program ends.
        if isAlternate { paint(main, into: &bytes) }
        bytes.append(contentsOf: modes.setting.utf8)
        paint(isAlternate ? alternate : main, into: &bytes)
        let (row, column) = cursor
        bytes.append(contentsOf: "\u{1B}[\(row + 1);\(column + 1)H".utf8)
        return bytes
    }

    /// Bytes that print the text of rows that have left the screen, and then scroll it out of sight: what another terminal
    /// of this size keeps to scroll back to. Colours aren't kept; empty when nothing has left the screen.
    ///
    /// - Parameter limit: How many bytes of text at most; the last ones.
    public func scrollback(limit: Int = 256 * 1024) -> [UInt8] {
        var text = log.history(since: 0).bytes[...]
        if text.count > limit {
            text = text.suffix(limit)
            // From a line's beginning on, unless a single line is longer than that.
            text = text.firstIndex(of: UInt8(ascii: "\n")).map { text[$0...] } ?? text
        }
        guard !text.isEmpty else { return [] }
        var bytes = Array("\u{1B}[m".utf8)
        for byte in text {
            if byte == UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\r")) }
            bytes.append(byte)
        }
        for _ in 0..<rows { bytes.append(contentsOf: "\r\n".utf8) }
        return bytes
    }

    private func paint(_ shown: RowRing, into bytes: inout [UInt8]) {
        var current: UInt16 = 0
        for row in 0..<rows where shown[row].used > 0 {
            bytes.append(contentsOf: "\u{1B}[\(row + 1);1H".utf8)
            let line = shown[row]
            for column in 0..<line.used {
                let pen = line[column].scalar == 0 ? 0 : line[column].pen
                if pen != current {
                    bytes.append(contentsOf: pens[Int(pen)].sequence.utf8)
                    current = pen
                }
                line.appendText(from: column, to: column + 1, into: &bytes)
            }
        }
        if current != 0 { bytes.append(contentsOf: "\u{1B}[m".utf8) }
    }
}

extension Pen {
    /// The SGR sequence that selects this pen, whatever was selected before.
    fileprivate var sequence: String {
        var codes = ["0"]
        let codesOfFlags: [(UInt8, String)] = [
            (Pen.bold, "1"), (Pen.italic, "3"), (Pen.underline, "4"), (Pen.blink, "5"), (Pen.reverse, "7"),
            (Pen.strike, "9"),
        ]
        for (flag, code) in codesOfFlags where flags & flag != 0 { codes.append(code) }
        codes += Pen.codes(of: foreground, base: 38) + Pen.codes(of: background, base: 48)
        return "\u{1B}[\(codes.joined(separator: ";"))m"
    }

    private static func codes(of colour: UInt32, base: Int) -> [String] {
        switch colour >> 24 {
        case 1: ["\(base)", "5", "\(colour & 0xFF)"]
        case 2: ["\(base)", "2", "\(colour >> 16 & 0xFF)", "\(colour >> 8 & 0xFF)", "\(colour & 0xFF)"]
        default: []
        }
    }
}

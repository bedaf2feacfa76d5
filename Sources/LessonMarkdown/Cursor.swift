/// A place in one line, with the column that tabs (every four columns) lead to.
struct Cursor {
    let source: SourceText
    private(set) var offset: Int
    let end: Int
    private(set) var column = 0
    /// Columns of a tab that was taken only in part.
    private var pending = 0

    init(source: SourceText, line: Int) {
        self.init(source: source, range: source.line(line))
    }

    init(source: SourceText, range: Range<Int>) {
        self.source = source
        offset = range.lowerBound
        end = range.upperBound
    }

    var byte: UInt8? { offset < end ? source.bytes[offset] : nil }

    /// Whether only blanks are left.
    var isAtEnd: Bool {
        var probe = offset
        while probe < end, source.bytes[probe].isBlank { probe += 1 }
        return probe == end
    }

    /// The columns of blanks before the next other byte.
    var indentation: Int {
        var columns = pending
        var reached = column + pending
        var probe = offset
        while probe < end, source.bytes[probe].isBlank {
            let width = source.bytes[probe] == .tab ? 4 - reached % 4 : 1
            columns += width
            reached += width
            probe += 1
        }
        return columns
    }

    mutating func skipBlanks() {
        skip(columns: indentation)
    }

    /// Skips blanks, up to this many columns of them.
    ///
    /// - Returns: The columns of a tab that stretch beyond; they are content.
    @discardableResult
    mutating func skip(columns: Int) -> Int {
        var left = columns
        if pending > 0 {
            let taken = min(pending, left)
            pending -= taken
            column += taken
            left -= taken
        }
        while left > 0, offset < end, source.bytes[offset].isBlank {
            let width = source.bytes[offset] == .tab ? 4 - column % 4 : 1
            offset += 1
            column += min(width, left)
            pending = max(0, width - left)
            left -= min(width, left)
        }
        return pending
    }

    /// Steps over a mark that isn't blank.
    mutating func advance(_ count: Int) {
        offset = min(offset + count, end)
        column += count
        pending = 0
    }

    /// Takes `>` and one blank after it, behind at most three columns.
    mutating func takeQuoteMark() -> Bool {
        guard indentation < 4 else { return false }
        var ahead = self
        ahead.skipBlanks()
        guard ahead.byte == .greater else { return false }
        ahead.advance(1)
        if let next = ahead.byte, next.isBlank { ahead.skip(columns: 1) }
        self = ahead
        return true
    }

    /// The width of a list item's marker (`-`, `12.`) that a blank or the line's end follows.
    func listMarker(interrupting: Bool) -> Int? {
        guard let first = byte else { return nil }
        var probe = offset
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "*") || first == UInt8(ascii: "+") {
            probe += 1
        } else if first.isDigit {
            while probe < end, source.bytes[probe].isDigit, probe - offset < 9 { probe += 1 }
            guard probe < end, source.bytes[probe] == UInt8(ascii: ".") || source.bytes[probe] == UInt8(ascii: ")")
            else {
                return nil
            }
            if interrupting, probe - offset != 1 || first != UInt8(ascii: "1") { return nil }
            probe += 1
        } else {
            return nil
        }
        if probe == end { return interrupting ? nil : probe - offset }
        return source.bytes[probe].isBlank ? probe - offset : nil
    }

    /// The marks of a heading (`##`), when a blank or the line's end follows.
    var headingLevel: Int? {
        var probe = offset
        while probe < end, source.bytes[probe] == UInt8(ascii: "#") { probe += 1 }
        let level = probe - offset
        guard (1...6).contains(level), probe == end || source.bytes[probe].isBlank else { return nil }
        return level
    }

    var isThematicBreak: Bool {
        guard let mark = byte, mark == UInt8(ascii: "-") || mark == UInt8(ascii: "*") || mark == UInt8(ascii: "_")
        else {
            return false
        }
        var count = 0
        for byte in source.bytes[offset..<end] {
            if byte == mark { count += 1 } else if !byte.isBlank { return false }
        }
        return count >= 3
    }

    var isSetextUnderline: Bool {
        guard let mark = byte, mark == UInt8(ascii: "-") || mark == UInt8(ascii: "=") else { return false }
        let content = source.trimmed(offset..<end)
        return source.bytes[content].allSatisfy { $0 == mark }
    }

    /// How many backticks or tildes stand here.
    var fenceRun: Int {
        guard let mark = byte, mark == .backtick || mark == .tilde else { return 0 }
        var probe = offset
        while probe < end, source.bytes[probe] == mark { probe += 1 }
        return probe - offset
    }

    /// The fence that opens here.
    ///
    /// One with a macro right after it opens nothing: it is the closing fence of a block that never was.
    var fence: Fence? {
        let run = fenceRun
        guard run >= 3, let mark = byte else { return nil }
        let info = source.trimmed(offset + run..<end)
        if mark == .backtick, source.bytes[info].contains(.backtick) { return nil }
        if source.starts(with: "{{", at: info.lowerBound), info.count >= 4 { return nil }
        return Fence(mark: mark, length: run, info: info)
    }
}

struct Fence {
    let mark: UInt8
    let length: Int
    let info: Range<Int>

    /// Whether the info string can name a language: one word, or one with attributes.
    func isLanguage(in source: SourceText) -> Bool {
        info.isEmpty || Language.isKnown(language(in: source))
    }

    func style(in source: SourceText) -> PageLayout.Fence {
        PageLayout.Fence(mark: mark == .tilde ? "~" : "`", length: length, info: source.string(info))
    }

    func language(in source: SourceText) -> String {
        let word = source.bytes[info].prefix { !$0.isBlank && $0 != .leftBrace && $0 != UInt8(ascii: ",") }
        return String(decoding: word, as: UTF8.self).lowercased()
    }
}

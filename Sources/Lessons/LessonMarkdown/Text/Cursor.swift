/// A place in one line, with the column that tabs (every four columns) lead to.
///
/// What is behind the blanks here is looked up once for each place: most lines are asked for it many times.
struct Cursor {
    let source: SourceText
    private(set) var offset: Int
    let end: Int
    private(set) var column = 0
    /// Columns of a tab that was taken only in part.
    private var pending = 0
    /// Offset of the next byte that isn't blank, or the line's end.
    private(set) var content: Int
    /// The columns of blanks before ``content``.
    private(set) var indentation: Int

    init(source: SourceText, line: Int) {
        self.init(source: source, range: source.line(line))
    }

    init(source: SourceText, range: Range<Int>) {
        self.source = source
        offset = range.lowerBound
        end = range.upperBound
        content = offset
        indentation = 0
        look()
    }

    private mutating func look() {
        var probe = offset
        var reached = column + pending
        while probe < end {
            let byte = source.bytes[probe]
            if byte == .space {
                reached += 1
            } else if byte == .tab {
                reached += 4 - reached % 4
            } else {
                break
            }
            probe += 1
        }
        content = probe
        indentation = reached - column
    }

    /// The byte behind the blanks.
    var byte: UInt8? { content < end ? source.bytes[content] : nil }

    /// Whether only blanks are left.
    var isAtEnd: Bool { content == end }

    /// Skips blanks, up to this many columns of them.
    ///
    /// - Returns: The columns of a tab that stretch beyond; they are content.
    @discardableResult
    mutating func skip(columns: Int) -> Int {
        var left = min(columns, indentation)
        indentation -= left
        if pending > 0 {
            let taken = min(pending, left)
            pending -= taken
            column += taken
            left -= taken
        }
        while left > 0 {
            let width = source.bytes[offset] == .tab ? 4 - column % 4 : 1
            offset += 1
            column += min(width, left)
            pending = max(0, width - left)
            left -= min(width, left)
        }
        return pending
    }

    /// Skips the blanks and a mark behind them.
    mutating func advance(_ count: Int) {
        column += indentation + count
        offset = min(content + count, end)
        pending = 0
        look()
    }

    /// Takes `>` and one blank after it, behind at most three columns.
    mutating func takeQuoteMark() -> Bool {
        guard indentation < 4, byte == .greater else { return false }
        advance(1)
        skip(columns: 1)
        return true
    }

    // MARK: What is behind the blanks

    /// The width of a list item's marker (`-`, `12.`) that a blank or the line's end follows.
    func listMarker(interrupting: Bool) -> Int? {
        guard let first = byte else { return nil }
        var probe = content
        if first == UInt8(ascii: "-") || first == UInt8(ascii: "*") || first == UInt8(ascii: "+") {
            probe += 1
        } else if first.isDigit {
            while probe < end, source.bytes[probe].isDigit, probe - content < 9 { probe += 1 }
            guard probe < end, source.bytes[probe] == UInt8(ascii: ".") || source.bytes[probe] == UInt8(ascii: ")")
            else { return nil }
            if interrupting, probe - content != 1 || first != UInt8(ascii: "1") { return nil }
            probe += 1
        } else {
            return nil
        }
        if probe == end { return interrupting ? nil : probe - content }
        return source.bytes[probe].isBlank ? probe - content : nil
    }

    /// The marks of a heading (`##`), when a blank or the line's end follows.
    var headingLevel: Int? {
        var probe = content
        while probe < end, source.bytes[probe] == UInt8(ascii: "#") { probe += 1 }
        let level = probe - content
        guard (1...6).contains(level), probe == end || source.bytes[probe].isBlank else { return nil }
        return level
    }

    var isThematicBreak: Bool {
        guard let mark = byte, mark == UInt8(ascii: "-") || mark == UInt8(ascii: "*") || mark == UInt8(ascii: "_")
        else { return false }
        var count = 0
        for byte in source.bytes[content..<end] {
            if byte == mark { count += 1 } else if !byte.isBlank { return false }
        }
        return count >= 3
    }

    var isSetextUnderline: Bool {
        guard let mark = byte, mark == UInt8(ascii: "-") || mark == UInt8(ascii: "=") else { return false }
        return source.bytes[source.trimmed(content..<end)].allSatisfy { $0 == mark }
    }

    /// How many backticks or tildes are here.
    var fenceRun: Int {
        guard let mark = byte, mark == .backtick || mark == .tilde else { return 0 }
        var probe = content
        while probe < end, source.bytes[probe] == mark { probe += 1 }
        return probe - content
    }

    /// The fence that opens here.
    ///
    /// One with a macro right after it opens nothing: it is the closing fence of a block that never was.
    var fence: Fence? {
        let run = fenceRun
        guard run >= 3, let mark = byte else { return nil }
        let info = source.trimmed(content + run..<end)
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

    func style(in source: SourceText) -> PageOutline.Fence {
        PageOutline.Fence(mark: mark == .tilde ? "~" : "`", length: length, info: source.string(info))
    }

    func language(in source: SourceText) -> String {
        let word = source.bytes[info].prefix { !$0.isBlank && $0 != .leftBrace && $0 != UInt8(ascii: ",") }
        guard word.contains(where: { $0.lowercased != $0 || $0 >= 0x80 }) else {
            return String(decoding: word, as: UTF8.self)
        }
        return String(decoding: word, as: UTF8.self).lowercased()
    }
}

extension Literal {
    /// What a cell or an unquoted value holds: a number, a date, `NULL` or a text.
    init(cell text: String, line: Int) {
        let source = SourceText(text)
        self.init(cell: 0..<source.bytes.count, of: source, line: line)
    }

    /// The same of a part of a text that no word goes on from.
    init(cell range: Range<Int>, of source: SourceText, line: Int) {
        let bytes = source.bytes
        let text = source.string(range)
        let (start, end) = (range.lowerBound, range.upperBound)
        let kind: Kind
        if range.isEmpty {
            kind = .string("")
        } else if text == "NULL" || text == "null" || text == "<null>" || text == "~" {
            kind = .null(text)
        } else if text == "true" || text == "false" {
            kind = .boolean(text == "true")
        } else if DateScanner.end(in: bytes, from: start, limit: end) == end {
            kind = .date(text)
        } else if range.count <= 32, ValueScanner(bytes: bytes, range: range).numberClass != nil {
            kind = .number(text)
        } else if range.count >= 2, bytes[start] == bytes[end - 1],
            bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'")
        {
            kind = .string(source.string((start + 1)..<(end - 1)))
        } else if range.count >= 6, bytes.has("\u{2018}", at: start), bytes.has("\u{2019}", at: end - 3) {
            kind = .string(source.string((start + 3)..<(end - 3)))
        } else {
            kind = .string(text)
        }
        self.init(kind: kind, line: line, isBare: true)
    }
}

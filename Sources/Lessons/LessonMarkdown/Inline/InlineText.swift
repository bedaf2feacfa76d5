/// The text of a paragraph or a heading: its lines with LF between them, without containers and indentation.
struct InlineText {
    let bytes: [UInt8]
    /// Where the text is in ``bytes``.
    let range: Range<Int>
    /// The lines in the page and where they begin in ``bytes``; none where the bytes are the page's own.
    private let lines: [Range<Int>]
    private let starts: [Int]

    init(_ lines: [Range<Int>], in source: SourceText) {
        guard let first = lines.first, let last = lines.last, !source.isContiguous(lines) else {
            bytes = source.bytes
            range = (lines.first?.lowerBound ?? 0)..<(lines.last?.upperBound ?? 0)
            self.lines = []
            starts = []
            return
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(last.upperBound - first.lowerBound)
        var starts: [Int] = []
        for line in lines {
            if !starts.isEmpty { bytes.append(.lineFeed) }
            starts.append(bytes.count)
            bytes.append(contentsOf: source.bytes[line])
        }
        self.bytes = bytes
        range = 0..<bytes.count
        self.lines = lines
        self.starts = starts
    }

    /// Where the offset is in the page.
    func original(_ offset: Int) -> Int {
        if lines.isEmpty { return offset }
        let line = SourceText.line(at: offset, among: starts)
        return lines[line].lowerBound + offset - starts[line]
    }

    func original(_ range: Range<Int>) -> Range<Int> { original(range.lowerBound)..<original(range.upperBound) }
}

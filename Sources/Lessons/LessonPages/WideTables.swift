/// Tables that are wider than anyone reads, for a Markdown parser whose time grows with the square of their columns.
enum WideTables {
    /// No table of a page has more columns.
    static let maxColumns = 128

    /// The Markdown without wider tables: a sentence is in the place of the line that would have made one, and pipes beyond the
    /// bound are text.
    static func bounded(_ markdown: String) -> String {
        let bytes = Array(markdown.utf8)
        guard bytes.count > maxColumns else { return markdown }
        var bounded: [UInt8] = []
        var hasWide = false
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if line.startIndex > 0 { bounded.append(UInt8(ascii: "\n")) }
            // One more at either end makes no column.
            guard line.count > maxColumns, line.count(where: { $0 == pipe }) > maxColumns + 1 else {
                bounded += line
                continue
            }
            hasWide = true
            append(line, to: &bounded)
        }
        return hasWide ? String(decoding: bounded, as: UTF8.self) : markdown
    }

    private static let pipe = UInt8(ascii: "|")

    private static func append(_ line: ArraySlice<UInt8>, to bounded: inout [UInt8]) {
        if line.allSatisfy({ [pipe, UInt8(ascii: "-"), UInt8(ascii: ":"), 0x20, 0x09, 0x0D].contains($0) }) {
            bounded += "A table of more than \(maxColumns) columns is shown as text.".utf8
            return
        }
        var pipes = 0
        var isEscaped = false
        for byte in line {
            if byte == pipe, !isEscaped {
                pipes += 1
                if pipes > maxColumns { bounded.append(UInt8(ascii: "\\")) }
            }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            bounded.append(byte)
        }
    }
}

import Diagnostics

/// The lines of a file that was read, for excerpts and for places inside a scalar.
struct SourceText {
    let file: String
    private let lines: [Substring.UnicodeScalarView]

    init(file: String, text: String) {
        self.file = file
        // Scalars, so that CR LF counts as a break and columns agree with the parser's.
        lines = text[...].unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The line and a caret under the column, or `nil` when there is no such line.
    ///
    /// A long line is cut around the column; `length` columns are marked as far as the line reaches.
    func excerpt(line: Int, column: Int, length: Int = 1) -> String? {
        guard lines.indices.contains(line - 1) else { return nil }
        var scalars = Array(lines[line - 1])
        if scalars.last == "\r" { scalars.removeLast() }
        let column = max(0, min(column - 1, scalars.count))
        let start = column > 90 ? column - 40 : 0
        let end = min(scalars.count, start + 110)
        let marked = max(1, min(length, end - column))
        let number = String(line)
        let margin = String(repeating: " ", count: number.count)
        let before = DisplayWidth.of(String(visible(scalars[start..<column])))
        let caret = String(repeating: " ", count: before) + String(repeating: "^", count: marked)
        return "  \(number) | \(visible(scalars[start..<end]))\n  \(margin) | \(caret)"
    }

    /// Where `text` first occurs at or after a place, on that line or a later one; `nil` when it doesn't.
    ///
    /// Escapes and folded lines hide a text; then the scalar's own place has to do.
    func find(_ text: String, from line: Int, column: Int) -> (line: Int, column: Int)? {
        let wanted = Array(text.unicodeScalars)
        guard let first = wanted.first, line >= 1 else { return nil }
        for number in line...max(line, min(lines.count, line + 200)) where lines.indices.contains(number - 1) {
            let start = number == line ? max(0, column - 1) : 0
            // A bounded look ahead: a line may be the whole file.
            let scalars = Array(lines[number - 1].dropFirst(start).prefix(2000))
            guard scalars.count >= wanted.count else { continue }
            for offset in 0...(scalars.count - wanted.count)
            where scalars[offset] == first && scalars[offset..<(offset + wanted.count)].elementsEqual(wanted) {
                return (number, start + offset + 1)
            }
        }
        return nil
    }
}

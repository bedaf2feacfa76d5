/// Reads rows of values with one sign between: CSV, tab-separated text, sqlite3's `1|Ann|30`.
struct DelimitedReader {
    let source: SourceText
    let structures: Structures

    /// Two rows or more with the same number of separators, one of which holds a number, date or identifier.
    ///
    /// - Parameter examined: Set to the line up to which the lines have been looked at, also when they are no table.
    func table(at number: Int, examined: inout Int) -> Documents? {
        let first = source.line(number)
        for separator in [UInt8(ascii: "|"), 0x09, UInt8(ascii: ",")] {
            guard let columns = cells(first, separator), columns.count >= (separator == UInt8(ascii: ",") ? 3 : 2)
            else { continue }
            var rows = [columns]
            var isElided = false
            var next = number + 1
            var lines = [number]
            while next < source.lineCount {
                let range = source.line(next)
                if structures.contains(.elisions), Elision.isLine(source, range) {
                    isElided = true
                } else {
                    guard let cells = cells(range, separator), cells.count == columns.count else { break }
                    rows.append(cells)
                    lines.append(next)
                }
                next += 1
            }
            examined = max(examined, next)
            if rows.count >= 2, let table = documents(rows, lines, isElided) {
                return Documents(kind: .table, literals: table, lines: number..<next, isElided: isElided)
            }
        }
        return nil
    }

    private func documents(_ rows: [[Range<Int>]], _ lines: [Int], _ isElided: Bool) -> [Literal]? {
        let headings = rows[0].map(source.string)
        let hasHeadings = Set(headings).count == headings.count && rows[0].allSatisfy { isHeading($0) }
        let body = hasHeadings ? 1 : 0
        let keys = hasHeadings ? headings : rows[0].indices.map { "column \($0 + 1)" }
        let table = zip(rows, lines).dropFirst(body).map { cells, line in
            Literal(
                kind: .object(
                    zip(keys, cells).map { .init(key: $0, value: Literal(cell: $1, of: source, line: line)) },
                    tag: nil, isElided: false),
                line: line)
        }
        // Without a typed value the lines may be prose with commas.
        let isTyped = table.contains { row in
            guard case .object(let fields, _, _) = row.kind else { return false }
            return fields.contains {
                Leaf.fieldClass(of: $0.value, key: "") != .word && Leaf.fieldClass(of: $0.value, key: "") != .text
                    && Leaf.fieldClass(of: $0.value, key: "") != .name
            }
        }
        return isTyped ? Array(table) : nil
    }

    /// Cells without blanks beside the separators; `nil` when the line is no row.
    private func cells(_ range: Range<Int>, _ separator: UInt8) -> [Range<Int>]? {
        guard range.count >= 3, range.count <= 4000 else { return nil }
        var cells: [Range<Int>] = []
        var start = range.lowerBound
        var isQuoted = false
        for index in range {
            let byte = source.bytes[index]
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "(") { return nil }
            guard byte == separator, !isQuoted else { continue }
            if separator != 0x09 {
                if index + 1 < range.upperBound, source.bytes[index + 1] == 0x20 { return nil }
                if index > range.lowerBound, source.bytes[index - 1] == 0x20 { return nil }
            }
            cells.append(start..<index)
            start = index + 1
        }
        cells.append(start..<range.upperBound)
        return cells.count >= 2 ? cells : nil
    }

    private func isHeading(_ range: Range<Int>) -> Bool {
        guard let first = source.bytes[range].first, first.isLetter else { return false }
        return source.bytes[range].allSatisfy {
            $0.isWordByte || $0 == 0x20 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
            && Leaf.fieldClass(of: Literal(cell: source.string(range), line: 0), key: "") != .email
    }
}

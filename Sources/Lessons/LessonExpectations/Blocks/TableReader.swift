/// Reads tables: boxes of SQL clients, psql's rules, Markdown, and columns under capital headings (docker, kubectl, ps).
struct TableReader {
    let source: SourceText
    let structures: Structures

    func table(at number: Int) -> Documents? {
        let range = source.line(number)
        guard range.count >= 3 else { return nil }
        if isRule(range) { return boxed(at: number) }
        if hasBars(range), number + 1 < source.lineCount, isRule(source.line(number + 1)) {
            return barred(from: number)
        }
        return ruled(at: number) ?? aligned(at: number)
    }

    // MARK: Bars

    /// A box: rule, headings, rule, rows, rule.
    private func boxed(at number: Int) -> Documents? {
        guard number + 2 < source.lineCount, hasBars(source.line(number + 1)) else { return nil }
        return barred(from: number + 1, start: number)
    }

    /// Headings, rule, rows, perhaps a rule at the end.
    private func barred(from number: Int, start: Int? = nil) -> Documents? {
        let headings = cells(source.line(number)).map(source.string)
        guard headings.count >= 1, Set(headings).count == headings.count, number + 1 < source.lineCount,
            isRule(source.line(number + 1))
        else { return nil }
        var rows: [Literal] = []
        var isElided = false
        var next = number + 2
        while next < source.lineCount {
            let range = source.line(next)
            if isRule(range) {
                next += 1
                // Rules between all rows belong to the table, too.
                if next < source.lineCount, hasBars(source.line(next)), start != nil { continue }
                break
            }
            let cells = cells(range)
            if structures.contains(.elisions), Elision.isLine(source, cells.first { !$0.isEmpty } ?? range) {
                isElided = true
                next += 1
                continue
            }
            guard hasBars(range) || headings.count == 1 && start == nil && !isEnd(range) else { break }
            guard cells.count == headings.count else { break }
            rows.append(row(headings, cells, next))
            next += 1
        }
        return Documents(kind: .table, literals: rows, lines: (start ?? number)..<next, isElided: isElided)
    }

    private func isEnd(_ range: Range<Int>) -> Bool {
        range.isEmpty || source.bytes[range.lowerBound] == UInt8(ascii: "(")
    }

    /// Dashes and crossings only, with at least three dashes.
    private func isRule(_ range: Range<Int>) -> Bool {
        var dashes = 0
        var crossings = 0
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = source.bytes[index]
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "="): dashes += 1
            case UInt8(ascii: "+"), UInt8(ascii: "|"), UInt8(ascii: ":"): crossings += 1
            case 0x20: break
            case 0xE2
            where index + 2 < range.upperBound && (source.bytes[index + 1] == 0x94 || source.bytes[index + 1] == 0x95):
                dashes += 1
                crossings += 1
                index += 2
            default: return false
            }
            index += 1
        }
        return dashes >= 3 && crossings > 0
    }

    private func hasBars(_ range: Range<Int>) -> Bool {
        range.contains { isBar($0) > 0 }
    }

    /// The length of the column separator at the offset, 0 when there is none.
    private func isBar(_ offset: Int) -> Int {
        let byte = source.bytes[offset]
        if byte == UInt8(ascii: "|") { return 1 }
        guard byte == 0xE2 else { return 0 }
        return source.bytes.has("│", at: offset) || source.bytes.has("║", at: offset) ? 3 : 0
    }

    private func cells(_ range: Range<Int>) -> [Range<Int>] {
        var cells: [Range<Int>] = []
        var start = range.lowerBound
        var index = range.lowerBound
        while index < range.upperBound {
            let length = isBar(index)
            if length > 0 {
                cells.append(trimmed(start..<index))
                index += length
                start = index
            } else {
                index += 1
            }
        }
        cells.append(trimmed(start..<range.upperBound))
        // A frame gives an empty cell at either end.
        let first = source.bytes.end(of: range.lowerBound, while: \.isBlank)
        if first < range.upperBound, isBar(first) > 0 {
            cells.removeFirst()
            if cells.last?.isEmpty ?? false { cells.removeLast() }
        }
        return cells
    }

    // MARK: Columns

    /// Headings in capitals, two blanks apart or with rows of as many words, and the rows up to a blank line.
    private func aligned(at number: Int) -> Documents? {
        let range = source.line(number)
        let words = headingWords(range)
        guard words.count >= 2, words.allSatisfy({ isHeading($0) }) else { return nil }
        if let table = tabbed(at: number) { return table }
        let columns = joined(words, range)
        guard columns.count >= 2 else { return nil }
        let headings = columns.map(source.string)
        guard Set(headings).count == headings.count else { return nil }
        // Under headings set apart by tabs, cells begin anywhere.
        let starts =
            source.bytes[range].contains(0x09)
            ? nil : columns.enumerated().map { $0 == 0 ? 0 : width(range.lowerBound..<$1.lowerBound) }
        var rows: [Literal] = []
        var isElided = false
        var next = number + 1
        while next < source.lineCount {
            let line = source.line(next)
            if line.isEmpty || Prompts.isPrompt(source.bytes[line]) { break }
            if structures.contains(.elisions), Elision.isLine(source, line) {
                isElided = true
                next += 1
                continue
            }
            guard let cells = starts.flatMap({ byOffset($0, line) }) ?? byWords(columns.count, line) else { break }
            rows.append(row(headings, cells, next))
            next += 1
        }
        guard !rows.isEmpty else { return nil }
        return Documents(kind: .table, literals: rows, lines: number..<next, isElided: isElided)
    }

    /// Headings and cells with a tab between, where all rows have as many.
    private func tabbed(at number: Int) -> Documents? {
        func cells(_ line: Range<Int>) -> [Range<Int>] {
            source.bytes[line].split(separator: 0x09, omittingEmptySubsequences: false).map { trimmed($0.indices) }
        }
        let headings = cells(source.line(number)).map(source.string)
        guard headings.count >= 2, Set(headings).count == headings.count, !headings.contains("") else { return nil }
        var rows: [Literal] = []
        var next = number + 1
        var isElided = false
        while next < source.lineCount {
            let line = source.line(next)
            if structures.contains(.elisions), Elision.isLine(source, line) {
                isElided = true
            } else {
                let cells = cells(line)
                guard cells.count == headings.count else { break }
                rows.append(row(headings, cells, next))
            }
            next += 1
        }
        guard !rows.isEmpty else { return nil }
        return Documents(kind: .table, literals: rows, lines: number..<next, isElided: isElided)
    }

    private func headingWords(_ range: Range<Int>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var index = range.lowerBound
        while index < range.upperBound {
            index = source.bytes.end(of: index, while: \.isBlank)
            let end = min(source.bytes.end(of: index) { !$0.isSpace }, range.upperBound)
            if end > index { words.append(index..<end) }
            index = max(end, index + 1)
            guard words.count <= 40 else { return [] }
        }
        return words
    }

    private func isHeading(_ word: Range<Int>) -> Bool {
        var hasLetter = false
        for byte in source.bytes[word] {
            if byte.isUpper || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "#") {
                hasLetter = true
            } else {
                guard
                    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "/")
                        || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte.isDigit
                else { return false }
            }
        }
        return hasLetter
    }

    /// `CONTAINER ID` is one heading where others are two blanks apart.
    private func joined(_ words: [Range<Int>], _ range: Range<Int>) -> [Range<Int>] {
        let isWide = zip(words, words.dropFirst()).contains { $1.lowerBound - $0.upperBound >= 2 }
        let isSpread =
            zip(words, words.dropFirst()).filter { $1.lowerBound - $0.upperBound >= 2 }.count * 2 >= words.count - 1
        guard isWide, isSpread else { return words }
        var columns: [Range<Int>] = [words[0]]
        for word in words.dropFirst() {
            if word.lowerBound - columns[columns.count - 1].upperBound >= 2 || source.bytes[word.lowerBound - 1] == 0x09
            {
                columns.append(word)
            } else {
                columns[columns.count - 1] = columns[columns.count - 1].lowerBound..<word.upperBound
            }
        }
        return columns
    }

    /// Cells that begin below their headings.
    private func byOffset(_ starts: [Int], _ line: Range<Int>) -> [Range<Int>]? {
        // Right-aligned columns begin elsewhere.
        guard let cells = cells(starts, line, areFlush: true) else { return nil }
        return cells[0].isEmpty ? nil : cells
    }

    /// The pieces of a line between columns of characters; `nil` when a word lies across a border.
    ///
    /// - Parameter areFlush: Whether all but the first must begin at their border.
    private func cells(_ starts: [Int], _ line: Range<Int>, areFlush: Bool = false) -> [Range<Int>]? {
        var cells: [Range<Int>] = []
        var borders: [Int] = []
        cells.reserveCapacity(starts.count)
        borders.reserveCapacity(starts.count)
        var index = line.lowerBound
        var column = 0
        while index < line.upperBound, borders.count < starts.count {
            if column == starts[borders.count] { borders.append(index) }
            index += 1
            while index < line.upperBound, source.bytes[index] & 0xC0 == 0x80 { index += 1 }
            column += 1
        }
        while borders.count < starts.count { borders.append(line.upperBound) }
        for (position, border) in borders.enumerated() {
            if position > 0, border < line.upperBound, !source.bytes[border - 1].isBlank { return nil }
            let cell = trimmed(border..<(position + 1 < borders.count ? borders[position + 1] : line.upperBound))
            if areFlush, position > 0, !cell.isEmpty, cell.lowerBound != border { return nil }
            cells.append(cell)
        }
        return cells
    }

    /// Columns of characters: bytes that don't go on with one.
    private func width(_ range: Range<Int>) -> Int {
        source.bytes[range].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }

    /// Headings with a line of dashes below each, as `pip list` and sqlite3 draw them.
    private func ruled(at number: Int) -> Documents? {
        guard number + 1 < source.lineCount else { return nil }
        let rule = source.line(number + 1)
        guard source.bytes[rule].allSatisfy({ $0 == UInt8(ascii: "-") || $0 == 0x20 || $0 == UInt8(ascii: "=") }) else {
            return nil
        }
        let groups = headingWords(rule)
        guard groups.count >= 2 else { return nil }
        let starts = groups.map { $0.lowerBound - rule.lowerBound }
        guard let headings = cells(starts, source.line(number))?.map(source.string),
            Set(headings).count == headings.count
        else { return nil }
        var rows: [Literal] = []
        var isElided = false
        var next = number + 2
        while next < source.lineCount {
            let line = source.line(next)
            if line.isEmpty || Prompts.isPrompt(source.bytes[line]) { break }
            if structures.contains(.elisions), Elision.isLine(source, line) {
                isElided = true
            } else {
                guard let cells = cells(starts, line) else { break }
                rows.append(row(headings, cells, next))
            }
            next += 1
        }
        return Documents(kind: .table, literals: rows, lines: number..<next, isElided: isElided)
    }

    /// Cells as words; the last takes the rest of the line.
    private func byWords(_ count: Int, _ line: Range<Int>) -> [Range<Int>]? {
        let words = headingWords(line)
        guard words.count >= count else { return nil }
        return Array(words[0..<(count - 1)]) + [words[count - 1].lowerBound..<line.upperBound]
    }

    // MARK: Rows

    private func row(_ headings: [String], _ cells: [Range<Int>], _ line: Int) -> Literal {
        let fields = zip(headings, cells).map { heading, cell in
            Literal.Field(key: heading, value: Literal(cell: cell, of: source, line: line))
        }
        return Literal(kind: .object(fields, tag: nil, isElided: false), line: line)
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, source.bytes[start].isSpace { start += 1 }
        while end > start, source.bytes[end - 1].isSpace { end -= 1 }
        return start..<end
    }
}

/// Headings with other blanks between, up to none: `Peer Address:PortProcess`.
struct HeadingBlanks: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        var count = 0
        for (index, line) in pair.output.enumerated() where Self.isHeading(line) {
            let letters = line.bytes.filter { !$0.isBlank }
            guard
                let wanted = pair.sample.first(where: { other in
                    Self.isHeading(other) && other.indent == line.indent
                        && other.bytes.filter { !$0.isBlank } == letters
                }), !situation.fits(wanted, line)
            else { continue }
            pair.output[index] = line.replacing(wanted.bytes)
            count += 1
        }
        return count == 0 ? nil : "the columns of a table have other widths"
    }

    /// Several words without a number.
    private static func isHeading(_ line: TextLine) -> Bool {
        line.tokens.count > 2 && !line.bytes.contains(where: \.isDigit) && line.bytes.contains(where: \.isUpper)
    }
}

/// A table drawn in another way: with a box, with a rule below its headings, or with blanks alone; with cells that wrap.
struct TableLayout: Allowance {
    func apply(to pair: inout Pair, in situation: Situation) -> String? {
        guard (pair.sample + pair.output).contains(where: Self.isDrawn), Self.areDrawnOtherwise(pair) else {
            return nil
        }
        let sample = Self.plain(pair.sample)
        let output = Self.plain(pair.output)
        guard !sample.isEmpty, !output.isEmpty else { return nil }
        (pair.sample, pair.output) = (sample, output)
        return "the table is drawn in another way"
    }

    /// Whether the two are drawn with other lines, or one of them has a row that goes on.
    private static func areDrawnOtherwise(_ pair: Pair) -> Bool {
        func rules(_ lines: [TextLine]) -> Set<String> { Set(lines.filter(isRule).map { $0.text.trimmed }) }
        func goesOn(_ lines: [TextLine]) -> Bool { plain(lines).count < lines.count { !isRule($0) } }
        return rules(pair.sample) != rules(pair.output) || goesOn(pair.sample) != goesOn(pair.output)
    }

    private static let bars = ["│", "┃", "║", "|"]
    private static let drawing = Set("─━═┌┬┐├┼┤└┴┘╭╮╰╯╞╪╡╔╦╗╠╬╣╚╩╝┏┳┓┡╇┩┗┻┛┠┨╟╢╤╧│┃║|+-=: \t")

    /// Only lines and crossings.
    private static func isRule(_ line: TextLine) -> Bool {
        let text = line.text
        return text.count >= 2 && text.allSatisfy(drawing.contains) && text.contains { !" |:".contains($0) }
    }

    private static func isDrawn(_ line: TextLine) -> Bool {
        guard !line.isBlank else { return false }
        return isRule(line) && line.text.count { $0 == "-" || $0 == "─" || $0 == "=" || $0 == "━" || $0 == "═" } >= 2
    }

    /// The rows as words with blanks between; what goes on in a second row is joined with the first.
    private static func plain(_ lines: [TextLine]) -> [TextLine] {
        var rows: [(line: TextLine, cells: [String])] = []
        for line in lines where !isRule(line) {
            let cells = cells(of: line)
            let isContinued = rows.last.map { last in
                cells.count > 1 && last.cells.count == cells.count && (cells[0].isEmpty && !last.cells[0].isEmpty)
            }
            if isContinued ?? false, let last = rows.last {
                rows[rows.count - 1].cells = zip(last.cells, cells).map { joined($0, $1) }
            } else {
                rows.append((line, cells))
            }
        }
        return rows.map { row in
            row.cells.count == 1
                ? row.line : row.line.replacing(row.cells.map { $0.isEmpty ? " " : $0 }.joined(separator: "  "))
        }
    }

    private static func joined(_ first: String, _ second: String) -> String {
        let open = first.hasSuffix("+") ? first.dropLast().trimmed : first
        return second.isEmpty ? open : open.isEmpty ? second : open + " " + second
    }

    private static func cells(of line: TextLine) -> [String] {
        var text = line.text
        guard bars.contains(where: { text.contains($0) }) else { return [text] }
        for bar in bars.dropLast() {
            text = text.split(separator: bar, omittingEmptySubsequences: false).joined(separator: "|")
        }
        var cells = text.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
        if let first = cells.first, first.isEmpty, text.trimmed.hasPrefix("|") { cells.removeFirst() }
        if let last = cells.last, last.isEmpty, text.trimmed.hasSuffix("|") { cells.removeLast() }
        return cells
    }
}

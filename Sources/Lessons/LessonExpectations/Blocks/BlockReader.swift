/// Reads a text into blocks. Blank lines separate, and mean nothing else.
struct BlockReader {
    let source: SourceText
    private let structures: Structures

    /// The blocks of a sample, and the structures that outputs are to be searched for.
    static func sample(_ source: SourceText) -> (blocks: [Block], structures: Structures) {
        var structures = Structures.sample
        var blocks = BlockReader(source: source, structures: structures).read().blocks
        // What was left out beside fields may be of any form, so there the lines are compared one by one.
        if hasElision(besideFieldsIn: blocks) {
            structures.remove(.fields)
            blocks = BlockReader(source: source, structures: structures).read().blocks
        }
        var found: Structures = []
        for case .documents(let documents) in blocks {
            switch documents.kind {
            case .literals: break
            case .table: found.formUnion([.tables, .delimited])
            case .fields: found.insert(.fields)
            }
        }
        return (blocks, found)
    }

    /// Every line as a line, for texts that break off inside a structure.
    static func plain(_ source: SourceText, readsPatterns: Bool) -> (blocks: [Block], structures: Structures) {
        let lines = (0..<source.lineCount).map { number in
            let range = source.line(number)
            return Line(number: number, range: range, tokens: Lexer.tokens(source, range, readsPatterns: readsPatterns))
        }
        return (lines.filter { !$0.tokens.isEmpty }.map { .line($0) }, [])
    }

    /// The blocks of an output, and the line on which a literal starts that the output doesn't end.
    static func output(_ source: SourceText, _ structures: Structures) -> (blocks: [Block], unfinishedLine: Int?) {
        BlockReader(source: source, structures: structures).read()
    }

    private static func hasElision(besideFieldsIn blocks: [Block]) -> Bool {
        blocks.indices.contains { index in
            guard case .documents(let documents) = blocks[index], documents.kind == .fields else { return false }
            return [index - 1, index + 1].contains { neighbour in
                guard blocks.indices.contains(neighbour), case .elision = blocks[neighbour] else { return false }
                return true
            }
        }
    }

    private func read() -> (blocks: [Block], unfinishedLine: Int?) {
        // Only a sample has words that stand for others.
        var lexer = Lexer(source, readsPatterns: structures.contains(.elisions))
        var blocks: [Block] = []
        var literals: [Literal] = []
        var start = 0
        var end = 0
        func flush() {
            if !literals.isEmpty {
                blocks.append(.documents(Documents(kind: .literals, literals: literals, lines: start..<end)))
            }
            literals = []
        }
        var number = 0
        var barren = (delimited: 0, fields: 0)
        while number < source.lineCount {
            let range = source.line(number)
            if isBlank(range) {
                number += 1
                continue
            }
            if structures.contains(.elisions), Elision.isLine(source, range), !isPathListing(number) {
                flush()
                if case .elision = blocks.last {} else { blocks.append(.elision) }
                number += 1
                continue
            }
            if let documents = structure(at: number, &barren) {
                flush()
                blocks.append(.documents(documents))
                number = documents.lines.upperBound
                continue
            }
            let (line, next) = lexer.line(number)
            if let literal = line.soleLiteral {
                if literals.isEmpty { start = number }
                literals.append(literal)
                end = next
            } else {
                flush()
                blocks.append(.line(line))
            }
            number = next
        }
        flush()
        return (blocks, lexer.unfinishedLine)
    }

    /// - Parameter barren: Where delimited rows and fields may be looked for again: runs of lines that were none are not
    ///   read once more from each of their lines.
    private func structure(at number: Int, _ barren: inout (delimited: Int, fields: Int)) -> Documents? {
        if structures.contains(.tables) {
            if let table = TableReader(source: source, structures: structures).table(at: number) { return table }
        }
        if structures.contains(.delimited), number >= barren.delimited {
            let reader = DelimitedReader(source: source, structures: structures)
            if let table = reader.table(at: number, examined: &barren.delimited) { return table }
        }
        if structures.contains(.fields), number >= barren.fields {
            if let fields = FieldsReader(source: source).fields(at: number, examined: &barren.fields) { return fields }
        }
        return nil
    }

    private func isBlank(_ range: Range<Int>) -> Bool {
        source.bytes.end(of: range.lowerBound, while: \.isBlank) >= range.upperBound
    }

    /// The `.` that `tree`, `ls -a` and `find` print for the directory itself, and the dots that stand for tests.
    private func isPathListing(_ number: Int) -> Bool {
        let range = source.line(number)
        guard number + 1 < source.lineCount else { return false }
        let next = source.line(number + 1)
        let bytes = source.bytes
        if bytes.has("----", at: next.lowerBound), bytes[range].allSatisfy({ $0 == UInt8(ascii: ".") }) { return true }
        guard range.count <= 2 else { return false }
        if range.count == 2 { return number > 0 && source.string(source.line(number - 1)) == "." }
        return bytes.has("├", at: next.lowerBound) || bytes.has("└", at: next.lowerBound)
            || bytes.has("|--", at: next.lowerBound) || bytes.has("`--", at: next.lowerBound)
            || bytes.has("./", at: next.lowerBound) || source.string(next) == ".."
    }
}

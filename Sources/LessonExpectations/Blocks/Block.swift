/// A part of a text that is compared as a whole.
enum Block: Sendable {
    /// Literals one after the other, each on lines of its own: documents, messages.
    case documents([Literal], lines: Range<Int>)
    case line(Line)
    /// Lines left out.
    case elision

    /// The lines it covers, counted from 0.
    var lines: Range<Int> {
        switch self {
        case .documents(_, let lines): lines
        case .line(let line): line.number..<(line.number + 1)
        case .elision: 0..<0
        }
    }
}

/// Reads a text into blocks. Blank lines separate, and mean nothing else.
struct BlockReader {
    let source: SourceText
    /// Only a sample leaves things out; in an output dots are dots.
    let readsElisions: Bool

    func blocks() -> [Block] {
        var lexer = Lexer(source)
        var blocks: [Block] = []
        var documents: [Literal] = []
        var start = 0
        var end = 0
        func flush() {
            if !documents.isEmpty { blocks.append(.documents(documents, lines: start..<end)) }
            documents = []
        }
        var number = 0
        while number < source.lineCount {
            let range = source.line(number)
            if source.bytes.end(of: range.lowerBound, while: \.isBlank) >= range.upperBound {
                number += 1
                continue
            }
            if readsElisions, Elision.isLine(source, range), !isPathListing(number) {
                flush()
                if case .elision = blocks.last {} else { blocks.append(.elision) }
                number += 1
                continue
            }
            let (line, next) = lexer.line(number)
            if let literal = line.soleLiteral {
                if documents.isEmpty { start = number }
                documents.append(literal)
                end = next
            } else {
                flush()
                blocks.append(.line(line))
            }
            number = next
        }
        flush()
        return blocks
    }

    /// The `.` that `tree`, `ls -a` and `find` print for the directory itself.
    private func isPathListing(_ number: Int) -> Bool {
        let range = source.line(number)
        guard range.count <= 2, number + 1 < source.lineCount else { return false }
        let next = source.line(number + 1)
        let bytes = source.bytes
        if range.count == 2 { return number > 0 && source.string(source.line(number - 1)) == "." }
        return bytes.has("├", at: next.lowerBound) || bytes.has("└", at: next.lowerBound) || bytes.has("|--", at: next.lowerBound)
            || bytes.has("`--", at: next.lowerBound) || bytes.has("./", at: next.lowerBound) || source.string(next) == ".."
    }
}

/// Finds the blocks of a page: CommonMark's structure, with the dialect's fences, file blocks and quizzes.
///
/// Written by hand rather than left to a CommonMark parser for three reasons: a closing fence with a macro is none there, places
/// must be exact to the byte, and the time must stay linear in the size of the page whatever it holds. Nesting
/// deeper than ``maxDepth`` is read as text.
///
/// Where a stock parser would lose an action that its author plainly meant, the author wins: a fence ends at its closing
/// fence even when the lines between are indented less than their list item, and an indented fence or code span
/// with a macro is no indented code. HTML blocks (`<details>`) hide nothing, since macros inside are live.
struct BlockScanner {
    static let maxDepth = 48
    /// A fence in a list item is closed by one that many lines after the item at most; without a bound, a page of open
    /// fences would be read to its end from each of them.
    static let linesOutsideItem = 100

    enum Container {
        case quote
        /// The columns that a line must be indented by to belong to the item.
        case item(Int)

        var isQuote: Bool { if case .quote = self { true } else { false } }
    }

    let source: SourceText
    /// Whether blocks know what rewrites them needs.
    let isOutlined: Bool
    var containers: [Container] = []
    var paragraph: [Range<Int>] = []
    var line = 0
    /// The line of the next fence that the rule for indented fences has looked up already.
    var nextFenceLine = -1
    var unclosedFences: [Int] = []
    private var blocks: [Block] = []

    private init(_ source: SourceText, isOutlined: Bool) {
        self.source = source
        self.isOutlined = isOutlined
        blocks.reserveCapacity(min(source.lineCount / 2, 128))
    }

    /// The page's blocks in order.
    static func scan(_ source: SourceText, isOutlined: Bool) -> (blocks: [Block], unclosedFences: [Int]) {
        var scanner = BlockScanner(source, isOutlined: isOutlined)
        while scanner.line < source.lineCount { scanner.takeLine() }
        scanner.closeParagraph()
        return (scanner.blocks, scanner.unclosedFences)
    }

    // MARK: Lines

    private mutating func takeLine() {
        var cursor = Cursor(source: source, line: line)
        let matched = matchContainers(&cursor)
        let isBlank = cursor.isAtEnd
        if matched < containers.count {
            if !isBlank, !paragraph.isEmpty, !interruptsParagraph(cursor) {
                return append(cursor)
            }
            closeParagraph()
            if !isBlank || containers[matched...].contains(where: \.isQuote) {
                containers.removeSubrange(matched...)
            }
        }
        if isBlank {
            closeParagraph()
            line += 1
            return
        }
        openContainers(&cursor)
        takeLeaf(cursor)
    }

    func matchContainers(_ cursor: inout Cursor) -> Int {
        if containers.isEmpty { return 0 }
        var matched = 0
        for container in containers {
            switch container {
            case .quote:
                guard cursor.takeQuoteMark() else { return matched }
            case .item(let width):
                // A blank line belongs to every item around it.
                if cursor.isAtEnd { break }
                guard cursor.indentation >= width else { return matched }
                cursor.skip(columns: width)
            }
            matched += 1
        }
        return matched
    }

    private func interruptsParagraph(_ cursor: Cursor) -> Bool {
        if cursor.indentation >= 4 { return false }
        return cursor.byte == .greater || cursor.fence != nil || cursor.headingLevel != nil || cursor.isThematicBreak
            || cursor.listMarker(interrupting: false) != nil || opensHTML(at: cursor.content)
    }

    private mutating func openContainers(_ cursor: inout Cursor) {
        while containers.count < Self.maxDepth, cursor.indentation < 4 {
            if quizQuestion(at: cursor) { return }
            if cursor.takeQuoteMark() {
                closeParagraph()
                containers.append(.quote)
                continue
            }
            if cursor.isThematicBreak { return }
            // The next item of a list that is open ends the paragraph of the one before; elsewhere only "1." does.
            guard let marker = cursor.listMarker(interrupting: !paragraph.isEmpty) else { return }
            closeParagraph()
            let indentation = cursor.indentation
            cursor.advance(marker)
            let gap = cursor.indentation
            let inner = cursor.isAtEnd || gap > 4 ? 1 : gap
            cursor.skip(columns: min(inner, gap))
            containers.append(.item(indentation + marker + inner))
            if cursor.isAtEnd { return }
        }
    }

    private mutating func takeLeaf(_ cursor: Cursor) {
        if cursor.isAtEnd {
            line += 1
            return
        }
        let isIndented = cursor.indentation >= 4
        if let fence = cursor.fence, !isIndented || isMacroFence(fence) {
            return takeFence(fence, at: cursor)
        }
        if isIndented, paragraph.isEmpty, !holdsMacro(cursor) {
            return takeIndentedCode(cursor)
        }
        if !isIndented {
            if let level = cursor.headingLevel {
                closeParagraph()
                let text = source.trimmed(cursor.content + level..<cursor.end)
                emit(.heading, start: cursor.content, lines: [text])
                line += 1
                return
            }
            if !paragraph.isEmpty, cursor.isSetextUnderline {
                closeParagraph(as: .heading)
                line += 1
                return
            }
            if cursor.isThematicBreak {
                closeParagraph()
                line += 1
                return
            }
            if quizQuestion(at: cursor) { return takeQuiz(cursor) }
        }
        if cursor.byte == .less, takeHTML(at: cursor.content) { return }
        append(cursor)
    }

    private mutating func append(_ cursor: Cursor) {
        // A table's rows stand for themselves: no code span runs from one to the next.
        if cursor.byte == UInt8(ascii: "|") { closeParagraph() }
        paragraph.append(cursor.content..<cursor.end)
        line += 1
    }

    mutating func closeParagraph(as kind: Block.Kind = .paragraph) {
        guard let first = paragraph.first else { return }
        emit(kind, start: first.lowerBound, lines: paragraph, end: source.lineEnds[line - 1])
        paragraph.removeAll(keepingCapacity: true)
    }

    mutating func emit(_ kind: Block.Kind, start: Int, lines: [Range<Int>] = [], end: Int? = nil) {
        let end = end ?? lines.last?.upperBound ?? source.lineEnds[max(line - 1, 0)]
        blocks.append(
            Block(
                kind: kind, start: start, lines: lines, end: max(start, end), depth: containers.count,
                margin: isOutlined ? margin : ""))
    }

    /// What a line in the open containers begins with.
    var margin: String {
        if containers.isEmpty { return "" }
        return containers.map { container in
            switch container {
            case .quote: "> "
            case .item(let width): String(repeating: " ", count: width)
            }
        }.joined()
    }
}

/// Finds the blocks of a page: CommonMark's structure, with the dialect's fences, file blocks and quizzes.
///
/// Written by hand rather than left to a CommonMark parser for three reasons: a closing fence with a macro is none there, places
/// must be exact to the byte, and the time must stay linear in the size of the page whatever it holds. Nesting
/// deeper than ``deepest`` is read as text.
///
/// Where a stock parser would lose an action that its author plainly meant, the author wins: a fence ends at its closing
/// fence even when the lines between are indented less than their list item, and an indented fence or code span
/// with a macro is no indented code. HTML blocks (`<details>`) hide nothing, since macros inside are live.
struct BlockScanner {
    static let deepest = 48
    /// A fence in a list item is closed by one that many lines after the item at most; without a bound, a page of open
    /// fences would be read to its end from each of them.
    static let linesOutsideItem = 100

    private enum Container {
        case quote
        /// The columns that a line must be indented by to belong to the item.
        case item(Int)

        var isQuote: Bool { if case .quote = self { true } else { false } }
    }

    private let source: SourceText
    private var containers: [Container] = []
    private var paragraph: [Range<Int>] = []
    private var blocks: [Block] = []
    private var line = 0
    /// The line of the next fence that the rule for indented fences has looked up already.
    private var nextFenceLine = -1
    private(set) var unclosedFences: [Int] = []

    init(_ source: SourceText) {
        self.source = source
    }

    /// The page's blocks in order.
    static func scan(_ source: SourceText) -> (blocks: [Block], unclosedFences: [Int]) {
        var scanner = BlockScanner(source)
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

    private func matchContainers(_ cursor: inout Cursor) -> Int {
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
        var ahead = cursor
        ahead.skipBlanks()
        return ahead.byte == .greater || ahead.fence != nil || ahead.headingLevel != nil || ahead.isThematicBreak
            || ahead.listMarker(interrupting: false) != nil || opensHTML(at: ahead.offset)
    }

    private mutating func openContainers(_ cursor: inout Cursor) {
        while containers.count < Self.deepest, cursor.indentation < 4 {
            var ahead = cursor
            ahead.skipBlanks()
            if quizQuestion(at: ahead) { return }
            if ahead.byte == .greater, cursor.takeQuoteMark() {
                closeParagraph()
                containers.append(.quote)
                continue
            }
            if ahead.isThematicBreak { return }
            // The next item of a list that is open ends the paragraph of the one before; elsewhere only "1." does.
            guard let marker = ahead.listMarker(interrupting: !paragraph.isEmpty) else { return }
            closeParagraph()
            let indentation = cursor.indentation
            cursor.skip(columns: indentation)
            cursor.advance(marker)
            let gap = cursor.indentation
            let inner = cursor.isAtEnd || gap > 4 ? 1 : gap
            cursor.skip(columns: min(inner, gap))
            containers.append(.item(indentation + marker + inner))
            if cursor.isAtEnd { return }
        }
    }

    private mutating func takeLeaf(_ cursor: Cursor) {
        var start = cursor
        let indentation = start.indentation
        start.skipBlanks()
        if start.isAtEnd {
            line += 1
            return
        }
        if let fence = start.fence, indentation < 4 || isMacroFence(fence, at: start) {
            return takeFence(fence, at: start)
        }
        if indentation >= 4, paragraph.isEmpty, !holdsMacro(start) {
            return takeIndentedCode(cursor)
        }
        if indentation < 4 {
            if let level = start.headingLevel {
                closeParagraph()
                let text = source.trimmed(start.offset + level..<start.end)
                emit(.heading, start: start.offset, lines: [text])
                line += 1
                return
            }
            if !paragraph.isEmpty, start.isSetextUnderline {
                closeParagraph(as: .heading)
                line += 1
                return
            }
            if start.isThematicBreak {
                closeParagraph()
                line += 1
                return
            }
            if quizQuestion(at: start) { return takeQuiz(start) }
        }
        if start.byte == .less, takeHTML(start) { return }
        append(start)
    }

    private mutating func append(_ cursor: Cursor) {
        var cursor = cursor
        cursor.skipBlanks()
        // A table's rows stand for themselves: no code span runs from one to the next.
        if cursor.byte == UInt8(ascii: "|") { closeParagraph() }
        paragraph.append(cursor.offset..<cursor.end)
        line += 1
    }

    private mutating func closeParagraph(as kind: Block.Kind = .paragraph) {
        guard let first = paragraph.first, let last = paragraph.last else { return }
        emit(kind, start: first.lowerBound, lines: paragraph, end: source.lineEnd(after: last.upperBound))
        paragraph.removeAll(keepingCapacity: true)
    }

    private mutating func emit(_ kind: Block.Kind, start: Int, lines: [Range<Int>] = [], end: Int? = nil) {
        let end = end ?? lines.last?.upperBound ?? source.lineEnds[max(line - 1, 0)]
        blocks.append(
            Block(
                kind: kind, start: start, lines: lines, end: max(start, end), depth: containers.count, margin: margin))
    }

    /// What a line in the open containers begins with.
    private var margin: String {
        containers.map { container in
            switch container {
            case .quote: "> "
            case .item(let width): String(repeating: " ", count: width)
            }
        }.joined()
    }

    // MARK: Code

    private func holdsMacro(_ cursor: Cursor) -> Bool {
        guard let braces = source.first(of: "`{{", in: cursor.offset..<cursor.end) else { return false }
        return source.first(of: "}}", in: braces..<cursor.end) != nil
    }

    /// Whether the next fence after an indented one closes it with a macro.
    private mutating func isMacroFence(_ fence: Fence, at cursor: Cursor) -> Bool {
        if nextFenceLine <= line {
            nextFenceLine = line + 1
            while nextFenceLine < source.lineCount {
                let content = source.trimmed(source.line(nextFenceLine))
                if let first = source.bytes[content].first, first == .backtick || first == .tilde,
                    Cursor(source: source, range: content).fenceRun >= 3
                {
                    break
                }
                nextFenceLine += 1
            }
        }
        guard nextFenceLine < source.lineCount else { return false }
        let content = source.trimmed(source.line(nextFenceLine))
        return closing(of: fence, in: content)?.macro != nil
    }

    private struct Closing: Equatable {
        /// Where `{{` follows the fence.
        var macro: Int?
    }

    /// How the line closes the fence, if it does.
    private func closing(of fence: Fence, in content: Range<Int>) -> Closing? {
        guard let first = source.bytes[content].first, first == fence.mark else { return nil }
        let run = Cursor(source: source, range: content).fenceRun
        guard run >= fence.length else { return nil }
        let rest = source.trimmed(content.lowerBound + run..<content.upperBound)
        if rest.isEmpty { return Closing(macro: nil) }
        return source.starts(with: "{{", at: rest.lowerBound) ? Closing(macro: rest.lowerBound) : nil
    }

    /// The fence and the macro at the end of a line of code, which close a block as well: `EOF```{{execute}}`.
    private func trailingMacro(of fence: Fence, in content: Range<Int>) -> (run: Int, macro: Int)? {
        guard let last = source.bytes[content].last(where: { !$0.isBlank }), last == .rightBrace else { return nil }
        var probe = content.lowerBound
        while probe < content.upperBound {
            guard source.bytes[probe] == fence.mark else {
                probe += 1
                continue
            }
            let run = Cursor(source: source, range: probe..<content.upperBound).fenceRun
            if run >= fence.length {
                let braces = source.trimmed(probe + run..<content.upperBound)
                guard source.starts(with: "{{", at: braces.lowerBound), braces.count <= Macro.longest,
                    source.starts(with: "}}", at: braces.upperBound - 2),
                    case .action = Macro.read(source.bytes[braces.lowerBound + 2..<braces.upperBound - 2])
                else { return nil }
                return (probe, braces.lowerBound)
            }
            probe += run
        }
        return nil
    }

    private mutating func takeFence(_ fence: Fence, at cursor: Cursor) {
        closeParagraph()
        let opening = line
        let indentation = cursor.column
        let isQuoted = containers.contains(where: \.isQuote)
        var body: [Range<Int>] = []
        var leading: [Int] = []
        var macro: Int?
        var isClosed = false
        /// Where an unclosed fence ends, when a line left its list item.
        var leavesItem: Int?
        line += 1
        while line < source.lineCount {
            var inner = Cursor(source: source, line: line)
            let isInside = matchContainers(&inner) == containers.count
            if isQuoted, !isInside { break }
            if !isInside, leavesItem == nil { leavesItem = body.count }
            if let leavesItem, body.count - leavesItem >= Self.linesOutsideItem { break }
            if !isQuoted { inner = Cursor(source: source, line: line) }
            let content = source.trimmed(inner.offset..<inner.end)
            if let end = closing(of: fence, in: content),
                end.macro != nil || inner.column + inner.indentation <= indentation + 3
            {
                macro = end.macro
                isClosed = true
                line += 1
                break
            }
            leading.append(inner.skip(columns: max(0, indentation - inner.column)))
            if let (run, braces) = trailingMacro(of: fence, in: inner.offset..<inner.end) {
                body.append(inner.offset..<run)
                macro = braces
                isClosed = true
                line += 1
                break
            }
            body.append(inner.offset..<inner.end)
            line += 1
        }
        // A block that opens and closes in the middle of its lines is a code span in all but name.
        if let macro, !fence.isLanguage(in: source),
            case let close = source.trimmed(source.line(source.lineNumber(at: macro))),
            closing(of: fence, in: close) == nil
        {
            body.insert(fence.info, at: 0)
            leading.insert(0, at: 0)
        }
        if !isClosed {
            unclosedFences.append(cursor.offset)
            if let leavesItem {
                body.removeSubrange(leavesItem...)
                line = opening + 1 + leavesItem
            }
        }
        var block = CodeBlock(
            form: .fenced, language: fence.language(in: source), text: text(of: body, leading: leading), macro: macro)
        if isClosed, macro == nil {
            block.site = site(of: body, after: opening, indentation: indentation)
            block.site?.fence = fence.style(in: source)
        }
        emit(.code(block), start: cursor.offset, end: source.lineEnds[max(opening, line - 1)])
    }

    /// Where the lines of a block stand, the first of which is the one after `opening`.
    private func site(of body: [Range<Int>], after opening: Int, indentation: Int) -> PageLayout.Sample {
        guard !body.isEmpty else {
            let end = source.lineEnds[opening]
            let margin = margin
            let extra = String(repeating: " ", count: max(0, indentation - margin.utf8.count))
            return PageLayout.Sample(form: .block, range: end..<end, margin: margin + extra)
        }
        let first = opening + 1
        let shown = body.indices.first { !body[$0].isEmpty } ?? 0
        let before = source.lineStarts[first + shown]..<body[shown].lowerBound
        return PageLayout.Sample(
            form: .block, range: source.lineStarts[first]..<source.lineEnds[first + body.count - 1],
            margin: source.string(before))
    }

    private mutating func takeIndentedCode(_ cursor: Cursor) {
        var body: [Range<Int>] = []
        var leading: [Int] = []
        var cursor = cursor
        var blankLines = 0
        let start = cursor
        while true {
            leading.append(cursor.skip(columns: 4))
            body.append(cursor.offset..<cursor.end)
            line += 1
            blankLines = 0
            var next: Cursor?
            while line + blankLines < source.lineCount {
                var candidate = Cursor(source: source, line: line + blankLines)
                let isInside = matchContainers(&candidate) == containers.count
                if !isInside { break }
                if candidate.isAtEnd {
                    blankLines += 1
                    continue
                }
                var content = candidate
                content.skipBlanks()
                if candidate.indentation >= 4, !holdsMacro(content) {
                    if let fence = content.fence {
                        line += blankLines
                        let isFence = isMacroFence(fence, at: content)
                        line -= blankLines
                        if isFence { break }
                    }
                    next = candidate
                }
                break
            }
            guard let next else { break }
            for _ in 0..<blankLines {
                body.append(next.offset..<next.offset)
                leading.append(0)
            }
            line += blankLines
            cursor = next
        }
        var first = start
        first.skipBlanks()
        var block = CodeBlock(form: .indented, language: "", text: text(of: body, leading: leading), macro: nil)
        block.site = site(of: body, after: line - body.count - 1, indentation: 0)
        emit(.code(block), start: first.offset, end: source.lineEnds[line - 1])
    }

    private func text(of lines: [Range<Int>], leading: [Int]) -> String {
        var bytes: [UInt8] = []
        for (index, range) in lines.enumerated() {
            if index > 0 { bytes.append(.lineFeed) }
            for _ in 0..<leading[index] { bytes.append(.space) }
            bytes.append(contentsOf: source.bytes[range])
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: HTML and quizzes

    /// Whether a comment or a `<pre>` opens here: what may cut a paragraph short.
    private func opensHTML(at offset: Int) -> Bool {
        source.starts(with: "<!--", at: offset) || HTMLTag.name(at: offset, in: source) == "pre"
    }

    private mutating func takeHTML(_ cursor: Cursor) -> Bool {
        let start = cursor.offset
        if source.starts(with: "<!--", at: start) { return takeComment(cursor) }
        guard let name = HTMLTag.name(at: start, in: source), ["pre", "script", "style", "textarea"].contains(name),
            let tag = HTMLTag(at: start, in: source)
        else { return false }
        closeParagraph()
        let rest = tag.end..<source.bytes.count
        let end =
            switch name {
            case "pre": source.first(of: "</pre", in: rest)
            case "script": source.first(of: "</script", in: rest)
            case "style": source.first(of: "</style", in: rest)
            default: source.first(of: "</textarea", in: rest)
            }
        let body = tag.end..<(end ?? source.bytes.count)
        if name == "pre" {
            if tag["class"]?.split(separator: " ").contains("file") == true,
                tag["data-filename"] != nil || tag["data-target"] != nil
            {
                emit(.file(tag: tag, body: body), start: start, end: body.upperBound)
            } else {
                let text = HTMLText.preformatted(source.bytes[body])
                var block = CodeBlock(form: .preformatted, language: "", text: text, macro: nil)
                if end != nil { block.site = PageLayout.Sample(form: .preformatted, range: body, margin: "") }
                emit(.code(block), start: start, end: source.lineEnd(after: body.upperBound))
            }
        }
        line = source.lineNumber(at: max(body.upperBound - 1, start))
        if let end { line = source.lineNumber(at: end) }
        line += 1
        return true
    }

    private mutating func takeComment(_ cursor: Cursor) -> Bool {
        let start = cursor.offset
        let end = source.first(of: "-->", in: start + 4..<source.bytes.count)
        let last = source.lineNumber(at: end ?? source.bytes.count)
        closeParagraph()
        emit(
            .comment(start + 4..<(end ?? source.bytes.count)), start: start,
            end: end.map { $0 + 3 } ?? source.bytes.count)
        line = last + 1
        // Text after the comment on its line begins a paragraph, in which further comments stand.
        if let end {
            let rest = source.trimmed(end + 3..<source.lineEnds[last])
            if !rest.isEmpty { paragraph.append(rest) }
        }
        return true
    }

    /// A line of only `>>question<<`, which CommonMark would take for a quote.
    private func quizQuestion(at cursor: Cursor) -> Bool {
        let content = source.trimmed(cursor.offset..<cursor.end)
        return content.count > 4 && source.starts(with: ">>", at: content.lowerBound)
            && source.starts(with: "<<", at: content.upperBound - 2)
    }

    private mutating func takeQuiz(_ cursor: Cursor) {
        closeParagraph()
        var lines = [source.trimmed(cursor.offset..<cursor.end)]
        line += 1
        while line < source.lineCount {
            let content = source.trimmed(source.line(line))
            if content.isEmpty || source.starts(with: ">>", at: content.lowerBound) { break }
            lines.append(content)
            line += 1
        }
        emit(.quiz, start: cursor.offset, lines: lines)
    }
}

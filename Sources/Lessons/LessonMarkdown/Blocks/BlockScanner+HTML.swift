/// HTML, comments and quizzes.
extension BlockScanner {
    /// Whether a comment or a `<pre>` opens here: what may cut a paragraph short.
    func opensHTML(at offset: Int) -> Bool {
        source.starts(with: "<!--", at: offset) || HTMLTag.isNamed("pre", at: offset, in: source)
    }

    mutating func takeHTML(at start: Int) -> Bool {
        if source.starts(with: "<!--", at: start) { return takeComment(at: start) }
        guard let closingTag = closingTag(at: start), let tag = HTMLTag(at: start, in: source) else { return false }
        closeParagraph()
        let end = source.first(of: closingTag, in: tag.end..<source.bytes.count)
        let body = tag.end..<(end ?? source.bytes.count)
        if tag.isNamed("pre") { takePreformatted(tag, body, isClosed: end != nil, at: start) }
        line = source.lineNumber(at: max(body.upperBound - 1, start))
        if let end { line = source.lineNumber(at: end) }
        line += 1
        return true
    }

    /// What ends the block whose tag opens at the offset; `nil` for a tag that opens none.
    private func closingTag(at start: Int) -> StaticString? {
        if HTMLTag.isNamed("pre", at: start, in: source) { return "</pre" }
        if HTMLTag.isNamed("script", at: start, in: source) { return "</script" }
        if HTMLTag.isNamed("style", at: start, in: source) { return "</style" }
        return HTMLTag.isNamed("textarea", at: start, in: source) ? "</textarea" : nil
    }

    private mutating func takePreformatted(_ tag: HTMLTag, _ body: Range<Int>, isClosed: Bool, at start: Int) {
        if tag["class"]?.utf8.split(separator: .space).contains(where: { $0.elementsEqual("file".utf8) }) == true,
            tag["data-filename"] != nil || tag["data-target"] != nil
        {
            return emit(
                .file(tag: tag, body: body, indentation: itemIndentation), start: start, end: body.upperBound)
        }
        let text = HTMLText.preformatted(source.bytes[body])
        var block = CodeBlock(form: .preformatted, language: "", text: text, macro: nil)
        if isOutlined, isClosed { block.site = PageOutline.Sample(form: .preformatted, range: body, margin: "") }
        emit(.code(block), start: start, end: source.lineEnd(after: body.upperBound))
    }

    /// What a line in the open list items is indented by; 0 in a quote, whose lines begin otherwise.
    private var itemIndentation: Int {
        var sum = 0
        for container in containers {
            guard case .item(let width) = container else { return 0 }
            sum += width
        }
        return sum
    }

    private mutating func takeComment(at start: Int) -> Bool {
        let end = source.first(of: "-->", in: start + 4..<source.bytes.count)
        let last = source.lineNumber(at: end ?? source.bytes.count)
        closeParagraph()
        emit(
            .comment(start + 4..<(end ?? source.bytes.count)), start: start,
            end: end.map { $0 + 3 } ?? source.bytes.count)
        line = last + 1
        // Text after the comment on its line begins a paragraph, in which further comments are.
        if let end {
            let rest = source.trimmed(end + 3..<source.lineEnds[last])
            if !rest.isEmpty { paragraph.append(rest) }
        }
        return true
    }

    /// A line of only `>>question<<`, which CommonMark would take for a quote.
    func quizQuestion(at cursor: Cursor) -> Bool {
        guard cursor.byte == .greater else { return false }
        let content = source.trimmed(cursor.content..<cursor.end)
        return content.count > 4 && source.starts(with: ">>", at: content.lowerBound)
            && source.starts(with: "<<", at: content.upperBound - 2)
    }

    mutating func takeQuiz(_ cursor: Cursor) {
        closeParagraph()
        var lines = [source.trimmed(cursor.content..<cursor.end)]
        line += 1
        while line < source.lineCount {
            let content = source.trimmed(source.line(line))
            if content.isEmpty || source.starts(with: ">>", at: content.lowerBound) { break }
            lines.append(content)
            line += 1
        }
        emit(.quiz, start: cursor.content, lines: lines)
    }
}

/// Fenced and indented code.
extension BlockScanner {
    func holdsMacro(_ cursor: Cursor) -> Bool {
        guard let braces = source.first(of: "`{{", in: cursor.content..<cursor.end) else { return false }
        return source.first(of: "}}", in: braces..<cursor.end) != nil
    }

    /// Whether the next fence after an indented one closes it with a macro.
    mutating func isMacroFence(_ fence: Fence) -> Bool {
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
        let content = source.trimmed(content)
        guard !content.isEmpty, source.bytes[content.upperBound - 1] == .rightBrace else { return nil }
        var probe = content.lowerBound
        while probe < content.upperBound {
            guard source.bytes[probe] == fence.mark else {
                probe += 1
                continue
            }
            let run = Cursor(source: source, range: probe..<content.upperBound).fenceRun
            if run >= fence.length {
                let braces = source.trimmed(probe + run..<content.upperBound)
                guard source.starts(with: "{{", at: braces.lowerBound), braces.count <= Macro.maxLength,
                    source.starts(with: "}}", at: braces.upperBound - 2),
                    case .action = Macro.read(source.bytes[braces.lowerBound + 2..<braces.upperBound - 2])
                else { return nil }
                return (probe, braces.lowerBound)
            }
            probe += run
        }
        return nil
    }

    mutating func takeFence(_ fence: Fence, at cursor: Cursor) {
        closeParagraph()
        let opening = line
        let indentation = cursor.column + cursor.indentation
        let isQuoted = containers.contains(where: \.isQuote)
        var body: [Range<Int>] = []
        var leading: [Int] = []
        var macro: Int?
        var isClosed = false
        body.reserveCapacity(8)
        leading.reserveCapacity(8)
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
            unclosedFences.append(cursor.content)
            if let leavesItem {
                body.removeSubrange(leavesItem...)
                line = opening + 1 + leavesItem
            }
        }
        var block = CodeBlock(
            form: .fenced, language: fence.language(in: source), text: text(of: body, leading: leading), macro: macro)
        if isOutlined, isClosed, macro == nil {
            block.site = site(of: body, after: opening, indentation: indentation)
            block.site?.fence = fence.style(in: source)
        }
        emit(.code(block), start: cursor.content, end: source.lineEnds[max(opening, line - 1)])
    }

    /// Where the lines of a block are, the first of which is the one after `opening`.
    private func site(of body: [Range<Int>], after opening: Int, indentation: Int) -> PageOutline.Sample {
        guard !body.isEmpty else {
            let end = source.lineEnds[opening]
            let margin = margin
            let extra = String(repeating: " ", count: max(0, indentation - margin.utf8.count))
            return PageOutline.Sample(form: .block, range: end..<end, margin: margin + extra)
        }
        let first = opening + 1
        let shown = body.indices.first { !body[$0].isEmpty } ?? 0
        let before = source.lineStarts[first + shown]..<body[shown].lowerBound
        return PageOutline.Sample(
            form: .block, range: source.lineStarts[first]..<source.lineEnds[first + body.count - 1],
            margin: source.string(before))
    }

    mutating func takeIndentedCode(_ cursor: Cursor) {
        var body: [Range<Int>] = []
        var leading: [Int] = []
        var cursor = cursor
        var blankLines = 0
        let start = cursor.content
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
                if candidate.indentation >= 4, !holdsMacro(candidate) {
                    if let fence = candidate.fence {
                        line += blankLines
                        let isFence = isMacroFence(fence)
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
        var block = CodeBlock(form: .indented, language: "", text: text(of: body, leading: leading), macro: nil)
        if isOutlined { block.site = site(of: body, after: line - body.count - 1, indentation: 0) }
        emit(.code(block), start: start, end: source.lineEnds[line - 1])
    }

    private func text(of lines: [Range<Int>], leading: [Int]) -> String {
        guard let first = lines.first, let last = lines.last else { return "" }
        if leading.allSatisfy({ $0 == 0 }), source.isContiguous(lines) {
            return source.string(first.lowerBound..<last.upperBound)
        }
        var bytes: [UInt8] = []
        for (index, range) in lines.enumerated() {
            if index > 0 { bytes.append(.lineFeed) }
            for _ in 0..<leading[index] { bytes.append(.space) }
            bytes.append(contentsOf: source.bytes[range])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

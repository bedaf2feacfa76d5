import LessonMarkdown

/// Writes samples as Markdown: fences, margins, line ends.
struct BlockText {
    let source: [UInt8]
    let lineEnd: String

    init(_ source: [UInt8]) {
        self.source = source
        let first = source.firstIndex(of: UInt8(ascii: "\n"))
        lineEnd = first.map { $0 > 0 && source[$0 - 1] == UInt8(ascii: "\r") } ?? false ? "\r\n" : "\n"
    }

    /// The edit that puts other lines in a sample's place; `nil` when the sample's form can't hold them.
    func replacing(_ site: PageOutline.Sample, _ before: TextLines, by after: TextLines) -> SampleChange.Edit? {
        switch site.form {
        case .block: return block(site, before, after)
        case .preformatted: return preformatted(site, after)
        case .span: return span(site, after)
        }
    }

    private func block(_ site: PageOutline.Sample, _ before: TextLines, _ after: TextLines) -> SampleChange.Edit? {
        if let fence = site.fence, after.contains(where: { closes($0, fence) }) { return nil }
        if site.range.isEmpty {
            let lines = after.map { lineEnd + line($0, site.margin) }
            return SampleChange.Edit(range: site.range, bytes: Array(lines.joined().utf8))
        }
        // Lines that stay keep their bytes, whatever their margin.
        let old = physicalLines(site.range)
        guard old.count == before.count else {
            let lines = after.map { line($0, site.margin) }
            return SampleChange.Edit(range: site.range, bytes: Array(lines.joined(separator: lineEnd).utf8))
        }
        let shorter = min(before.count, after.count)
        var head = 0
        while head < shorter, before[head] == after[head] { head += 1 }
        var tail = 0
        while tail < shorter - head, before[before.count - 1 - tail] == after[after.count - 1 - tail] { tail += 1 }
        var lines = old[..<head].map { Array(source[$0]) }
        lines += after[head..<after.count - tail].map { Array(line($0, site.margin).utf8) }
        lines += old[(old.count - tail)...].map { Array(source[$0]) }
        return SampleChange.Edit(range: site.range, bytes: Array(lines.joined(separator: lineEnd.utf8)))
    }

    /// The lines of a stretch of the page, without their line ends.
    private func physicalLines(_ range: Range<Int>) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            let byte = source[index]
            guard byte == 0x0A || byte == 0x0D else {
                index += 1
                continue
            }
            lines.append(start..<index)
            index += byte == 0x0D && index + 1 < range.upperBound && source[index + 1] == 0x0A ? 2 : 1
            start = index
        }
        lines.append(start..<range.upperBound)
        return lines
    }

    private func line(_ text: String, _ margin: String) -> String {
        guard text.isEmpty else { return margin + text }
        return String(margin.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }

    /// Whether a line of the sample would end its fence.
    private func closes(_ line: String, _ fence: PageOutline.Fence) -> Bool {
        line.drop { $0 == " " || $0 == "\t" }.prefix { $0 == fence.mark }.count >= fence.length
    }

    private func preformatted(_ site: PageOutline.Sample, _ after: TextLines) -> SampleChange.Edit? {
        let body = source[site.range]
        // Markup inside would be lost.
        guard !body.contains(UInt8(ascii: "<")) else { return nil }
        let text = after.map { line in
            line.flatMap { character -> String in
                switch character {
                case "&": "&amp;"
                case "<": "&lt;"
                case ">": "&gt;"
                default: String(character)
                }
            }
        }
        let opening = body.first == 0x0A || body.first == 0x0D ? lineEnd : ""
        let closing = body.last == 0x0A ? lineEnd : ""
        let joined = opening + text.map { String($0) }.joined(separator: lineEnd) + closing
        return SampleChange.Edit(range: site.range, bytes: Array(joined.utf8))
    }

    private func span(_ site: PageOutline.Sample, _ after: TextLines) -> SampleChange.Edit? {
        guard after.count == 1, let text = after.first, !text.isEmpty else { return nil }
        let written = source[site.range].prefix { $0 == UInt8(ascii: "`") }.count
        var ticks = String(repeating: "`", count: written)
        while text.contains(ticks) { ticks += "`" }
        let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
        return SampleChange.Edit(range: site.range, bytes: Array((ticks + pad + text + pad + ticks).utf8))
    }

    // MARK: New samples

    /// The edit that adds a sample behind an action's block.
    ///
    /// - Parameter comment: An author's comment to put before it, for a page that would take the block for something else.
    func adding(
        _ lines: TextLines, behind site: PageOutline.Action, lead: String, comment: String?, fence: PageOutline.Fence
    ) -> SampleChange.Edit {
        let end = site.announcementEnd ?? site.end
        var fence = fence
        while lines.contains(where: { closes($0, fence) }) { fence.length += 1 }
        let marks = String(repeating: fence.mark, count: fence.length)
        // Where the author announces the output already, only the block is missing.
        var text: TextLines = site.announcementEnd == nil ? ["", lead, ""] : [""]
        if let comment { text += ["<!-- lectern: \(comment) -->"] }
        text += [marks + fence.info] + lines + [marks]
        if !isFollowedByBlankLine(end) { text.append("") }
        let bytes = text.map { lineEnd + line($0, site.margin) }.joined()
        return SampleChange.Edit(range: end..<end, bytes: Array(bytes.utf8))
    }

    /// The edit that fills a block which its author left empty; `nil` when the lines would end its fence.
    ///
    /// - Parameter comment: An author's comment to put before the block.
    func filling(_ site: PageOutline.Sample, with lines: TextLines, comment: String?) -> SampleChange.Edit? {
        guard let edit = replacing(site, [""], by: lines) else { return nil }
        guard let comment else { return edit }
        // The line of the opening fence.
        var start = edit.range.lowerBound
        if !site.range.isEmpty { start = max(0, start - lineEnd.utf8.count) }
        while start > 0, source[start - 1] != 0x0A { start -= 1 }
        let before = Array((line("<!-- lectern: \(comment) -->", site.margin) + lineEnd).utf8)
        return SampleChange.Edit(
            range: start..<edit.range.upperBound, bytes: before + source[start..<edit.range.lowerBound] + edit.bytes)
    }

    private func isFollowedByBlankLine(_ end: Int) -> Bool {
        var probe = end
        if probe < source.count, source[probe] == 0x0D { probe += 1 }
        if probe < source.count, source[probe] == 0x0A { probe += 1 }
        while probe < source.count, source[probe] == 0x20 || source[probe] == 0x09 || source[probe] == UInt8(ascii: ">")
        {
            probe += 1
        }
        return probe >= source.count || source[probe] == 0x0A || source[probe] == 0x0D
    }
}

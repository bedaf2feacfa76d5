import Diagnostics
import Lessons

/// Notes where the parts of the page are, for those who ask.
extension PageReader {
    mutating func noteBlock(_ block: Block, actionsBefore: Int, itemsBefore: Int) {
        guard outline != nil else { return }
        outline?.blocks.append(PageOutline.Block(range: block.start..<block.end, margin: block.margin))
        switch block.kind {
        case .file(_, let body, _):
            outline?.fileBlocks.append(PageOutline.FileBlock(range: block.start..<block.end, body: body))
        case .quiz: outline?.quizzes.append(block.start..<block.end)
        default: break
        }
        let isRow = block.lines.contains { source.starts(with: "|", at: $0.lowerBound) }
        for _ in page.actions[actionsBefore...] {
            outline?.actions.append(
                PageOutline.Action(end: block.end, margin: block.margin, admitsBlock: !isRow))
        }
        if page.actions.count == actionsBefore, items.count > itemsBefore { noteAnnouncement(block) }
    }

    /// Notes a paragraph such as "You'll get the following output:", until a block turns up that is meant by it.
    private mutating func noteAnnouncement(_ block: Block) {
        guard let site = outline?.actions.last, let last = outline?.actions.indices.last else { return }
        guard case .paragraph = block.kind, case .prose(let range)? = items.last, block.margin == site.margin else {
            if case .candidate? = items.last {
                outline?.actions[last].announcementEnd = nil
                noteEmptyBlock(after: last)
            }
            return
        }
        let words = prose[range]
        guard words.last(where: { !$0.isWhite && !ProseMark.isMark($0) }) == UInt8(ascii: ":"),
            SampleIntroduction(words, paragraphs: 1).meaning == .output
        else { return }
        outline?.actions[last].announcementEnd = block.end
    }

    /// Notes the first block below an action, when nothing is in it.
    private mutating func noteEmptyBlock(after action: Int) {
        var lead: Range<Int>?
        for item in items.dropLast().reversed() {
            switch item {
            case .prose(let range): lead = range.lowerBound..<(lead?.upperBound ?? range.upperBound)
            case .action(action):
                guard let candidate = candidates.last, CommandText.isBlank(candidate.text), !candidate.isInline,
                    candidate.decision != false
                else { return }
                let words = SampleIntroduction(lead.map { prose[$0] } ?? [])
                guard words.meaning == .output || words.meaning == .appearance || lead == nil else { return }
                outline?.actions[action].emptyBlock = candidate.site
                outline?.actions[action].emptyBlockIsSimilar =
                    words.isSimilar || candidate.directives?.wording == .similar
                return
            default: return
            }
        }
    }

    mutating func noteSamples(_ pairing: SamplePairing) {
        guard outline != nil else { return }
        outline?.orphanedSamples = pairing.orphans
        outline?.samples = pairing.paired.map { candidates[$0].site }
    }

    mutating func noteHeading(_ text: ArraySlice<UInt8>, in range: Range<Int>) {
        guard outline != nil else { return }
        outline?.headings.append(
            PageOutline.Heading(range: range, text: String(decoding: Self.withoutMarks(text), as: UTF8.self)))
    }

    mutating func noteComment(_ directives: Directives?, in range: Range<Int>) {
        guard outline != nil else { return }
        outline?.comments.append(
            PageOutline.Comment(
                range: range, ignoredCodes: directives?.ignoredCodes ?? [],
                fieldClasses: directives?.sample?.fieldClasses ?? [:]))
    }

    mutating func noteCode(_ code: CodeBlock, in range: Range<Int>) {
        guard outline != nil else { return }
        let form: PageOutline.Code.Form =
            switch code.form {
            case .fenced: .fenced
            case .indented: .indented
            case .preformatted: .preformatted
            }
        let end = code.macro ?? range.upperBound
        outline?.codes.append(
            PageOutline.Code(
                form: form, range: range.lowerBound..<max(range.lowerBound, end), language: code.language,
                text: code.text))
    }

    mutating func noteSpan(_ text: String, in range: Range<Int>) {
        outline?.codes.append(PageOutline.Code(form: .span, range: range, text: text))
    }

    func site(ofSpan range: Range<Int>) -> PageOutline.Sample? {
        outline == nil ? nil : PageOutline.Sample(form: .span, range: range, margin: "")
    }

    mutating func noteMacro(_ meaning: PageOutline.Macro.Meaning, in range: Range<Int>, isFenced: Bool) {
        guard outline != nil else { return }
        var gap = range.lowerBound
        while gap > 0, source.bytes[gap - 1].isBlank { gap -= 1 }
        outline?.macros.append(
            PageOutline.Macro(meaning: meaning, range: range, gap: gap..<range.lowerBound, isFenced: isFenced))
    }

    mutating func noteMacro(_ reading: Macro.Reading, in range: Range<Int>, isFenced: Bool) {
        guard outline != nil else { return }
        switch reading {
        case .action(_, let complaint):
            noteMacro(.action(page.actions.count, problem: complaint), in: range, isFenced: isFenced)
        case .unknown(let complaint): noteMacro(.unknown(problem: complaint), in: range, isFenced: isFenced)
        case .nothing: noteMacro(PageOutline.Macro.Meaning.nothing, in: range, isFenced: isFenced)
        case .other: noteMacro(PageOutline.Macro.Meaning.other, in: range, isFenced: isFenced)
        }
    }

    mutating func noteLink(_ token: InlineScanner.Token, at start: Int) {
        guard outline != nil else { return }
        let (target, isPicture): (String, Bool)
        switch token {
        case .link(_, let text): (target, isPicture) = (text, false)
        case .picture(_, let text): (target, isPicture) = (text, true)
        default: return
        }
        let limit = min(source.bytes.count, start + HTMLTag.maxLength + target.utf8.count)
        let range =
            source.firstRange(of: target, in: start..<limit) ?? start..<min(start + 1, source.bytes.count)
        outline?.links.append(PageOutline.Link(range: range, target: target, isPicture: isPicture))
    }
}

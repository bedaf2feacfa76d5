import Lessons

/// Notes where the parts of the page stand, for those who ask.
extension PageReading {
    mutating func note(_ code: CodeBlock, in range: Range<Int>) {
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

    mutating func note(_ meaning: PageOutline.Macro.Meaning, _ range: Range<Int>, isFenced: Bool) {
        guard outline != nil else { return }
        var gap = range.lowerBound
        while gap > 0, source.bytes[gap - 1].isBlank { gap -= 1 }
        outline?.macros.append(
            PageOutline.Macro(meaning: meaning, range: range, gap: gap..<range.lowerBound, isFenced: isFenced))
    }

    mutating func note(_ reading: Macro.Reading, _ range: Range<Int>, isFenced: Bool) {
        switch reading {
        case .action(_, let complaint): note(.action(page.actions.count, problem: complaint), range, isFenced: isFenced)
        case .unknown(let complaint): note(.unknown(problem: complaint), range, isFenced: isFenced)
        case .nothing: note(PageOutline.Macro.Meaning.nothing, range, isFenced: isFenced)
        case .other: note(PageOutline.Macro.Meaning.other, range, isFenced: isFenced)
        }
    }

    mutating func note(_ token: InlineScanner.Token, at start: Int) {
        guard outline != nil else { return }
        let (target, isPicture): (String, Bool)
        switch token {
        case .link(_, let text): (target, isPicture) = (text, false)
        case .picture(_, let text): (target, isPicture) = (text, true)
        default: return
        }
        let found = source.bytes[start...].prefix(HTMLTag.longest + target.utf8.count).firstRange(
            of: Array(target.utf8))
        let range = found.flatMap { $0.isEmpty ? nil : $0 } ?? start..<min(start + 1, source.bytes.count)
        outline?.links.append(PageOutline.Link(range: range, target: target, isPicture: isPicture))
    }
}

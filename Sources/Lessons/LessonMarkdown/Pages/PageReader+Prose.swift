import Diagnostics
import Lessons

/// Paragraphs and headings.
extension PageReader {
    mutating func addProse(_ bytes: ArraySlice<UInt8>) {
        guard Self.says(bytes) else { return }
        let start = prose.count
        prose.append(contentsOf: bytes)
        for index in start..<prose.count where (ProseMark.paragraph...ProseMark.missingCommand).contains(prose[index]) {
            prose[index] = .space
        }
        prose.append(.space)
        items.append(.prose(start..<prose.count))
    }

    /// Sets a mark behind the last words.
    private mutating func markProse(_ mark: UInt8) {
        guard case .prose(let range)? = items.last, range.upperBound == prose.count else { return }
        prose.append(mark)
        items[items.count - 1] = .prose(range.lowerBound..<prose.count)
    }

    private static func says(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.contains { $0.isLetter || $0.isDigit || $0 == .backtick || $0 >= 0x80 }
    }

    /// Ends the sentence at a block's end, whatever its punctuation.
    private mutating func endSentence(_ mark: UInt8) {
        guard case .prose(let range)? = items.last, range.upperBound == prose.count else { return }
        prose.append(mark)
        items[items.count - 1] = .prose(range.lowerBound..<prose.count)
    }

    mutating func takeProse(_ block: Block) {
        let text = InlineText(block.lines, in: source)
        let tokens = InlineScanner.scan(text)
        let isHeading = if case .heading = block.kind { true } else { false }
        if isHeading {
            items.append(.heading)
            if !hasHeading { page.title = Self.title(of: text.bytes[text.range]) }
            hasHeading = true
            noteHeading(text.bytes[text.range], in: block.start..<block.end)
        }
        let sample = Self.sampleToken(in: tokens, text: text)
        for (index, token) in tokens.enumerated() {
            switch token {
            case .prose(let range):
                addProse(text.bytes[range])
                outline?.prose.append(text.original(range))
            case .code(let span):
                take(span, of: text, asSample: sample.flatMap { $0.index == index ? $0.form : nil })
            case .comment(let start, let body):
                takeComment(text.original(body), in: text.original(start..<body.upperBound + 3))
            case .link(let start, let target), .picture(let start, let target):
                takeLink(token, to: target, at: text.original(start))
            case .strayMacro(let start, let end):
                noteMacro(.stray, in: text.original(start..<end), isFenced: false)
                warn(
                    .strayMacro, at: text.original(start),
                    "the macro follows no code; put it right after the closing backtick")
            }
        }
        endSentence(isHeading ? ProseMark.heading : block.depth > 0 ? ProseMark.item : ProseMark.paragraph)
    }

    /// - Parameter form: What the span would be as a sample, where it is placed like one.
    private mutating func take(
        _ span: InlineScanner.CodeSpan, of text: InlineText, asSample form: SampleCandidate.Form?
    ) {
        let start = text.original(span.start)
        let code = Self.codeText(text.bytes[span.body])
        let range = start..<text.original(span.body.upperBound) + span.body.lowerBound - span.start
        noteSpan(code, in: range)
        if !span.isPlain, let macro = span.macro {
            return take(macro.reading, text: code, at: start, macro: text.original(macro.range), candidate: nil)
        }
        if let macro = span.macro { noteMacro(macro.reading, in: text.original(macro.range), isFenced: false) }
        if let macro = span.openMacro.map(text.original) {
            noteMacro(.unclosed, in: macro, isFenced: false)
            warn(.openMacro, at: macro.lowerBound, "the macro that opens here is not closed")
        }
        let isAsked = waitingForSample.map { $0.0.isSample == true || $0.0.sample?.source == .screen } ?? false
        if let form = form ?? (isAsked ? .inline : nil) {
            addCandidate(code, form, at: start, site: site(ofSpan: range))
            // The sentence says that a command fails, whether or not its quote is a sample.
            if let mark = FailureWording.mark(ofQuoted: code) {
                addProse([.backtick])
                markProse(mark)
            }
            return
        }
        addProse([.backtick])
        if let mark = FailureWording.mark(ofQuoted: code) { markProse(mark) }
        if DataFile.isNamed(by: code) { addProse(ArraySlice(" file ".utf8)) }
    }

    private mutating func takeLink(_ token: InlineScanner.Token, to text: String, at start: Int) {
        noteLink(token, at: start)
        let target = PortURL.classify(text)
        if let target { addLink(target, at: start) }
        // What a picture shows is no block's lead.
        if case .picture = token {
            addProse(ArraySlice("picture.".utf8))
        } else if case .labPort? = target {
            addProse(ArraySlice(SampleIntroduction.page.utf8))
        }
    }

    private mutating func addLink(_ target: Link.Target, at offset: Int) {
        let link = Link(place: place(of: offset), target: target)
        // A URL that is a link's text is written twice.
        if let last = page.links.last, last.target == target, last.place.line == link.place.line { return }
        page.links.append(link)
    }

    /// The one code span that may be a sample: alone in its paragraph, or at the end of one after a colon or a verb; one that
    /// quotes an error, anywhere after a verb.
    private static func sampleToken(
        in tokens: [InlineScanner.Token], text: InlineText
    ) -> (index: Int, form: SampleCandidate.Form)? {
        lastSpan(of: tokens, text: text) ?? quotedError(in: tokens, text: text)
    }

    /// "It says `command not found`, because …"
    private static func quotedError(
        in tokens: [InlineScanner.Token], text: InlineText
    ) -> (index: Int, form: SampleCandidate.Form)? {
        for (index, token) in tokens.enumerated().dropFirst() {
            guard case .code(let span) = token, span.isPlain, case .prose(let before) = tokens[index - 1],
                FailureWording.mark(ofQuoted: codeText(text.bytes[span.body])) != nil
            else { continue }
            return form(after: text.bytes[before]) == .afterVerb ? (index, .afterVerb) : nil
        }
        return nil
    }

    private static func lastSpan(
        of tokens: [InlineScanner.Token], text: InlineText
    ) -> (index: Int, form: SampleCandidate.Form)? {
        var found: Int?
        var isAlone = true
        var sawSpan = false
        var proseBefore: ArraySlice<UInt8>?
        for (index, token) in tokens.enumerated() {
            switch token {
            case .code(let span):
                if found != nil { (isAlone, sawSpan, proseBefore) = (false, true, nil) }
                found = span.isPlain ? index : nil
                if !span.isPlain { proseBefore = nil }
            case .prose(let range):
                let bytes = text.bytes[range]
                let hasColon = bytes.contains(UInt8(ascii: ":"))
                if !bytes.contains(where: { $0.isLetter || $0.isDigit }), !hasColon { continue }
                // What a colon follows is explained by what comes after it.
                if found != nil { (found, isAlone, sawSpan) = (nil, false, true) }
                proseBefore = bytes
            case .comment: continue
            default: (found, isAlone, proseBefore) = (nil, false, nil)
            }
        }
        guard let found else { return nil }
        guard let proseBefore else { return isAlone ? (found, .inline) : nil }
        // With two spans the verb may be the first one's, and "name: value" is no output.
        guard let form = form(after: proseBefore), !sawSpan || form == .afterCopula else { return nil }
        return (found, form)
    }

    /// What a code span at the end of a paragraph would be, by the last word before it.
    private static func form(after prose: ArraySlice<UInt8>) -> SampleCandidate.Form? {
        let end = prose.lastIndex { !$0.isWhite && $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "_") }
        guard let end else { return nil }
        if prose[end] == UInt8(ascii: ":") { return .afterColon }
        let words = prose[...end].split { !$0.isLetter }.suffix(2).map {
            String(decoding: $0, as: UTF8.self).lowercased()
        }
        guard prose[end].isLetter, let last = words.last, last != "to" || words.first == "similar" else { return nil }
        return spanVerbs[last]
    }

    /// Words right before a span that is output: "you should see `3`", "the result will be `3`".
    private static let spanVerbs: [String: SampleCandidate.Form] = [
        "see": .afterVerb, "get": .afterVerb, "print": .afterVerb, "prints": .afterVerb, "return": .afterVerb,
        "returns": .afterVerb, "output": .afterVerb, "outputs": .afterVerb, "show": .afterVerb, "shows": .afterVerb,
        "display": .afterVerb, "displays": .afterVerb, "say": .afterVerb, "says": .afterVerb, "reads": .afterVerb,
        "error": .afterVerb, "message": .afterVerb, "saying": .afterVerb,
        "is": .afterCopula, "be": .afterCopula, "like": .afterCopula, "to": .afterCopula,
    ]

    /// CommonMark's rule for code spans: one blank on each side goes when both are there.
    private static func codeText(_ bytes: ArraySlice<UInt8>) -> String {
        var body = bytes
        if body.count > 2, let first = body.first, let last = body.last, first.isWhite, last.isWhite,
            body.contains(where: { !$0.isWhite })
        {
            body = body.dropFirst().dropLast()
        }
        return String(decoding: body, as: UTF8.self)
    }

    private static func title(of heading: ArraySlice<UInt8>) -> String {
        let text = withoutMarks(heading).filter { $0 != .backtick && $0 != UInt8(ascii: "*") }
        return String(decoding: text, as: UTF8.self)
    }

    /// A heading's text without the marks at its end.
    static func withoutMarks(_ heading: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let last = heading.lastIndex { $0 != UInt8(ascii: "#") && !$0.isWhite }
        return heading[..<(last.map { $0 + 1 } ?? heading.startIndex)]
    }
}

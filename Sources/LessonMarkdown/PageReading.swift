import Lessons

/// Turns the blocks of one page into its values.
struct PageReading {
    let source: SourceText
    private var places = PlaceFinder()
    private(set) var page: Page
    private var items: [PageItem] = []
    /// The page's prose, with blocks and sentences apart; a code span is a backtick.
    private var prose: [UInt8] = []

    /// Directives of comments that what they are meant for hasn't followed yet, with the comment's offset.
    private var waitingForSample: (Directives, Int)?
    private var waitingForAction: (ActionDirectives, Int)?
    private var waitingTimeout: (Double, Int)?
    private var hasHeading = false
    private var layout: PageLayout
    /// Kept only for those who ask.
    var outline: PageOutline?

    static func read(_ source: SourceText, role: Page.Role) -> Page { layout(of: source, role: role).page }

    static func layout(of source: SourceText, role: Page.Role) -> PageLayout {
        reading(source, role: role, outline: nil).layout
    }

    static func read(_ source: SourceText, role: Page.Role, outline: PageOutline?) -> (Page, PageOutline?) {
        let reading = reading(source, role: role, outline: outline)
        return (reading.page, reading.outline)
    }

    private static func reading(_ source: SourceText, role: Page.Role, outline: PageOutline?) -> PageReading {
        var reading = PageReading(source: source, role: role)
        reading.outline = outline
        let (blocks, unclosed) = BlockScanner.scan(source)
        for block in blocks { reading.take(block) }
        for offset in unclosed { reading.warn(.openFence, at: offset, "the code block that opens here is not closed") }
        reading.finish()
        reading.layout.page = reading.page
        return reading
    }

    private init(source: SourceText, role: Page.Role) {
        self.source = source
        page = Page(role: role, title: "", file: source.file)
        layout = PageLayout(page: page)
    }

    private mutating func finish() {
        for (_, offset) in [waitingForSample.map { ((), $0.1) }, waitingTimeout.map { ((), $0.1) }].compactMap(\.self) {
            problem(.comment, at: offset, "no sample follows this comment")
        }
        if let (_, offset) = waitingForAction { problem(.comment, at: offset, "no action follows this comment") }
        let pairing = SamplePairing(items: items, actions: page.actions, prose: prose)
        page.expectations = pairing.expectations
        outline?.orphanedSamples = pairing.orphans
        checkDirectedSamples()
        page.warnings.sort { $0.place < $1.place }
    }

    private mutating func warn(_ kind: PageWarning.Kind, at offset: Int, _ text: String) {
        page.warnings.append(PageWarning(kind, place: places.place(of: offset, in: source), problem: text))
    }

    private mutating func problem(_ kind: PageWarning.Kind, at offset: Int, length: Int = 1, _ text: String) {
        problem(kind, at: places.place(of: offset, in: source), length: length, text)
    }

    /// Looks for what can only be told once the samples are known.
    private mutating func checkDirectedSamples() {
        let samples = Set(page.expectations.map(\.place))
        for case .candidate(let candidate) in items where candidate.decision != false {
            guard candidate.directives != nil || candidate.decision == true else { continue }
            if !samples.contains(candidate.place) {
                problem(.comment, at: candidate.place, "the comment asks for a sample, and no action stands before it")
            }
            if candidate.directives?.comparison == .regex { checkExpressions(candidate) }
        }
    }

    private mutating func checkExpressions(_ candidate: Candidate) {
        for (index, line) in candidate.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let problem = LineExpression.problem(of: line) else { continue }
            var place = candidate.place
            if !candidate.isInline { place.line += index + 1 }
            self.problem(.comment, at: place, length: line.count, problem)
        }
    }

    private mutating func problem(
        _ kind: PageWarning.Kind, at place: SourcePlace, length: Int = 1, _ text: String
    ) {
        page.warnings.append(
            PageWarning(
                kind, place: place, problem: text, severity: .error,
                excerpt: Excerpt.text(at: place, in: source, length: length)))
    }

    // MARK: Blocks

    private mutating func take(_ block: Block) {
        outline?.blocks.append(block.start..<block.end)
        outline?.margins[block.start] = block.margin
        let actions = page.actions.count
        let items = items.count
        switch block.kind {
        case .paragraph, .heading: takeProse(block)
        case .code(let code): take(code, in: block.start..<block.end)
        case .comment(let body): takeComment(body, in: block.start..<block.end)
        case .file(let tag, let body): takeFile(tag, body: body, in: block.start..<block.end)
        case .quiz: takeQuiz(block)
        }
        let isRow = block.lines.contains { source.starts(with: "|", at: $0.lowerBound) }
        for action in page.actions[actions...] {
            layout.actions[action.place] = .init(end: block.end, margin: block.margin, admitsBlock: !isRow)
        }
        if page.actions.count == actions, self.items.count > items { noteAnnouncement(block) }
    }

    /// Notes a paragraph such as "You'll get the following output:", until a block turns up that is meant by it.
    private mutating func noteAnnouncement(_ block: Block) {
        guard let action = page.actions.last, let site = layout.actions[action.place] else { return }
        guard case .paragraph = block.kind, case .prose(let range)? = items.last, block.margin == site.margin else {
            if case .candidate? = items.last { layout.actions[action.place]?.announcementEnd = nil }
            return
        }
        let words = prose[range]
        let last = words.last { !$0.isWhite && !ProseMark.isMark($0) }
        guard last == UInt8(ascii: ":"), Lead(words, paragraphs: 1).meaning == .output else { return }
        layout.actions[action.place]?.announcementEnd = block.end
    }

    private mutating func take(_ code: CodeBlock, in range: Range<Int>) {
        let start = range.lowerBound
        note(code, in: range)
        guard let macro = code.macro else {
            return addCandidate(code.text, .block(language: code.language), at: start, site: code.site)
        }
        let line = source.line(source.lineNumber(at: macro))
        guard let close = source.first(of: "}}", in: macro..<line.upperBound), close >= macro + 2 else {
            warn(.openMacro, at: macro, "the macro that opens here is not closed")
            note(.unclosed, macro..<line.upperBound, isFenced: true)
            return addCandidate(code.text, .block(language: code.language), at: start)
        }
        let rest = source.trimmed(close + 2..<line.upperBound)
        if !rest.isEmpty { addProse(source.bytes[rest]) }
        take(
            Macro.read(source.bytes[macro + 2..<close]), text: code.text, at: start, macro: macro..<close + 2,
            candidate: .block(language: code.language))
    }

    /// Adds the action, or the candidate that code without one is.
    private mutating func take(
        _ reading: Macro.Reading, text: String, at start: Int, macro range: Range<Int>, candidate: Candidate.Form?
    ) {
        let offset = range.lowerBound
        note(reading, range, isFenced: candidate != nil)
        switch reading {
        case .action(let macro, let complaint):
            if let complaint { problem(.unknownTerminal, at: offset, complaint) }
            var action = Action(
                place: places.place(of: start, in: source), text: text, kind: macro.kind, terminal: macro.terminal,
                host: macro.host, pressesReturn: macro.pressesReturn, tags: macro.tags)
            if let (directives, _) = waitingForAction { action.directives = directives }
            if let (timeout, _) = waitingTimeout { action.directives.timeout = timeout }
            waitingForAction = nil
            waitingTimeout = nil
            items.append(.action(page.actions.count))
            page.actions.append(action)
        case .unknown(let complaint):
            warn(.unknownVerb, at: offset, complaint)
            if let candidate { addCandidate(text, candidate, at: start) }
        case .nothing, .other:
            if let candidate { addCandidate(text, candidate, at: start) }
        }
    }

    private mutating func addCandidate(
        _ text: String, _ form: Candidate.Form, at start: Int, site: PageLayout.Sample? = nil
    ) {
        var candidate = Candidate(place: places.place(of: start, in: source), text: text, form: form)
        layout.samples[candidate.place] = site
        if let (directives, _) = waitingForSample {
            candidate.directives = directives.sample
            candidate.decision = directives.isSample
        }
        if let (timeout, _) = waitingTimeout {
            var directives = candidate.directives ?? SampleDirectives()
            directives.timeout = timeout
            candidate.directives = directives
        }
        waitingForSample = nil
        waitingTimeout = nil
        items.append(.candidate(candidate))
    }

    private mutating func takeFile(_ tag: HTMLTag, body: Range<Int>, in range: Range<Int>) {
        let start = range.lowerBound
        outline?.fileBlocks.append(PageOutline.FileBlock(range: range, body: body))
        let file = tag["data-filename"] ?? ""
        let target: FileBlock.Target
        switch tag["data-target"]?.lowercased() {
        case "replace": target = .replace
        case "prepend": target = .prepend
        case "insert":
            guard let marker = tag["data-marker"], !marker.isEmpty else {
                return warn(.fileBlock, at: start, "the file block for '\(file)' inserts, and names no marker")
            }
            target = .insert(marker: marker)
        case "clipboard": target = .clipboard
        case "append", nil: target = .append
        case let other?:
            warn(
                .fileBlock, at: start,
                "unknown target '\(other)' of a file block; known are replace, prepend, append, insert and clipboard")
            target = .append
        }
        if file.isEmpty, target != .clipboard { return warn(.fileBlock, at: start, "the file block names no file") }
        page.fileBlocks.append(
            FileBlock(
                place: places.place(of: start, in: source), file: file, target: target,
                text: HTMLText.body(source.bytes[body])))
    }

    private mutating func takeComment(_ body: Range<Int>, in range: Range<Int>) {
        let start = range.lowerBound
        let directives = Directives(comment: body, in: source)
        outline?.comments.append(
            PageOutline.Comment(
                range: range, ignoredCodes: directives?.ignoredCodes ?? [],
                fieldClasses: directives?.sample?.fieldClasses ?? [:]))
        guard let directives else { return }
        for wrong in directives.problems { problem(.comment, at: wrong.offset, length: wrong.length, wrong.text) }
        if directives.sample != nil || directives.isSample != nil {
            if let (_, offset) = waitingForSample { problem(.comment, at: offset, "no sample follows this comment") }
            waitingForSample = (directives, start)
        }
        if let action = directives.action { waitingForAction = (action, start) }
        if let timeout = directives.timeout { waitingTimeout = (timeout, start) }
    }

    private mutating func takeQuiz(_ block: Block) {
        outline?.quizzes.append(block.start..<block.end)
        guard let quiz = QuizReading.read(block, source: source, place: places.place(of: block.start, in: source))
        else {
            return warn(
                .quiz, at: block.start, "the question has no answer that is known ('===', '=~=', '[*]' or '(*)')")
        }
        page.quizzes.append(quiz)
    }

    // MARK: Prose

    private mutating func addProse(_ bytes: ArraySlice<UInt8>) {
        guard bytes.contains(where: { $0.isLetter || $0.isDigit || $0 == .backtick || $0 >= 0x80 }) else { return }
        let start = prose.count
        for byte in bytes { prose.append(ProseMark.isMark(byte) ? .space : byte) }
        prose.append(.space)
        items.append(.prose(start..<prose.count))
    }

    /// Ends the sentence at a block's end, whatever its punctuation.
    private mutating func endSentence(_ mark: UInt8) {
        guard case .prose(let range)? = items.last, range.upperBound == prose.count else { return }
        prose.append(mark)
        items[items.count - 1] = .prose(range.lowerBound..<prose.count)
    }

    private mutating func takeProse(_ block: Block) {
        var joined: [UInt8] = []
        for (index, line) in block.lines.enumerated() {
            if index > 0 { joined.append(.lineFeed) }
            joined.append(contentsOf: source.bytes[line])
        }
        let text = SourceText(bytes: joined, file: source.file)
        func original(_ offset: Int) -> Int {
            let line = min(text.lineNumber(at: offset), block.lines.count - 1)
            return block.lines[line].lowerBound + offset - text.lineStarts[line]
        }
        let tokens = InlineScanner.scan(text)
        let isHeading = if case .heading = block.kind { true } else { false }
        if isHeading {
            items.append(.heading)
            if !hasHeading { page.title = Self.title(of: joined) }
            hasHeading = true
            outline?.headings.append(PageOutline.Heading(range: block.start..<block.end, text: Self.heading(joined)))
        }
        let (sampleToken, followsColon) = Self.sampleToken(in: tokens, text: text) ?? (nil, false)
        for (index, token) in tokens.enumerated() {
            switch token {
            case .prose(let range):
                addProse(joined[range])
                outline?.prose.append(original(range.lowerBound)..<original(range.upperBound))
            case .code(let span):
                let start = original(span.start)
                let code = Self.codeText(joined[span.body])
                if outline != nil {
                    let end = original(span.body.upperBound + span.body.lowerBound - span.start)
                    outline?.codes.append(PageOutline.Code(form: .span, range: start..<end, text: code))
                }
                let ticks = span.body.lowerBound - span.start
                let site = PageLayout.Sample(
                    form: .span, range: start..<original(span.body.upperBound) + ticks, margin: "")
                if let macro = span.macro {
                    take(
                        Macro.read(joined[macro]), text: code, at: start,
                        macro: original(macro.lowerBound - 2)..<original(macro.upperBound + 2), candidate: nil)
                } else if sampleToken.map({ $0 == index }) ?? false {
                    addCandidate(code, followsColon ? .afterColon : .inline, at: start, site: site)
                } else if let (directives, _) = waitingForSample,
                    directives.isSample == true || directives.sample?.source == .screen
                {
                    addCandidate(code, .inline, at: start, site: site)
                } else {
                    addProse([.backtick])
                    if DataFile.isNamed(by: code) { addProse(ArraySlice(" file ".utf8)) }
                }
            case .comment(let start, let body):
                takeComment(
                    original(body.lowerBound)..<original(body.upperBound),
                    in: original(start)..<original(body.upperBound + 3))
            case .link(let start, let target), .picture(let start, let target):
                note(token, at: original(start))
                addLink(target, at: original(start))
                // What a picture shows is no block's lead.
                if case .picture = token {
                    addProse(ArraySlice("picture.".utf8))
                } else if case .labPort? = PortURL.classify(target) {
                    addProse(ArraySlice(Lead.page.utf8))
                }
            case .strayMacro(let start, let end):
                note(.stray, original(start)..<original(end), isFenced: false)
                warn(
                    .strayMacro, at: original(start),
                    "the macro follows no code; put it right after the closing backtick")
            }
        }
        endSentence(isHeading ? ProseMark.heading : block.depth > 0 ? ProseMark.item : ProseMark.paragraph)
    }

    /// The one code span that may be a sample: alone in its paragraph, or at the end of one after a colon.
    private static func sampleToken(in tokens: [InlineScanner.Token], text: SourceText) -> (Int?, followsColon: Bool)? {
        var found: Int?
        var proseBefore: Range<Int>?
        for (index, token) in tokens.enumerated() {
            switch token {
            case .code(let span):
                if span.macro == nil {
                    if found != nil { return nil }
                    found = index
                } else if found != nil {
                    return nil
                } else {
                    proseBefore = nil
                }
            case .prose(let range):
                let says = text.bytes[range].contains { $0.isLetter || $0.isDigit }
                if !says, found != nil || text.bytes[range].allSatisfy({ $0 != UInt8(ascii: ":") }) { continue }
                if found != nil { return nil }
                proseBefore = range
            case .comment: continue
            default: return nil
            }
        }
        guard found != nil else { return nil }
        guard let proseBefore else { return (found, false) }
        let last = text.bytes[proseBefore].last { !$0.isWhite && $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "_") }
        return last == UInt8(ascii: ":") ? (found, true) : nil
    }

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

    /// A heading's text without the marks at its end.
    private static func heading(_ bytes: [UInt8]) -> String {
        var text = bytes[...]
        while let last = text.last, last == UInt8(ascii: "#") || last.isWhite { text = text.dropLast() }
        return String(decoding: text, as: UTF8.self)
    }

    private static func title(of bytes: [UInt8]) -> String {
        var text = bytes[...]
        while let last = text.last, last == UInt8(ascii: "#") || last.isWhite { text = text.dropLast() }
        return String(decoding: text.filter { $0 != .backtick && $0 != UInt8(ascii: "*") }, as: UTF8.self)
    }

    private mutating func addLink(_ target: String, at offset: Int) {
        guard let target = PortURL.classify(target) else { return }
        let link = Link(place: places.place(of: offset, in: source), target: target)
        // A URL that is a link's text is written twice.
        if let last = page.links.last, last.target == target, last.place.line == link.place.line { return }
        page.links.append(link)
    }
}

import Diagnostics
import Lessons

/// Turns the blocks of one page into its values.
struct PageReader {
    let source: SourceText
    var page: Page
    /// Kept only for those who ask.
    var outline: PageOutline?
    private(set) var places = PlaceFinder()
    var items: [PageItem] = []
    var candidates: [SampleCandidate] = []
    /// The page's prose, with blocks and sentences apart; a code span is a backtick.
    var prose: [UInt8] = []
    var hasHeading = false

    /// Directives of comments that what they are meant for hasn't followed yet, with the comment's offset.
    private(set) var waitingForSample: (Directives, Int)?
    private var waitingForAction: (ActionDirectives, Int)?
    private var waitingTimeout: (Double, Int)?

    static func read(_ source: SourceText, role: Page.Role) -> Page { reading(source, role: role, outline: nil).page }

    static func outlined(_ source: SourceText, role: Page.Role) -> (page: Page, outline: PageOutline) {
        let reading = reading(source, role: role, outline: PageOutline())
        return (reading.page, reading.outline ?? PageOutline())
    }

    private static func reading(_ source: SourceText, role: Page.Role, outline: PageOutline?) -> PageReader {
        var reading = PageReader(source: source, role: role, outline: outline)
        let (blocks, unclosed) = BlockScanner.scan(source, isOutlined: outline != nil)
        for block in blocks { reading.take(block) }
        for offset in unclosed { reading.warn(.openFence, at: offset, "the code block that opens here is not closed") }
        reading.finish()
        return reading
    }

    private init(source: SourceText, role: Page.Role, outline: PageOutline?) {
        self.source = source
        self.outline = outline
        page = Page(role: role, title: "", file: source.file)
        prose.reserveCapacity(source.bytes.count / 4)
    }

    private mutating func finish() {
        for offset in [waitingForSample?.1, waitingTimeout?.1].compactMap(\.self) {
            problem(.comment, at: offset, "no sample follows this comment")
        }
        if let (_, offset) = waitingForAction { problem(.comment, at: offset, "no action follows this comment") }
        let pairing = SamplePairing(items: items, candidates: candidates, actions: page.actions, prose: prose)
        page.samples = pairing.samples
        let failures = FailurePairing(items: items, candidates: candidates, actions: page.actions, prose: prose)
        for (index, failure) in failures.announced {
            page.actions[index].announcedFailure = failure
        }
        noteSamples(pairing)
        checkDirectedSamples(pairing)
        page.warnings.sort { $0.place < $1.place }
    }

    mutating func place(of offset: Int) -> SourcePlace { places.place(of: offset, in: source) }

    mutating func warn(_ kind: PageWarning.Kind, at offset: Int, _ text: String) {
        page.warnings.append(PageWarning(kind, place: place(of: offset), problem: text))
    }

    /// - Parameter length: How many bytes are wrong.
    private mutating func problem(_ kind: PageWarning.Kind, at offset: Int, length: Int = 1, _ text: String) {
        page.warnings.append(
            PageWarning(
                kind, place: place(of: offset), problem: text, severity: .error,
                excerpt: Excerpt.text(of: source, at: offset..<offset + length, tail: "^")))
    }

    /// Looks for what can only be told once the samples are known.
    private mutating func checkDirectedSamples(_ pairing: SamplePairing) {
        var paired = pairing.paired.makeIterator()
        var next = paired.next()
        for (index, candidate) in candidates.enumerated() {
            let isPaired = next == index
            if isPaired { next = paired.next() }
            guard candidate.decision != false, candidate.directives != nil || candidate.decision == true else {
                continue
            }
            if !isPaired {
                problem(
                    .comment, at: candidate.place, "the comment asks for a sample, but there is no action before it")
            }
            if candidate.directives?.comparison == .regex { checkExpressions(candidate) }
        }
    }

    private mutating func checkExpressions(_ candidate: SampleCandidate) {
        for (index, line) in candidate.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let problem = LineExpression.problem(of: line) else { continue }
            var place = candidate.place
            if !candidate.isInline { place.line += index + 1 }
            self.problem(.comment, at: place, length: line.count, problem)
        }
    }

    /// - Parameter length: How many scalars are wrong.
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
        let actions = page.actions.count
        let items = items.count
        switch block.kind {
        case .paragraph, .heading: takeProse(block)
        case .code(let code): take(code, in: block.start..<block.end)
        case .comment(let body): takeComment(body, in: block.start..<block.end)
        case .file(let tag, let body, let indentation):
            takeFile(tag, body: body, indentation: indentation, at: block.start)
        case .quiz: takeQuiz(block)
        }
        noteBlock(block, actionsBefore: actions, itemsBefore: items)
    }

    private mutating func take(_ code: CodeBlock, in range: Range<Int>) {
        let start = range.lowerBound
        noteCode(code, in: range)
        guard let macro = code.macro else {
            return addCandidate(code.text, .block(language: code.language), at: start, site: code.site)
        }
        let line = source.line(source.lineNumber(at: macro))
        guard let close = source.first(of: "}}", in: macro..<line.upperBound), close >= macro + 2 else {
            warn(.openMacro, at: macro, "the macro that opens here is not closed")
            noteMacro(.unclosed, in: macro..<line.upperBound, isFenced: true)
            return addCandidate(code.text, .block(language: code.language), at: start)
        }
        let rest = source.trimmed(close + 2..<line.upperBound)
        if !rest.isEmpty { addProse(source.bytes[rest]) }
        take(
            Macro.read(source.bytes[macro + 2..<close]), text: code.text, at: start, macro: macro..<close + 2,
            candidate: .block(language: code.language))
    }

    /// Adds the action, or the candidate that code without one is.
    mutating func take(
        _ reading: Macro.Reading, text: String, at start: Int, macro range: Range<Int>, candidate: SampleCandidate.Form?
    ) {
        let offset = range.lowerBound
        noteMacro(reading, in: range, isFenced: candidate != nil)
        switch reading {
        case .action(let macro, let complaint):
            if let complaint { problem(.unknownTerminal, at: offset, complaint) }
            var action = Action(
                place: place(of: start), text: text, kind: macro.kind, terminal: macro.terminal,
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

    mutating func addCandidate(
        _ text: String, _ form: SampleCandidate.Form, at start: Int, site: PageOutline.Sample? = nil
    ) {
        var candidate = SampleCandidate(place: place(of: start), text: text, form: form, site: site)
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
        items.append(.candidate(candidates.count))
        candidates.append(candidate)
    }

    private mutating func takeFile(_ tag: HTMLTag, body: Range<Int>, indentation: Int, at start: Int) {
        let file = tag["data-filename"] ?? ""
        let target: FileBlock.Target
        switch tag["data-target"]?.lowercased() {
        case "replace": target = .replace
        case "prepend": target = .prepend
        case "insert":
            guard let marker = tag["data-marker"], !marker.isEmpty else {
                return warn(
                    .fileBlock, at: start, "the file block for '\(file)' uses 'insert', but has no 'data-marker'")
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
        if file.isEmpty, target != .clipboard {
            return warn(.fileBlock, at: start, "the file block has no 'data-filename'")
        }
        page.fileBlocks.append(
            FileBlock(
                place: place(of: start), file: file, target: target,
                text: HTMLText.body(source.bytes[body], indentation: indentation)))
    }

    mutating func takeComment(_ body: Range<Int>, in range: Range<Int>) {
        let start = range.lowerBound
        let directives = Directives(comment: body, in: source)
        noteComment(directives, in: range)
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
        guard let quiz = QuizReader.read(block, source: source, place: place(of: block.start))
        else {
            return warn(
                .quiz, at: block.start, "the question has no answer that is known ('===', '=~=', '[*]' or '(*)')")
        }
        page.quizzes.append(quiz)
    }
}

import Lessons

/// Walks over the lines of a paragraph or heading and finds code spans with their macros, comments, links and pictures.
///
/// Every byte is looked at a bounded number of times.
struct InlineScanner {
    enum Token {
        /// A stretch of prose, as offsets into the text.
        case prose(Range<Int>)
        case code(CodeSpan)
        /// Between `<!--` and `-->`.
        case comment(start: Int, body: Range<Int>)
        case link(start: Int, target: String)
        case picture(start: Int, target: String)
        /// Braces that follow no code.
        case strayMacro(start: Int, end: Int)
    }

    struct CodeSpan {
        /// Offset of the opening backticks.
        var start: Int
        /// Offsets between the backticks.
        var body: Range<Int>
        /// The braces that follow, if any do.
        var macro: Braces?
        /// What would be a macro if it were closed on its line, from `{{` to the line's end.
        var openMacro: Range<Int>?

        /// Whether a click on it does nothing: it has no macro, or an empty one.
        var isPlain: Bool {
            switch macro?.reading {
            case nil, .nothing: true
            default: false
            }
        }
    }

    /// A macro, from `{{` to `}}`.
    struct Braces {
        var range: Range<Int>
        var reading: Macro.Reading
    }

    let bytes: [UInt8]
    let start: Int
    let end: Int
    var offset: Int
    /// Whether a comment was looked for in vain already.
    var noCommentEnd = false
    private var proseStart: Int
    /// Where runs of backticks of each length are, last first; from the first that nothing closes on.
    private var runs: [Int: [Int]]?
    private var tokens: [Token] = []

    private init(_ text: InlineText) {
        bytes = text.bytes
        start = text.range.lowerBound
        end = text.range.upperBound
        offset = start
        proseStart = start
        tokens.reserveCapacity(6)
    }

    static func scan(_ text: InlineText) -> [Token] {
        var scanner = InlineScanner(text)
        scanner.run()
        return scanner.tokens
    }

    private mutating func run() {
        while offset < end {
            switch bytes[offset] {
            case .backslash:
                offset += offset + 1 < end && bytes[offset + 1].isPunctuation ? 2 : 1
            case .backtick:
                takeCode()
            case .less:
                takeAngle()
            case .leftBrace where starts(with: "{{", at: offset):
                takeBraces()
            case UInt8(ascii: "]") where offset + 1 < end:
                takeLinkTarget()
            case UInt8(ascii: "h") where starts(with: "http", at: offset):
                takeBareURL()
            case UInt8(ascii: "[") where starts(with: "[[", at: offset):
                takePlaceholder()
            default:
                offset += 1
            }
        }
        flushProse(before: offset)
    }

    func starts(with text: StaticString, at offset: Int) -> Bool {
        bytes.starts(with: text, at: offset, before: end)
    }

    private mutating func flushProse(before end: Int) {
        if proseStart < end { tokens.append(.prose(proseStart..<end)) }
    }

    mutating func skipProse(from start: Int, to end: Int) {
        flushProse(before: start)
        offset = end
        proseStart = end
    }

    mutating func emit(_ token: Token, from start: Int, to end: Int) {
        skipProse(from: start, to: end)
        tokens.append(token)
    }

    // MARK: Code

    private mutating func takeCode() {
        let start = offset
        let length = run(at: start)
        guard let closing = closingRun(of: length, after: start + length) else {
            offset += length
            return
        }
        var span = CodeSpan(start: start, body: start + length..<closing)
        var braces = closing + length
        while braces < end, bytes[braces].isBlank { braces += 1 }
        span.macro = macro(at: braces)
        if span.macro == nil { span.openMacro = openMacro(at: braces) }
        emit(.code(span), from: start, to: span.macro?.range.upperBound ?? closing + length)
    }

    private func run(at start: Int) -> Int {
        var probe = start
        while probe < end, bytes[probe] == .backtick { probe += 1 }
        return probe - start
    }

    /// The next run of that many backticks.
    ///
    /// Looking ahead costs no more than what is then skipped, until a run is closed by none: then all runs to the text's
    /// end are noted, so that they are looked at once.
    private mutating func closingRun(of length: Int, after start: Int) -> Int? {
        if runs == nil {
            var found: [(start: Int, length: Int)] = []
            var probe = start
            while probe < end {
                if bytes[probe] == .backtick {
                    let run = run(at: probe)
                    if run == length { return probe }
                    found.append((probe, run))
                    probe += run
                } else {
                    probe += 1
                }
            }
            runs = [:]
            for run in found.reversed() { runs?[run.length, default: []].append(run.start) }
        }
        while let candidate = runs?[length]?.last {
            if candidate >= start { return candidate }
            runs?[length]?.removeLast()
        }
        return nil
    }

    /// The macro whose braces open at the offset and close on the same line.
    private func macro(at start: Int) -> Braces? {
        guard starts(with: "{{", at: start) else { return nil }
        let limit = min(end, start + 2 + Macro.maxLength)
        var probe = start + 2
        while probe + 1 < limit, bytes[probe] != .lineFeed {
            if bytes[probe] == .rightBrace, bytes[probe + 1] == .rightBrace {
                let reading = Macro.read(bytes[start + 2..<probe])
                if case .other = reading { return nil }
                return Braces(range: start..<probe + 2, reading: reading)
            }
            probe += 1
        }
        return nil
    }

    private func openMacro(at start: Int) -> Range<Int>? {
        guard starts(with: "{{", at: start) else { return nil }
        let limit = min(end, start + 2 + Macro.maxLength)
        let line = bytes[start..<limit].prefix { $0 != .lineFeed }
        let body = line.dropFirst(2).prefix { $0 != .rightBrace }
        // Only one brace closes it, or none.
        guard line.endIndex - body.endIndex < 2 || !starts(with: "}}", at: body.endIndex),
            case .action = Macro.read(body)
        else { return nil }
        return line.startIndex..<line.endIndex
    }

    private mutating func takeBraces() {
        guard let macro = macro(at: offset) else {
            takePlaceholder()
            return
        }
        if case .action = macro.reading {
            emit(
                .strayMacro(start: offset, end: macro.range.upperBound), from: offset, to: macro.range.upperBound)
        } else {
            offset += 2
        }
    }
}

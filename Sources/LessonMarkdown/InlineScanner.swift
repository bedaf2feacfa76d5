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
    }

    /// A macro, from `{{` to `}}`.
    struct Braces {
        var range: Range<Int>
        var reading: Macro.Reading
    }

    private let bytes: [UInt8]
    private let start: Int
    private let end: Int
    private var offset: Int
    private var proseStart: Int
    /// Where runs of backticks of each length stand, last first; from the first that nothing closes on.
    private var runs: [Int: [Int]]?
    private var noCommentEnd = false
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

    private func starts(with text: StaticString, at offset: Int) -> Bool {
        bytes.starts(with: text, at: offset, before: end)
    }

    private mutating func flushProse(before end: Int) {
        if proseStart < end { tokens.append(.prose(proseStart..<end)) }
    }

    private mutating func skipProse(from start: Int, to end: Int) {
        flushProse(before: start)
        offset = end
        proseStart = end
    }

    private mutating func emit(_ token: Token, from start: Int, to end: Int) {
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
        let limit = min(end, start + 2 + Macro.longest)
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

    // MARK: Links

    private mutating func takeAngle() {
        let start = offset
        if starts(with: "<!--", at: start) {
            guard !noCommentEnd, let close = bytes.first(of: "-->", in: start + 4..<end) else {
                noCommentEnd = true
                offset += 4
                return
            }
            emit(.comment(start: start, body: start + 4..<close), from: start, to: close + 3)
            return
        }
        if starts(with: "<http", at: start) {
            offset += 1
            return
        }
        guard let tag = HTMLTag(at: start, in: bytes, before: end) else {
            // A closing tag is no prose either.
            if start + 2 < end, bytes[start + 1] == UInt8(ascii: "/"), bytes[start + 2].isLetter,
                let close = bytes[start..<min(start + 32, end)].firstIndex(of: .greater)
            {
                skipProse(from: start, to: close + 1)
            } else {
                offset += 1
            }
            return
        }
        if tag.isNamed("img") {
            emit(.picture(start: start, target: tag["src"] ?? ""), from: start, to: tag.end)
        } else if tag.isNamed("a") {
            emit(.link(start: start, target: tag["href"] ?? ""), from: start, to: tag.end)
        } else if tag.isNamed("iframe") {
            emit(.link(start: start, target: tag["src"] ?? ""), from: start, to: tag.end)
        } else {
            skipProse(from: start, to: tag.end)
        }
    }

    /// `](target)` after a link's or a picture's text, and `]: target` of a definition.
    private mutating func takeLinkTarget() {
        let start = offset
        var probe = start + 1
        let isDefinition = bytes[probe] == UInt8(ascii: ":")
        guard bytes[probe] == UInt8(ascii: "(") || isDefinition else {
            offset += 1
            return
        }
        if isDefinition, !startsLine(start) {
            offset += 1
            return
        }
        probe += 1
        while probe < end, bytes[probe].isBlank { probe += 1 }
        let targetStart: Int
        var targetEnd: Int
        if probe < end, bytes[probe] == .less {
            targetStart = probe + 1
            targetEnd = targetStart
            while targetEnd < end, bytes[targetEnd] != .greater, bytes[targetEnd] != .lineFeed {
                targetEnd += 1
            }
        } else {
            targetStart = probe
            targetEnd = probe
            var depth = 0
            while targetEnd < end, !bytes[targetEnd].isWhite, targetEnd - targetStart < 4096 {
                if bytes[targetEnd] == UInt8(ascii: "(") { depth += 1 }
                if bytes[targetEnd] == UInt8(ascii: ")") {
                    if depth == 0, !isDefinition { break }
                    depth -= 1
                }
                targetEnd += 1
            }
        }
        guard targetEnd > targetStart else {
            offset += 1
            return
        }
        let target = string(targetStart..<targetEnd)
        let isPicture = picturesOpen(before: start)
        // The closing parenthesis and a title stay prose, which does no harm.
        let isClosed = targetEnd < end && bytes[targetEnd] == UInt8(ascii: ")")
        emit(
            isPicture ? .picture(start: start, target: target) : .link(start: start, target: target), from: start,
            to: isClosed ? targetEnd + 1 : targetEnd)
    }

    private func startsLine(_ bracket: Int) -> Bool {
        var probe = bracket
        while probe > start, bytes[probe - 1] != .lineFeed, bracket - probe < 256 { probe -= 1 }
        return bytes[probe] == UInt8(ascii: "[")
    }

    /// Whether the bracket that closes here was opened by `![`, within the last 512 bytes.
    private func picturesOpen(before bracket: Int) -> Bool {
        var depth = 0
        var probe = bracket - 1
        while probe >= start, bracket - probe < 512 {
            if bytes[probe] == UInt8(ascii: "]") { depth += 1 }
            if bytes[probe] == UInt8(ascii: "[") {
                if depth == 0 { return probe > start && bytes[probe - 1] == UInt8(ascii: "!") }
                depth -= 1
            }
            probe -= 1
        }
        return false
    }

    private mutating func takeBareURL() {
        let start = offset
        guard starts(with: "http://", at: start) || starts(with: "https://", at: start),
            start == self.start || !(bytes[start - 1].isLetter || bytes[start - 1].isDigit)
        else {
            offset += 1
            return
        }
        takeURL(from: start)
    }

    /// A port's URL that stands bare, without a scheme.
    private mutating func takePlaceholder() {
        if starts(with: "{{traffic_host", at: offset) || starts(with: "[[host", at: offset)
            || starts(with: "[[client_subdomain", at: offset)
        {
            takeURL(from: offset)
        } else {
            offset += 2
        }
    }

    private mutating func takeURL(from start: Int) {
        var close = start
        while close < end, close - start < 4096, !endsURL(at: close) { close += 1 }
        while close > start, Self.endsSentence(bytes[close - 1]) { close -= 1 }
        guard close > start + 2 else {
            offset += 2
            return
        }
        let target = string(start..<close)
        if target.utf8.starts(with: "http".utf8) || PortURL.target(of: target) != nil {
            emit(.link(start: start, target: target), from: start, to: close)
        } else {
            offset = close
        }
    }

    private func endsURL(at offset: Int) -> Bool {
        switch bytes[offset] {
        case .space, .tab, .lineFeed, .carriageReturn, .less, .greater, .backtick, UInt8(ascii: "\""),
            UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "|"):
            true
        // The bracket that closes a link's text; a placeholder's come in pairs.
        case UInt8(ascii: "]"): !starts(with: "]]", at: offset) && !starts(with: "]]", at: offset - 1)
        default: false
        }
    }

    private static func endsSentence(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"),
            UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

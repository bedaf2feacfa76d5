import Lessons

/// Walks over the lines of a paragraph or heading and finds code spans with their macros, comments, links and pictures.
///
/// Every byte is looked at a bounded number of times.
struct InlineScanner {
    enum Token {
        /// A stretch of prose, as offsets into the scanner's ``text``.
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
        /// Between the braces that follow, if any do.
        var macro: Range<Int>?
    }

    /// The paragraph's lines with LF between them, without containers and indentation.
    let text: SourceText
    private var offset = 0
    private var proseStart = 0
    private var runs: [Int: [Int]] = [:]
    private var hasRuns = false
    private var noCommentEnd = false
    private var tokens: [Token] = []

    private init(_ text: SourceText) {
        self.text = text
    }

    static func scan(_ text: SourceText) -> [Token] {
        var scanner = InlineScanner(text)
        scanner.run()
        return scanner.tokens
    }

    private mutating func run() {
        let bytes = text.bytes
        while offset < bytes.count {
            switch bytes[offset] {
            case .backslash:
                offset += offset + 1 < bytes.count && bytes[offset + 1].isPunctuation ? 2 : 1
            case .backtick:
                takeCode()
            case .less:
                takeAngle()
            case .leftBrace where text.starts(with: "{{", at: offset):
                takeBraces()
            case UInt8(ascii: "]") where offset + 1 < bytes.count:
                takeLinkTarget()
            case UInt8(ascii: "h") where text.starts(with: "http", at: offset):
                takeBareURL()
            case UInt8(ascii: "[") where text.starts(with: "[[", at: offset):
                takePlaceholder()
            default:
                offset += 1
            }
        }
        flushProse(before: offset)
    }

    private mutating func flushProse(before end: Int) {
        if proseStart < end { tokens.append(.prose(proseStart..<end)) }
    }

    private mutating func emit(_ token: Token, from start: Int, to end: Int) {
        flushProse(before: start)
        tokens.append(token)
        offset = end
        proseStart = end
    }

    // MARK: Code

    private mutating func takeCode() {
        let start = offset
        let length = run(at: start)
        collectRuns()
        guard let closing = closingRun(of: length, after: start + length) else {
            offset += length
            return
        }
        let end = closing + length
        var span = CodeSpan(start: start, body: start + length..<closing)
        var braces = end
        while braces < text.bytes.count, text.bytes[braces].isBlank { braces += 1 }
        if let macro = macro(at: braces) {
            span.macro = macro
            emit(.code(span), from: start, to: macro.upperBound + 2)
        } else {
            emit(.code(span), from: start, to: end)
        }
    }

    private func run(at start: Int) -> Int {
        var end = start
        while end < text.bytes.count, text.bytes[end] == .backtick { end += 1 }
        return end - start
    }

    /// Notes where runs of each length stand, last first, once for the paragraph.
    private mutating func collectRuns() {
        if hasRuns { return }
        hasRuns = true
        var starts: [(start: Int, length: Int)] = []
        var probe = offset
        while probe < text.bytes.count {
            if text.bytes[probe] == .backtick {
                let length = run(at: probe)
                starts.append((probe, length))
                probe += length
            } else {
                probe += 1
            }
        }
        for run in starts.reversed() { runs[run.length, default: []].append(run.start) }
    }

    private mutating func closingRun(of length: Int, after start: Int) -> Int? {
        while let candidate = runs[length]?.last {
            if candidate >= start { return candidate }
            runs[length]?.removeLast()
        }
        return nil
    }

    /// What stands between the braces that open at the offset and close on the same line.
    private func macro(at start: Int) -> Range<Int>? {
        guard text.starts(with: "{{", at: start) else { return nil }
        let limit = min(text.bytes.count, start + 2 + Macro.longest)
        var probe = start + 2
        while probe + 1 < limit, text.bytes[probe] != .lineFeed {
            if text.bytes[probe] == .rightBrace, text.bytes[probe + 1] == .rightBrace {
                let inner = start + 2..<probe
                if case .other = Macro.read(text.bytes[inner]) { return nil }
                return inner
            }
            probe += 1
        }
        return nil
    }

    private mutating func takeBraces() {
        let start = offset
        guard let inner = macro(at: start) else {
            takePlaceholder()
            return
        }
        if case .action = Macro.read(text.bytes[inner]) {
            emit(.strayMacro(start: start, end: inner.upperBound + 2), from: start, to: inner.upperBound + 2)
        } else {
            offset += 2
        }
    }

    // MARK: Links

    private mutating func takeAngle() {
        let start = offset
        if text.starts(with: "<!--", at: start) {
            guard !noCommentEnd, let end = text.first(of: "-->", in: start + 4..<text.bytes.count) else {
                noCommentEnd = true
                offset += 4
                return
            }
            emit(.comment(start: start, body: start + 4..<end), from: start, to: end + 3)
            return
        }
        if text.starts(with: "<http", at: start) {
            offset += 1
            return
        }
        guard let tag = HTMLTag(at: start, in: text) else {
            // A closing tag is no prose either.
            if start + 2 < text.bytes.count, text.bytes[start + 1] == UInt8(ascii: "/"), text.bytes[start + 2].isLetter,
                let end = text.bytes[start...].prefix(32).firstIndex(of: .greater)
            {
                flushProse(before: start)
                offset = end + 1
                proseStart = offset
            } else {
                offset += 1
            }
            return
        }
        switch tag.name {
        case "img":
            emit(.picture(start: start, target: tag["src"] ?? ""), from: start, to: tag.end)
        case "a":
            emit(.link(start: start, target: tag["href"] ?? ""), from: start, to: tag.end)
        case "iframe":
            emit(.link(start: start, target: tag["src"] ?? ""), from: start, to: tag.end)
        default:
            flushProse(before: start)
            offset = tag.end
            proseStart = offset
        }
    }

    /// `](target)` after a link's or a picture's text, and `]: target` of a definition.
    private mutating func takeLinkTarget() {
        let bytes = text.bytes
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
        while probe < bytes.count, bytes[probe].isBlank { probe += 1 }
        let targetStart: Int
        var targetEnd: Int
        if probe < bytes.count, bytes[probe] == .less {
            targetStart = probe + 1
            targetEnd = targetStart
            while targetEnd < bytes.count, bytes[targetEnd] != .greater, bytes[targetEnd] != .lineFeed {
                targetEnd += 1
            }
        } else {
            targetStart = probe
            targetEnd = probe
            var depth = 0
            while targetEnd < bytes.count, !bytes[targetEnd].isWhite, targetEnd - targetStart < 4096 {
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
        let target = text.string(targetStart..<targetEnd)
        let isPicture = picturesOpen(before: start)
        // The closing parenthesis and a title stay prose, which does no harm.
        let end = targetEnd < bytes.count && bytes[targetEnd] == UInt8(ascii: ")") ? targetEnd + 1 : targetEnd
        emit(
            isPicture ? .picture(start: start, target: target) : .link(start: start, target: target), from: start,
            to: end)
    }

    private func startsLine(_ bracket: Int) -> Bool {
        var probe = bracket
        while probe > 0, text.bytes[probe - 1] != .lineFeed, bracket - probe < 256 { probe -= 1 }
        return text.bytes[probe] == UInt8(ascii: "[")
    }

    /// Whether the bracket that closes here was opened by `![`, within the last 512 bytes.
    private func picturesOpen(before bracket: Int) -> Bool {
        var depth = 0
        var probe = bracket - 1
        while probe >= 0, bracket - probe < 512 {
            if text.bytes[probe] == UInt8(ascii: "]") { depth += 1 }
            if text.bytes[probe] == UInt8(ascii: "[") {
                if depth == 0 { return probe > 0 && text.bytes[probe - 1] == UInt8(ascii: "!") }
                depth -= 1
            }
            probe -= 1
        }
        return false
    }

    private mutating func takeBareURL() {
        let start = offset
        guard text.starts(with: "http://", at: start) || text.starts(with: "https://", at: start),
            start == 0 || !(text.bytes[start - 1].isLetter || text.bytes[start - 1].isDigit)
        else {
            offset += 1
            return
        }
        takeURL(from: start)
    }

    /// A port's URL that stands bare, without a scheme.
    private mutating func takePlaceholder() {
        if text.starts(with: "{{traffic_host", at: offset) || text.starts(with: "[[host", at: offset)
            || text.starts(with: "[[client_subdomain", at: offset)
        {
            takeURL(from: offset)
        } else {
            offset += 2
        }
    }

    private mutating func takeURL(from start: Int) {
        var end = start
        while end < text.bytes.count, end - start < 4096 {
            let byte = text.bytes[end]
            if byte.isWhite || byte == .less || byte == .greater || byte == .backtick || byte == UInt8(ascii: "\"") {
                break
            }
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "|") { break }
            // The bracket that closes a link's text; a placeholder's come in pairs.
            if byte == UInt8(ascii: "]"), !text.starts(with: "]]", at: end), !text.starts(with: "]]", at: end - 1) {
                break
            }
            end += 1
        }
        while end > start, [UInt8](".,;:!?*_".utf8).contains(text.bytes[end - 1]) { end -= 1 }
        guard end > start + 2 else {
            offset += 2
            return
        }
        let target = text.string(start..<end)
        if target.hasPrefix("http") || PortURL.target(of: target) != nil {
            emit(.link(start: start, target: target), from: start, to: end)
        } else {
            offset = end
        }
    }
}

/// Tags, comments, links, pictures and bare URLs.
extension InlineScanner {
    mutating func takeAngle() {
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
    mutating func takeLinkTarget() {
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

    mutating func takeBareURL() {
        let start = offset
        guard starts(with: "http://", at: start) || starts(with: "https://", at: start),
            start == self.start || !(bytes[start - 1].isLetter || bytes[start - 1].isDigit)
        else {
            offset += 1
            return
        }
        takeURL(from: start)
    }

    /// A port's URL that is bare, without a scheme.
    mutating func takePlaceholder() {
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

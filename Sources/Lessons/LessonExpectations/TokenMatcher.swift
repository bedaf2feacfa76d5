import Lessons

/// Compares two lines token by token.
struct TokenMatcher {
    let documented: SourceText
    let actual: SourceText
    let wording: Wording
    var fixed = FixedValues.none

    /// The positions of the first tokens that do not go together; `nil` when all do.
    ///
    /// - Parameter countsVary: Whole numbers vary, whatever the wording.
    func firstMismatch(_ wanted: [Token], _ got: [Token], countsVary: Bool = false) -> (wanted: Int, got: Int)? {
        let countsVary = countsVary || Frames.isFrame(documented, wanted)
        var left = 0
        var right = 0
        /// The last elision, and where what it stands for ends at the earliest.
        var elided: (left: Int, right: Int)?
        var first: (wanted: Int, got: Int)?
        while right < got.count || left < wanted.count {
            if left < wanted.count, case .elision = wanted[left].kind {
                left += 1
                if left == wanted.count { return nil }
                elided = (left, right)
                continue
            }
            if left < wanted.count, right < got.count, let place = following(wanted, left, got, right, countsVary) {
                left += 1
                right = place
                continue
            }
            first = first ?? (left, right)
            // What an elision stands for may go on a little longer.
            guard let open = elided, open.right < got.count else { return first }
            elided = (open.left, open.right + 1)
            (left, right) = (open.left, open.right + 1)
        }
        return nil
    }

    /// The place behind what the documented token stands for; `nil` when it doesn't go together with what is there.
    private func following(_ wanted: [Token], _ left: Int, _ got: [Token], _ right: Int, _ countsVary: Bool) -> Int? {
        if case .pattern(let pattern) = wanted[left].kind { return end(of: pattern, wanted[left], got, right) }
        let goTogether = matches(wanted, left, got, right) || countsVary && areCounts(wanted[left], got[right])
        return goTogether ? right + 1 : nil
    }

    /// The first token behind the word, or the few words, that the pattern stands for.
    private func end(of pattern: TextPattern, _ token: Token, _ got: [Token], _ right: Int) -> Int? {
        let start = got[right].range.lowerBound
        guard let limit = got.last?.range.upperBound else { return nil }
        if pattern.spansWords, pattern.matches(actual.bytes[start..<limit]) { return got.count }
        var end = start
        for _ in 0..<4 {
            end = min(actual.bytes.end(of: end) { !$0.isSpace }, limit)
            if pattern.matches(actual.bytes[start..<end]) || documented.equals(token.range, actual, start..<end) {
                return got[right...].firstIndex { $0.range.lowerBound >= end } ?? got.count
            }
            guard end < limit else { return nil }
            end = actual.bytes.end(of: end, while: \.isBlank)
        }
        return nil
    }

    private func matches(_ wanted: [Token], _ left: Int, _ got: [Token], _ right: Int) -> Bool {
        guard isAlike(wanted, left, got, right) else { return false }
        if !fixed.isEmpty, isOther(wanted[left], got[right]) { return false }
        guard wording == .similar || fixed.isVerbatim else { return true }
        return !Claims.contradict(
            TokenPlace(source: documented, tokens: wanted, index: left),
            TokenPlace(source: actual, tokens: got, index: right))
    }

    /// Whether the command or the page names the value, and another came.
    private func isOther(_ token: Token, _ other: Token) -> Bool {
        guard case .field(let fieldClass) = token.kind, !documented.equals(token.range, actual, other.range) else {
            return false
        }
        if isFixed(token) { return true }
        // `0.0.0.0:5432` where the page says "port 5432".
        guard [.address, .url, .path].contains(fieldClass) else { return false }
        return !fixed.numbers(in: documented.string(token.range)).isSubset(
            of: FixedValues.numbers(in: actual.string(other.range)))
    }

    /// Whether the command or the page names the value.
    private func isFixed(_ token: Token) -> Bool {
        guard case .field(let fieldClass) = token.kind else { return false }
        if VariationTable.varies(fieldClass, .exact) {
            return fixed.isVerbatim && ![.timestamp, .duration, .age, .processID].contains(fieldClass)
        }
        return fixed.contains(documented.string(token.range))
    }

    private func isAlike(_ wanted: [Token], _ left: Int, _ got: [Token], _ right: Int) -> Bool {
        let token = wanted[left]
        let other = got[right]
        switch (token.kind, other.kind) {
        case (.rule, .rule):
            return documented.bytes[token.range.lowerBound] == actual.bytes[other.range.lowerBound]
        case (.literal(let literal), .literal(let actualLiteral)):
            return ShapeMatcher.accepts(literal, actualLiteral, wording)
        case (.field(let fieldClass), .field(let actualClass)):
            if documented.equals(token.range, actual, other.range) { return true }
            if fieldClass == .text, actualClass == .text {
                let (quoted, got) = (documented.string(token.range), actual.string(other.range))
                return wording == .similar
                    ? !ErrorSigns.isError(got) || ErrorSigns.isError(quoted)
                    : Leaf.isAlike(String(quoted.dropFirst()), String(got.dropFirst()), wording)
            }
            if fieldClass == .path, actualClass == .path, HomePath.areSame(documented, token.range, actual, other.range)
            {
                return true
            }
            if varies(fieldClass, token.range) { return admits(fieldClass, actualClass, token.range, other.range) }
            return fieldClass == .word && isPlural(wanted, left, token.range, other.range)
        case (.branch, .branch): return true
        default:
            return documented.equals(token.range, actual, other.range) || areBars(token.range, other.range)
                || areQuotes(token.range, other.range)
        }
    }

    /// `│` of a tree drawn with lines and `|` of one drawn with letters.
    private func areBars(_ range: Range<Int>, _ other: Range<Int>) -> Bool {
        func isBar(_ source: SourceText, _ range: Range<Int>) -> Bool {
            range.count == 1
                ? source.bytes[range.lowerBound] == UInt8(ascii: "|") : source.bytes.has("│", at: range.lowerBound)
        }
        return isBar(documented, range) && isBar(actual, other)
    }

    /// Quotation marks, straight or curved: tools choose them by the language of the system.
    private func areQuotes(_ range: Range<Int>, _ other: Range<Int>) -> Bool {
        func isQuote(_ source: SourceText, _ range: Range<Int>) -> Bool {
            range.count == 1
                ? source.bytes[range.lowerBound] == UInt8(ascii: "'")
                    || source.bytes[range.lowerBound] == UInt8(ascii: "`")
                : source.bytes.has("\u{2018}", at: range.lowerBound)
                    || source.bytes.has("\u{2019}", at: range.lowerBound)
        }
        return isQuote(documented, range) && isQuote(actual, other)
    }

    private func areCounts(_ token: Token, _ other: Token) -> Bool {
        guard case .field(.integer) = token.kind, case .field(.integer) = other.kind else { return false }
        return true
    }

    func varies(_ fieldClass: FieldClass, _ range: Range<Int>) -> Bool {
        if VariationTable.varies(fieldClass, wording) {
            // "true" and "yes" in prose are words.
            return fieldClass != .boolean
        }
        switch fieldClass {
        // Kubernetes hands out ports from 30000 on, kernels from 32768 on.
        case .port: return number(documented, range) >= 30000
        case .address: return ValueScanner(bytes: documented.bytes, range: range).isPrivateAddress
        case .path: return documented.bytes.has("/tmp/", at: range.lowerBound)
        default: return false
        }
    }

    private func admits(
        _ fieldClass: FieldClass, _ actualClass: FieldClass, _ range: Range<Int>, _ other: Range<Int>
    ) -> Bool {
        if fieldClass == actualClass {
            return fieldClass != .duration && fieldClass != .size
                || !Units.areOther(Bytes(documented.bytes[range]), Bytes(actual.bytes[other]))
        }
        let scanner = ValueScanner(bytes: actual.bytes, range: other)
        switch (fieldClass, actualClass) {
        case (.hash, _): return scanner.couldBeHash
        case (.token, .hash), (.token, .uuid): return true
        case (.token, .word): return other.count >= 12
        case (.integer, .processID), (.integer, .port), (.processID, .integer), (.port, .integer): return true
        case (.timestamp, .integer):
            // Ten digits may be a checksum as well as a time; only an exact sample must know.
            return documented.bytes[range].allSatisfy(\.isDigit)
                && (wording == .similar || range.count == other.count)
        case (.version, .decimal), (.version, .integer): return true
        case (.duration, .age), (.age, .duration): return false
        case (.size, .integer), (.size, .decimal):
            return other.count == 1 && actual.bytes[other.lowerBound] == UInt8(ascii: "0")
        default: return false
        }
    }

    /// `1 file`, `2 files`: a word follows the number before it.
    private func isPlural(_ wanted: [Token], _ left: Int, _ range: Range<Int>, _ other: Range<Int>) -> Bool {
        guard left > 0, wording == .similar, case .field(let before) = wanted[left - 1].kind, before == .integer else {
            return false
        }
        let (short, long) =
            range.count < other.count
            ? (documented.bytes[range], actual.bytes[other]) : (actual.bytes[other], documented.bytes[range])
        if long.starts(with: short) {
            return long.dropFirst(short.count).elementsEqual("s".utf8)
                || long.dropFirst(short.count).elementsEqual("es".utf8)
        }
        return short.last == UInt8(ascii: "y") && long.starts(with: short.dropLast())
            && long.dropFirst(short.count - 1).elementsEqual("ies".utf8)
    }

    private func number(_ source: SourceText, _ range: Range<Int>) -> Int {
        source.bytes[range].reduce(0) { $1.isDigit ? min($0, 1_000_000) * 10 + Int($1 - 0x30) : $0 }
    }
}

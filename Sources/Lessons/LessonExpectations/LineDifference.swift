import Lessons

/// Says in one sentence how a line differs from its sample.
enum LineDifference {
    static func difference(_ line: Line, _ other: Line, _ matcher: TokenMatcher) -> Difference {
        let wantedText = matcher.documented.string(line.range)
        let gotText = matcher.actual.string(other.range)
        var path: String?
        var objection = Contrast.sentence(wantedText, gotText)
        if let (left, right) = matcher.firstMismatch(line.tokens, other.tokens) {
            path = field(line.tokens, before: left, matcher.documented)
            if left < line.tokens.count, case .literal(let literal) = line.tokens[left].kind,
                right < other.tokens.count,
                case .literal(let actual) = other.tokens[right].kind
            {
                var shapes = ShapeMatcher(wording: matcher.wording)
                shapes.match(Shape([literal]), actual, at: .init())
                if var first = shapes.differences.first {
                    first.documentedLine = line.number + 1
                    first.actualLine = other.number + 1
                    return first
                }
            }
            let wanted =
                left < line.tokens.count
                ? phrase(line.tokens[left], matcher.documented, matcher.wording) : "the end of the line"
            let got =
                right < other.tokens.count
                ? "\"\(matcher.actual.string(other.tokens[right].range).shortened)\"" : "the end of the line"
            if line.tokens.count > 1 || other.tokens.count > 1 || !wanted.hasPrefix("\"") {
                objection = sentence(line, left, wanted, other, right, got, matcher)
            }
        }
        var difference = Difference(
            path: path, sentence: path.map { "\($0): \(objection)" } ?? objection, expected: wantedText,
            actual: gotText,
            documentedLine: line.number + 1, actualLine: other.number + 1)
        difference.wrongParts = wrongParts(line, other, matcher)
        return difference
    }

    /// Words are held against each other; where one of them is long, the place at which they part is shown.
    private static func sentence(
        _ line: Line, _ left: Int, _ wanted: String, _ other: Line, _ right: Int, _ got: String, _ matcher: TokenMatcher
    ) -> String {
        guard wanted.hasPrefix("\""), left < line.tokens.count, right < other.tokens.count else {
            return "expected \(wanted), got \(got)"
        }
        return Contrast.sentence(
            matcher.documented.string(line.tokens[left].range), matcher.actual.string(other.tokens[right].range))
    }

    /// The tokens that don't go together, where there is one for each.
    private static func wrongParts(_ line: Line, _ other: Line, _ matcher: TokenMatcher) -> Difference.WrongParts? {
        guard line.tokens.count == other.tokens.count else { return nil }
        var parts = Difference.WrongParts(expected: [], actual: [])
        let (start, otherStart) = (line.range.lowerBound, other.range.lowerBound)
        for (token, got) in zip(line.tokens, other.tokens) where matcher.firstMismatch([token], [got]) != nil {
            parts.expected.append(token.range.lowerBound - start..<token.range.upperBound - start)
            parts.actual.append(got.range.lowerBound - otherStart..<got.range.upperBound - otherStart)
        }
        return parts.expected.isEmpty ? nil : parts
    }

    private static func phrase(_ token: Token, _ source: SourceText, _ wording: Wording) -> String {
        if case .field(let fieldClass) = token.kind, fieldClass != .word, VariationTable.varies(fieldClass, wording) {
            return fieldClass.phrase
        }
        return "\"\(source.string(token.range).shortened)\""
    }

    /// The key of a `key: value` line whose value differs.
    private static func field(_ tokens: [Token], before index: Int, _ source: SourceText) -> String? {
        for position in tokens.indices.dropFirst().prefix(6) where position < index {
            guard case .mark = tokens[position].kind, tokens[position].range.count == 1 else { continue }
            let mark = source.bytes[tokens[position].range.lowerBound]
            if mark == UInt8(ascii: ":") || mark == UInt8(ascii: "=") {
                return source.string(tokens[0].range.lowerBound..<tokens[position].range.lowerBound)
            }
        }
        return nil
    }
}

internal import Lessons

/// Finds the parts of a sample in an output, in order, and collects what differs.
///
/// Without elisions the two are walked side by side; where they part, the next place at which they agree again is looked
/// for in a window of ``window`` blocks. A part between elisions is looked for from left to right, within a budget of
/// comparisons that is linear in both lengths.
struct Aligner {
    static let window = 8

    let documented: [Block]
    let actual: [Block]
    let sources: (documented: SourceText, actual: SourceText)
    let wording: Wording
    let scope: SampleScope
    let directives: SampleDirectives
    private var shapes: [Int: ListShape] = [:]
    private var matcher: ShapeMatcher
    private(set) var differences: [Difference] = []
    private var budget: Int

    init(
        documented: [Block], actual: [Block], sources: (documented: SourceText, actual: SourceText), wording: Wording,
        scope: SampleScope, directives: SampleDirectives
    ) {
        self.documented = documented
        self.actual = actual
        self.sources = sources
        self.wording = wording
        self.scope = scope
        self.directives = directives
        matcher = ShapeMatcher(wording: wording, isUnordered: directives.isUnordered)
        budget = 64 * (documented.count + actual.count) + 1024
        for index in documented.indices {
            guard case .documents(let literals, _) = documented[index] else { continue }
            let isElided = isElision(index - 1) || isElision(index + 1) || scope == .stream
            let list = Literal(kind: .list(literals, tag: nil, isElided: isElided), line: literals[0].line)
            shapes[index] = ListShape([list], "", directives.fieldClasses, "")
        }
    }

    private func isElision(_ index: Int) -> Bool {
        guard documented.indices.contains(index), case .elision = documented[index] else { return false }
        return true
    }

    // MARK: Segments

    mutating func run() {
        let segments = segments()
        var cursor = 0
        var isOpen = scope == .stream || isElision(0)
        let endsOpen = scope == .stream || isElision(documented.count - 1)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            if isOpen {
                let place = isLast && !endsOpen ? max(cursor, actual.count - segment.count) : place(of: segment, from: cursor)
                if let place {
                    absorb(cursor..<place)
                    cursor = walk(segment, from: place, to: isLast && !endsOpen ? actual.count : min(actual.count, place + segment.count))
                } else {
                    cursor = explainAbsence(of: segment, from: cursor)
                }
            } else {
                let end = isLast && !endsOpen ? actual.count : min(actual.count, cursor + segment.count)
                cursor = walk(segment, from: cursor, to: end)
            }
            isOpen = true
        }
        if cursor < actual.count {
            if endsOpen { absorb(cursor..<actual.count) } else { for index in cursor..<actual.count { reportExtra(index) } }
        }
    }

    private func segments() -> [Range<Int>] {
        if scope == .stream {
            return documented.indices.filter { !isElision($0) }.map { $0..<($0 + 1) }
        }
        var segments: [Range<Int>] = []
        var start = 0
        for index in 0...documented.count where index == documented.count || isElision(index) {
            if index > start { segments.append(start..<index) }
            start = index + 1
        }
        return segments
    }

    /// The first place from which the whole segment fits.
    private mutating func place(of segment: Range<Int>, from cursor: Int) -> Int? {
        var start = cursor
        while start + segment.count <= actual.count, budget > 0 {
            if segment.indices.allSatisfy({ fits(segment.lowerBound + ($0 - segment.lowerBound), start + ($0 - segment.lowerBound)) }) {
                return start
            }
            start += 1
        }
        return nil
    }

    /// Says how the segment differs where it comes nearest.
    private mutating func explainAbsence(of segment: Range<Int>, from cursor: Int) -> Int {
        let kind = documented[segment.lowerBound]
        let near = (cursor..<actual.count).first { index in
            switch (kind, actual[index]) {
            case (.documents, .documents): true
            case (.line(let line), .line(let other)):
                !line.tokens.isEmpty && !other.tokens.isEmpty
                    && sources.documented.equals(line.tokens[0].range, sources.actual, other.tokens[0].range)
            default: false
            }
        }
        guard let near else {
            // Stays where it was, so that what comes later in the sample may still be found.
            for index in segment { reportMissing(index, atEnd: true) }
            return cursor
        }
        absorb(cursor..<near)
        return walk(segment, from: near, to: min(actual.count, near + segment.count))
    }

    /// What an elision stands for: anything of the shape of what stands beside it, never an error.
    private mutating func absorb(_ range: Range<Int>) {
        let shape = shapes.values.first?.element
        for index in range {
            switch actual[index] {
            case .documents(let literals, _):
                guard let shape, shapes.count == 1 else { continue }
                for (position, literal) in literals.enumerated() {
                    var between = ShapeMatcher(wording: .similar)
                    between.match(shape, literal, at: .init().indexed(position, of: literals.count))
                    differences += between.differences
                }
            case .line(let line):
                let bytes = sources.actual.bytes[line.range]
                if ErrorSigns.isError(bytes) { reportExtra(index) }
            case .elision: break
            }
        }
    }

    // MARK: Side by side

    /// Compares the segment with the blocks from `start`; returns where the output goes on.
    private mutating func walk(_ segment: Range<Int>, from start: Int, to end: Int) -> Int {
        var left = segment.lowerBound
        var right = start
        while left < segment.upperBound, right < end {
            if fits(left, right) {
                accept(left, right)
                left += 1
                right += 1
                continue
            }
            guard differences.count < ShapeMatcher.maximumDifferences else { return end }
            let (skipLeft, skipRight) = resynchronise(left, right, segment.upperBound, end)
            let pairs = min(skipLeft, skipRight)
            for offset in 0..<pairs { reportChange(left + offset, right + offset) }
            for index in (left + pairs)..<max(left + pairs, left + skipLeft) { reportMissing(index) }
            for index in (right + pairs)..<max(right + pairs, right + skipRight) { reportExtra(index) }
            left += skipLeft
            right += skipRight
        }
        for index in left..<max(left, segment.upperBound) { reportMissing(index, atEnd: right >= actual.count) }
        return right
    }

    private mutating func resynchronise(_ left: Int, _ right: Int, _ leftEnd: Int, _ rightEnd: Int) -> (Int, Int) {
        for total in 1...(2 * Self.window) {
            // Prefer a changed pair over lines missing on one side only.
            for skip in (0...total).sorted(by: { abs(2 * $0 - total) < abs(2 * $1 - total) }) {
                let other = total - skip
                guard skip <= Self.window, other <= Self.window, left + skip < leftEnd, right + other < rightEnd else { continue }
                if fits(left + skip, right + other) { return (skip, other) }
            }
        }
        return (1, 1)
    }

    // MARK: Blocks

    private mutating func fits(_ left: Int, _ right: Int) -> Bool {
        budget -= 1
        switch (documented[left], actual[right]) {
        case (.line(let line), .line(let other)): return lines.firstMismatch(line.tokens, other.tokens) == nil
        case (.documents, .documents(let literals, _)):
            guard let shape = shapes[left] else { return false }
            var attempt = matcher
            attempt.matchDocuments(shape, literals)
            return attempt.differences.isEmpty
        default: return false
        }
    }

    private mutating func accept(_ left: Int, _ right: Int) {
        if case .documents(let literals, _) = actual[right], let shape = shapes[left] {
            matcher.matchDocuments(shape, literals)
        }
    }

    private var lines: TokenMatcher {
        TokenMatcher(documented: sources.documented, actual: sources.actual, wording: wording)
    }

    // MARK: Reports

    private mutating func reportChange(_ left: Int, _ right: Int) {
        switch (documented[left], actual[right]) {
        case (.documents, .documents(let literals, _)):
            guard let shape = shapes[left] else { return }
            var attempt = matcher
            attempt.matchDocuments(shape, literals)
            differences += attempt.differences
        case (.line(let line), .line(let other)):
            differences.append(LineDifference.difference(line, other, lines))
        default:
            reportMissing(left)
            reportExtra(right)
        }
    }

    private mutating func reportMissing(_ index: Int, atEnd: Bool = false) {
        let lines = documented[index].lines
        let text = sources.documented.string(sources.documented.line(lines.lowerBound))
        let sentence: String
        switch documented[index] {
        case .documents(let literals, _):
            sentence = literals.count == 1 ? "a document expected, got none" : "\(literals.count) documents expected, got none"
        case .line, .elision: sentence = "missing line: \(text.shortened)"
        }
        differences.append(
            Difference(sentence: sentence, expected: text, documentedLine: lines.lowerBound + 1, mayBeMended: atEnd || scope == .stream))
    }

    private mutating func reportExtra(_ index: Int) {
        let lines = actual[index].lines
        let text = sources.actual.string(sources.actual.line(lines.lowerBound))
        let sentence =
            if case .documents(let literals, _) = actual[index] {
                literals.count == 1 ? "extra document: \(literals[0].inline.shortened)" : "\(literals.count) extra documents"
            } else {
                "extra line: \(text.shortened)"
            }
        differences.append(Difference(sentence: sentence, actual: text, actualLine: lines.lowerBound + 1, mayBeMended: false))
    }
}

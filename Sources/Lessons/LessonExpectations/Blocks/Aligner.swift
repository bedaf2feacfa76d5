import Lessons

/// Finds the parts of a sample in an output, in order, and collects what differs.
///
/// Without elisions the two are walked side by side; where they part, the next place at which they agree again is looked
/// for in a window of ``window`` blocks. A part between elisions is looked for from left to right, within a budget of
/// comparisons that is linear in both lengths.
struct Aligner {
    static let window = 8

    let documented: [Block]
    let actual: [Block]
    let lines: TokenMatcher
    let scope: SampleScope
    let directives: SampleDirectives
    let options: ComparisonOptions
    private let shapes: [Int: ListShape]
    private var matcher: ShapeMatcher
    private(set) var differences: [Difference] = []
    private var budget: Int
    /// The documents that were last found to fit, and what they bound.
    private var fitted: (left: Int, right: Int, matcher: ShapeMatcher)?

    init(
        _ comparison: StrictComparison, sample: SourceText, documented: [Block], output: SourceText, actual: [Block],
        options: ComparisonOptions
    ) {
        self.documented = documented
        self.actual = actual
        lines = TokenMatcher(documented: sample, actual: output, wording: comparison.wording, fixed: comparison.fixed)
        scope = comparison.scope
        directives = comparison.directives
        self.options = options
        matcher = ShapeMatcher(wording: comparison.wording, options: options, fixed: comparison.fixed)
        budget = 64 * (documented.count + actual.count) + 1024
        let isOpen = scope == .stream || directives.comparison == .contains || options.showsPart
        shapes = Self.shapes(
            documented, isOpen: isOpen, directives.fieldClasses, options.isUnordered ? nil : comparison.wording)
    }

    private static func shapes(
        _ blocks: [Block], isOpen: Bool, _ fieldClasses: [String: String], _ wording: Wording?
    ) -> [Int: ListShape] {
        func isElision(_ index: Int) -> Bool {
            guard blocks.indices.contains(index), case .elision = blocks[index] else { return false }
            return true
        }
        var shapes: [Int: ListShape] = [:]
        for case (let index, .documents(let documents)) in blocks.enumerated() {
            let isElided =
                documents.isElided || isElision(index - 1) || isElision(index + 1)
                || isOpen && documents.kind != .fields
            let list = Literal(
                kind: .list(documents.literals, tag: nil, isElided: isElided), line: documents.lines.lowerBound)
            shapes[index] = ListShape([list], "", fieldClasses, "", wording: wording)
        }
        return shapes
    }

    private func isElision(_ index: Int) -> Bool {
        guard documented.indices.contains(index), case .elision = documented[index] else { return false }
        return true
    }

    // MARK: Segments

    mutating func run() {
        if options.isUnordered { return runUnordered() }
        let isLoose = scope == .stream || directives.comparison == .contains || options.showsPart
        let segments = segments(isLoose)
        var cursor = 0
        var isOpen = isLoose || isElision(0)
        let endsOpen = isLoose || isElision(documented.count - 1)
        for (index, segment) in segments.enumerated() {
            guard differences.count < ShapeMatcher.maximumDifferences else { return }
            let isLast = index == segments.count - 1 && !endsOpen
            let count = actual.count
            let end = { (start: Int) in isLast ? count : min(count, start + segment.count) }
            if isOpen {
                let place = isLast ? max(cursor, actual.count - segment.count) : place(of: segment, from: cursor)
                if let place {
                    absorb(cursor..<place)
                    cursor = walk(segment, from: place, to: end(place))
                } else {
                    cursor = explainAbsence(of: segment, from: cursor)
                }
            } else {
                cursor = walk(segment, from: cursor, to: end(cursor))
            }
            isOpen = true
        }
        guard cursor < actual.count else { return }
        if endsOpen { absorb(cursor..<actual.count) } else { for index in cursor..<actual.count { reportExtra(index) } }
    }

    private func segments(_ isLoose: Bool) -> [Range<Int>] {
        if isLoose { return documented.indices.filter { !isElision($0) }.map { $0..<($0 + 1) } }
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
            var offset = 0
            while offset < segment.count, fits(segment.lowerBound + offset, start + offset) { offset += 1 }
            if offset == segment.count { return start }
            start += 1
        }
        return nil
    }

    /// Says how the segment differs where it comes nearest.
    private mutating func explainAbsence(of segment: Range<Int>, from cursor: Int) -> Int {
        guard let near = (cursor..<actual.count).first(where: { isNear(segment.lowerBound, $0) }) else {
            // The output stays where it was, so that what comes later in the sample may still be found.
            for index in segment { reportMissing(index, atEnd: true) }
            return cursor
        }
        absorb(cursor..<near)
        return walk(segment, from: near, to: min(actual.count, near + segment.count), isSure: false)
    }

    /// Alike in kind, or in the first word.
    private func isNear(_ left: Int, _ right: Int) -> Bool {
        switch (documented[left], actual[right]) {
        case (.documents(let documents), .documents(let others)): return documents.kind == others.kind
        case (.line(let line), .line(let other)):
            guard let first = line.tokens.first, let otherFirst = other.tokens.first else { return false }
            return lines.documented.equals(first.range, lines.actual, otherFirst.range)
        default: return false
        }
    }

    /// What an elision stands for: anything of the shape of what is beside it, never an error.
    private mutating func absorb(_ range: Range<Int>) {
        guard directives.comparison != .contains else { return }
        let shape = shapes.count == 1 ? shapes.first?.value.element : nil
        for index in range {
            switch actual[index] {
            case .documents(let documents):
                guard let shape else { continue }
                for (position, literal) in documents.literals.enumerated() {
                    var between = ShapeMatcher(wording: .similar)
                    between.noun = documents.noun
                    between.match(shape, literal, at: .init().indexed(position, of: documents.literals.count))
                    differences += between.differences
                }
            case .line(let line):
                if ErrorSigns.isError(lines.actual.bytes[line.range]), !isDocumented(line) { reportExtra(index) }
            case .elision: break
            }
        }
    }

    /// Whether the sample itself shows a line like this one.
    private mutating func isDocumented(_ line: Line) -> Bool {
        budget -= documented.count
        guard budget > 0 else { return false }
        return documented.contains {
            if case .line(let other) = $0 { lines.firstMismatch(other.tokens, line.tokens) == nil } else { false }
        }
    }

    private mutating func runUnordered() {
        var open = Array(actual.indices)
        for left in mostParticularFirst() {
            if let slot = open.firstIndex(where: { budget > 0 && fits(left, $0) }) {
                accept(left, open[slot])
                open.remove(at: slot)
            } else if let slot = open.firstIndex(where: { isNear(left, $0) }) {
                reportChange(left, open[slot])
                open.remove(at: slot)
            } else {
                reportMissing(left, atEnd: true)
            }
        }
        let isElided = documented.indices.contains(where: isElision)
        for index in open {
            if isElided { absorb(index..<(index + 1)) } else { reportExtra(index) }
        }
    }

    /// The sample's blocks, those that fit the fewest of the output's first: they may not be left without a partner by
    /// one that would have fitted others, too.
    private mutating func mostParticularFirst() -> [Int] {
        let wanted = documented.indices.filter { !isElision($0) }
        guard wanted.count > 1, wanted.count * actual.count < budget / 2 else { return wanted }
        let counts = Dictionary(
            uniqueKeysWithValues: wanted.map { left in (left, actual.indices.count { fits(left, $0) }) })
        return wanted.sorted { (counts[$0] ?? 0, $0) < (counts[$1] ?? 0, $1) }
    }

    // MARK: Side by side

    /// Compares the segment with the blocks from `start`; returns where the output goes on.
    private mutating func walk(_ segment: Range<Int>, from start: Int, to end: Int, isSure: Bool = true) -> Int {
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
            for offset in 0..<pairs { reportChange(left + offset, right + offset, isSure: isSure) }
            let isLast = right + skipRight >= actual.count
            for index in (left + pairs)..<max(left + pairs, left + skipLeft) { reportMissing(index, atEnd: isLast) }
            for index in (right + pairs)..<max(right + pairs, right + skipRight) { reportExtra(index) }
            left += skipLeft
            right += skipRight
        }
        for index in left..<max(left, segment.upperBound) { reportMissing(index, atEnd: right >= actual.count) }
        return right
    }

    /// How far to go on either side until both agree again; a changed pair when they don't soon.
    private mutating func resynchronise(_ left: Int, _ right: Int, _ leftEnd: Int, _ rightEnd: Int) -> (Int, Int) {
        for total in 1...(2 * Self.window) {
            // Prefer a changed pair over lines missing on one side only.
            for skip in (0...total).sorted(by: { abs(2 * $0 - total) < abs(2 * $1 - total) }) {
                let other = total - skip
                guard skip <= Self.window, other <= Self.window else { continue }
                let leftDone = left + skip == leftEnd
                let rightDone = right + other == rightEnd
                if leftDone, rightDone { return (skip, other) }
                guard left + skip < leftEnd, right + other < rightEnd else { continue }
                if fits(left + skip, right + other) { return (skip, other) }
            }
        }
        return (1, 1)
    }

    // MARK: Blocks

    private mutating func fits(_ left: Int, _ right: Int) -> Bool {
        budget -= 1
        switch (documented[left], actual[right]) {
        case (.line(let line), .line(let other)):
            return lines.firstMismatch(line.tokens, other.tokens, countsVary: followsElidedTable(left)) == nil
        case (.documents(let documents), .documents(let others)):
            guard let shape = shapes[left], documents.kind == others.kind else { return false }
            var attempt = matcher
            attempt.matchDocuments(shape, others)
            fitted = (left, right, attempt)
            return attempt.differences.isEmpty
        default: return false
        }
    }

    /// `(120 rows)` below rows of which some are left out.
    private func followsElidedTable(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        if case .documents(let documents) = documented[index - 1] { return documents.isElided }
        // Other lines are left out for other reasons, and their numbers count.
        guard index > 1, isElision(index - 1), case .documents = documented[index - 2] else { return false }
        return true
    }

    private mutating func accept(_ left: Int, _ right: Int) {
        switch (documented[left], actual[right]) {
        case (.documents, .documents):
            // It fitted a moment ago, and what it bound is now known.
            if let fitted, fitted.left == left, fitted.right == right { matcher = fitted.matcher }
        case (.line(let line), .line(let other)): bind(line, other)
        default: break
        }
    }

    /// An identifier that recurs in the sample's lines recurs in the output's.
    private mutating func bind(_ line: Line, _ other: Line) {
        guard line.tokens.count == other.tokens.count else { return }
        for (token, otherToken) in zip(line.tokens, other.tokens) {
            guard case .field(let fieldClass) = token.kind, fieldClass.recurs else { continue }
            let wanted = lines.documented.string(token.range)
            let got = lines.actual.string(otherToken.range)
            if let objection = matcher.bind(wanted, got, fieldClass, at: .line(other.number + 1)) {
                differences.append(
                    Difference(
                        sentence: objection, expected: lines.documented.string(line.range),
                        actual: lines.actual.string(other.range), documentedLine: line.number + 1,
                        actualLine: other.number + 1, mayStillMatch: false))
            }
        }
    }

    // MARK: Reports

    private mutating func reportChange(_ left: Int, _ right: Int, isSure: Bool = true) {
        switch (documented[left], actual[right]) {
        case (.documents(let documents), .documents(let others)) where documents.kind == others.kind:
            guard let shape = shapes[left] else { return }
            var attempt = matcher
            attempt.matchDocuments(shape, others)
            differences += attempt.differences
        case (.line(let line), .line(let other)):
            var difference = LineDifference.difference(line, other, lines)
            let isError = ErrorSigns.isError(lines.actual.bytes[other.range])
            difference.mayStillMatch = scope == .stream || !isError && (!isSure || isUnfinished(line, other, right))
            differences.append(difference)
        default:
            reportMissing(left)
            reportExtra(right)
        }
    }

    /// Whether the last line of the output may only have come in part.
    private func isUnfinished(_ line: Line, _ other: Line, _ right: Int) -> Bool {
        guard right == actual.count - 1, lines.actual.bytes.last != 0x0A else { return false }
        return lines.firstMismatch(line.tokens, other.tokens).map { $0.got >= other.tokens.count - 1 } ?? true
    }

    private mutating func reportMissing(_ index: Int, atEnd: Bool = false) {
        let range = documented[index].lines
        let text = lines.documented.string(lines.documented.line(range.lowerBound))
        let sentence =
            if case .documents(let documents) = documented[index], documents.kind != .fields {
                documents.literals.count == 1 && documents.kind == .literals
                    ? "a \(documents.noun) expected, got none"
                    : "\(documents.literals.count) \(documents.noun)s expected, got none"
            } else {
                "missing line: \(text.shortened)"
            }
        differences.append(
            Difference(
                sentence: sentence, expected: text, documentedLine: range.lowerBound + 1,
                mayStillMatch: atEnd || scope == .stream))
    }

    private mutating func reportExtra(_ index: Int) {
        let range = actual[index].lines
        let text = lines.actual.string(lines.actual.line(range.lowerBound))
        let sentence =
            if case .documents(let documents) = actual[index], documents.kind == .literals, documents.literals.count > 1
            {
                "\(documents.literals.count) extra documents"
            } else {
                "extra line: \(text.shortened)"
            }
        differences.append(
            Difference(sentence: sentence, actual: text, actualLine: range.lowerBound + 1, mayStillMatch: false))
    }
}

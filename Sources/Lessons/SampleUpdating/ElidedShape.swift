/// What an author left out of a sample, kept in a new text of it.
///
/// The lines before the first elision and after the last stay as many as they were; inside brackets it is the elements
/// that are counted, since one may now take more lines than before. A part between two elisions is looked for.
struct ElidedShape {
    private let documented: TextLines
    private let output: TextLines
    private let documentedDepths: [Int]
    private let outputDepths: [Int]
    private let isElision: [Bool]

    private init(_ documented: TextLines, _ output: TextLines) {
        self.documented = documented
        self.output = output
        documentedDepths = documented.depths
        outputDepths = output.depths
        // Blank lines beside an elision belong to it.
        var isElision = documented.elisions
        for index in documented.indices.dropFirst() where isElision[index - 1] && documented[index].isBlank {
            isElision[index] = true
        }
        for index in documented.indices.dropLast().reversed() where isElision[index + 1] && documented[index].isBlank {
            isElision[index] = true
        }
        self.isElision = isElision
    }

    /// The output with the same parts left out; `nil` when nothing is left out or the output has no such parts.
    static func shaped(_ output: TextLines, like documented: TextLines) -> TextLines? {
        let shape = ElidedShape(documented, output)
        guard shape.isElision.contains(true) else { return nil }
        return shape.lines()
    }

    private func lines() -> TextLines? {
        let parts = parts()
        var result: TextLines = []
        var cursor = 0
        var end = output.count
        var tail: Range<Int>?
        if parts.count > 1, let last = parts.last, !isElision[last.lowerBound] {
            guard let start = start(ofLast: last) else { return nil }
            tail = start..<output.count
            end = start
        }
        for (index, part) in parts.enumerated() {
            if isElision[part.lowerBound] {
                result += documented[part]
            } else if index == 0 {
                guard let stop = stop(of: part, from: 0), stop <= end else { return nil }
                result += output[..<stop]
                cursor = stop
            } else if index == parts.count - 1, let tail {
                result += output[tail]
            } else {
                guard let found = place(of: part, in: cursor..<end) else { return nil }
                result += output[found]
                cursor = found.upperBound
            }
        }
        return cursor <= end ? result : nil
    }

    /// Stretches of lines that are elisions or are none.
    private func parts() -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = 0
        for index in documented.indices where index + 1 == documented.count || isElision[index] != isElision[index + 1]
        {
            parts.append(start..<index + 1)
            start = index + 1
        }
        return parts
    }

    private func depth(before line: Int, _ depths: [Int]) -> Int { line == 0 ? 0 : depths[line - 1] }

    /// Where as many elements as the part shows have ended.
    private func stop(of part: Range<Int>, from start: Int) -> Int? {
        let level = documentedDepths[part.upperBound - 1] - depth(before: part.lowerBound, documentedDepths)
        let base = depth(before: start, outputDepths)
        var wanted = part.count {
            documentedDepths[$0] - depth(before: part.lowerBound, documentedDepths) == level
        }
        for line in start..<output.count where outputDepths[line] - base == level {
            wanted -= 1
            if wanted == 0 { return line + 1 }
        }
        return nil
    }

    /// Where the last part begins: as many elements from the end as it shows.
    private func start(ofLast part: Range<Int>) -> Int? {
        let level = depth(before: part.lowerBound, documentedDepths) - documentedDepths[documented.count - 1]
        guard let last = outputDepths.last else { return nil }
        var wanted = part.count {
            depth(before: $0, documentedDepths) - documentedDepths[documented.count - 1] == level
        }
        for line in output.indices.reversed() where depth(before: line, outputDepths) - last == level {
            wanted -= 1
            if wanted == 0 { return line }
        }
        return nil
    }

    private func place(of part: Range<Int>, in range: Range<Int>) -> Range<Int>? {
        if let found = LineFinder(output).place(of: TextLines(documented[part]), in: range) { return found }
        // Of another form now: from the first line that begins the same.
        guard let start = range.first(where: { output[$0] == documented[part.lowerBound] }),
            let stop = stop(of: part, from: start), stop <= range.upperBound
        else { return nil }
        return start..<stop
    }
}

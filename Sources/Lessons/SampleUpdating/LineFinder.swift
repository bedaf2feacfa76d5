import LessonExpectations
import Lessons

/// Finds the lines of an output that a part of a sample shows.
struct LineFinder {
    /// Comparisons of one search; beyond it nothing is found, so that the time stays linear.
    private static let budget = 4096

    private let output: TextLines

    init(_ output: TextLines) {
        self.output = output
    }

    /// The first lines, as many as the part has, that the part documents.
    func place(of part: TextLines, in range: Range<Int>) -> Range<Int>? {
        let sample = ParsedSample(documented: part.text, wording: .similar)
        guard let first = part.first, part.count <= range.count else { return nil }
        let opening = ParsedSample(documented: first, wording: .similar)
        for start in (range.lowerBound...range.upperBound - part.count).prefix(Self.budget) {
            // One line tells most places apart, unless it is only a bracket.
            if first.utf8.count > 2, !opening.compare(with: output[start]).matches { continue }
            let window = start..<start + part.count
            if sample.compare(with: TextLines(output[window]).text).matches { return window }
        }
        return nil
    }

    /// The lines that look most like the part: those that share at least half of its words, place by place.
    func nearest(to part: TextLines, in range: Range<Int>) -> Range<Int>? {
        let wanted = part.map(Self.words)
        let total = wanted.reduce(0) { $0 + $1.count }
        guard total > 0, part.count <= range.count else { return nil }
        let offered = output.map(Self.words)
        var best: (start: Int, shared: Int) = (0, 0)
        for start in (range.lowerBound...range.upperBound - part.count).prefix(Self.budget) {
            let shared = wanted.indices.reduce(0) { $0 + wanted[$1].intersection(offered[start + $1]).count }
            if shared > best.shared { best = (start, shared) }
        }
        return best.shared * 2 >= total ? best.start..<best.start + part.count : nil
    }

    private static func words(_ line: String) -> Set<Substring> {
        Set(line.split { !$0.isLetter && !$0.isNumber && $0 != "_" })
    }
}

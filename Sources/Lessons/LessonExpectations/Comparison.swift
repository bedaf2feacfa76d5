public import Diagnostics
import Lessons

/// What came of comparing an output with its sample.
public struct Comparison: Sendable {
    /// Empty when the output is as documented; at most a few dozen, in the order of the sample.
    ///
    /// What is wrong in the same way in several documents or rows is said once, with their number.
    public let differences: [Difference]
    /// Why the output passes although it isn't word for word what the sample shows: a sentence for each rule that was
    /// needed, such as "2 lines after the sample are not shown on the page". Empty when none was, or when it doesn't hold.
    public let notes: [String]
    let documented: SourceText
    let actual: SourceText

    init(differences: [Difference], notes: [String] = [], documented: SourceText, actual: SourceText) {
        self.differences = Self.withEnd(of: actual, Self.joined(Self.collapsed(differences)))
        self.notes = self.differences.isEmpty ? notes : []
        self.documented = documented
        self.actual = actual
    }

    /// Whether the output is what the sample documents.
    public var matches: Bool { differences.isEmpty }

    /// Whether output that is still to come could make the comparison hold.
    ///
    /// `true` for a beginning of what the sample shows, and for one that holds; `false` as soon as something is in
    /// the output that no honest run prints there, so that waiting is in vain.
    public var mayStillHold: Bool { differences.allSatisfy(\.mayStillMatch) }

    /// What differs, for a person: a sentence for each difference, and below it both sides with the differing parts
    /// marked by a row of `^`. Empty when the comparison holds.
    public func explanation() -> String {
        Explanation(comparison: self, marksWithCarets: true).text.plain
    }

    /// What ``explanation()`` says, with the differing parts marked by styles alone: for a terminal that shows them.
    public func styledExplanation() -> StyledText {
        Explanation(comparison: self, marksWithCarets: false).text
    }

    /// Lines that are too many, one behind the other, are told by the first and the last: after an error the last is its cause.
    private static func joined(_ differences: [Difference]) -> [Difference] {
        var result: [Difference] = []
        var run: [Difference] = []
        func flush() {
            guard run.count > 3, var last = run.last else {
                result += run
                return
            }
            last.sentence = "\(run.count - 1) more, the last: \((last.actual ?? "").shortened)"
            last.mayStillMatch = run.allSatisfy(\.mayStillMatch)
            result += [run[0], last]
        }
        for difference in differences {
            let isExtra = difference.sentence.hasPrefix("extra line: ") && difference.documentedLine == nil
            if !isExtra || run.last.map({ ($0.actualLine ?? 0) + 1 != difference.actualLine }) ?? false {
                flush()
                run = []
            }
            if isExtra { run.append(difference) } else { result.append(difference) }
        }
        flush()
        return result
    }

    /// Where an error makes more differences than are listed, the end of the output is told besides: the cause is there.
    private static func withEnd(of actual: SourceText, _ differences: [Difference]) -> [Difference] {
        guard let last = (0..<actual.lineCount).last(where: { !actual.line($0).isEmpty }), !differences.isEmpty,
            differences.allSatisfy({ ($0.actualLine ?? 0) < last + 1 }),
            (last + 1) - (differences.compactMap(\.actualLine).max() ?? 0) > 3
        else { return differences }
        let line = actual.line(last)
        let isError =
            ErrorSigns.isError(actual.bytes[line]) || differences.contains { ErrorSigns.isError($0.actual ?? "") }
        guard isError else { return differences }
        let text = actual.string(line)
        return differences + [
            Difference(
                sentence: "the output ends with: \(text.shortened)", actual: text, actualLine: last + 1,
                mayStillMatch: differences.allSatisfy(\.mayStillMatch))
        ]
    }

    private static func collapsed(_ differences: [Difference]) -> [Difference] {
        var result: [Difference] = []
        var places: [String: Int] = [:]
        var repetitions: [Int: Int] = [:]
        for difference in differences {
            if !difference.place.isEmpty, let place = places[difference.sentence] {
                repetitions[place, default: 0] += 1
                result[place].mayStillMatch = result[place].mayStillMatch && difference.mayStillMatch
            } else {
                if !difference.place.isEmpty { places[difference.sentence] = result.count }
                result.append(difference)
            }
        }
        for index in result.indices where !result[index].place.isEmpty {
            let more = repetitions[index].map { ", and \($0) more" } ?? ""
            result[index].sentence += " (\(result[index].place)\(more))"
        }
        return result
    }
}

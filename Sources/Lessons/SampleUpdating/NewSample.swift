import LessonExpectations
import Lessons

/// The first sample of an action.
struct NewSample {
    /// A longer output is cut: a reader wants to see how it begins and ends.
    private static let longest = 40
    private static let head = 10
    private static let tail = 4

    let lines: TextLines
    /// The sentence before it.
    let lead: String
    /// It shows the day or the time in a form that is not known to vary, so that it holds today only.
    let movesWithClock: Bool

    /// - Returns: `nil` for an action whose output is no sample: it printed nothing, draws on the screen, leaves or
    ///   enters a program, asks, or only presses keys.
    init?(of action: Action, _ observed: ObservedOutput, elision: String) {
        guard action.kind == .execute || action.kind == .interrupt, action.pressesReturn, !observed.isFullScreen,
            observed.state == .finished || observed.state == .runningOn, !Self.isHousekeeping(action.text)
        else { return nil }
        let output = TextLines(printed: observed.text)
        guard !output.isEmpty else { return nil }
        let isClock = ClockValues.occur(in: output.text)
        movesWithClock = isClock
        let isVolatile = isClock || ParsedSample(documented: output.text, wording: .exact).hasVolatileFields
        let scope: SampleScope = observed.state == .runningOn ? .stream : .whole
        let wording: Wording = isVolatile ? .similar : .exact
        func holds(_ lines: TextLines) -> Bool {
            ParsedSample(documented: lines.text, wording: wording).compare(with: output.text, scope: scope).matches
        }
        guard let lines = [Self.cut(output, elision), output].compactMap(\.self).first(where: holds) else { return nil }
        self.lines = lines
        lead = isVolatile ? "You'll get output similar to the following:" : "You'll get the following output:"
    }

    static func showsError(_ lines: TextLines) -> Bool {
        ParsedSample(documented: lines.text, wording: .exact).documentsError
    }

    /// Commands that clear the screen or leave a program: what they print says nothing.
    private static func isHousekeeping(_ command: String) -> Bool {
        let words = command.split(whereSeparator: \.isWhitespace)
        guard let first = words.first else { return true }
        return words.count == 1
            && ["clear", "reset", "exit", "quit", "logout", "quit()", "exit()", ".exit", ".quit", "\\q"].contains(first)
    }

    /// A long output with its middle left out, between two elements of a list where it is one.
    private static func cut(_ output: TextLines, _ elision: String) -> TextLines? {
        guard output.count > longest else { return nil }
        let depths = output.depths
        // Several documents one below the other are cut between two of them, a list between two elements.
        let level = depths.last == 0 && depths.count(where: { $0 == 0 }) > 1 ? 0 : depths[0]
        guard let end = output.indices.dropFirst(head - 1).first(where: { depths[$0] == level }) else { return nil }
        let start = output.indices.suffix(tail).first { depths[$0 - 1] == level } ?? output.count
        guard start > end + 1 else { return nil }
        let indentation = output[end].prefix { $0 == " " }
        return output[...end] + [level > 0 ? indentation + elision : elision] + output[start...]
    }
}

import LessonExpectations
import Lessons
import TerminalScreens

/// The numbers of the lines that a full-screen program shows, as far as its screen tells them.
enum ScreenLines {
    /// What is wrong with the line at which the page says that its sample is; `nil` when it is right, when the page names
    /// no line and when the screen doesn't tell the numbers of its lines.
    static func problem(of sample: Sample, _ parsed: ParsedSample, on screen: ScreenSnapshot) -> String? {
        guard let wanted = sample.lineNumber else { return nil }
        let opening = sample.text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let first = ParsedSample(documented: opening, wording: parsed.wording)
        let starts = screen.lines.indices.filter { row in
            first.compare(withScreen: [screen.lines[row]]).matches
                && parsed.compare(withScreen: Array(screen.lines[row...])).matches
        }
        let numbers = Set(starts.compactMap { number(ofRow: $0, on: screen) })
        guard !numbers.isEmpty, !numbers.contains(wanted) else { return nil }
        let found = numbers.sorted().map(String.init).joined(separator: " and ")
        return "the sample is at line \(found), where the page says line \(wanted)"
    }

    private static func number(ofRow row: Int, on screen: ScreenSnapshot) -> Int? {
        if let number = gutter(of: screen.lines[row]) { return number }
        if let line = rulerLine(in: screen.lines.last ?? "") { return line + row - screen.cursorRow }
        // An editor that marks the rows behind the end of its text shows a text that it shows whole from the first line on.
        return screen.lines.last(where: { $0 == "~" }) != nil ? row + 1 : nil
    }

    /// `  42 text`, as editors and `less -N` number their lines.
    private static func gutter(of line: String) -> Int? {
        let text = line.drop { $0 == " " }
        let digits = text.prefix(while: \.isNumber)
        guard !digits.isEmpty, text.dropFirst(digits.count).first == " ", line.first == " " else { return nil }
        return Int(digits)
    }

    /// `4,1-8   All`: where vi says that its cursor is.
    private static func rulerLine(in status: String) -> Int? {
        let words = status.split(separator: " ")
        guard words.count >= 2, let last = words.last,
            ["All", "Top", "Bot"].contains(last) || last.hasSuffix("%")
        else { return nil }
        let place = words[words.count - 2].split(separator: ",")
        guard place.count == 2, place[1].first?.isNumber == true else { return nil }
        return Int(place[0])
    }
}

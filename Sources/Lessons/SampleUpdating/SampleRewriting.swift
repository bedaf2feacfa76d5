import LessonExpectations
import Lessons

/// One sample and the output that it is held against.
struct SampleRewriting {
    let sample: Sample
    let command: String
    /// All that was printed, as a verifier compares it; rows for a sample of the screen.
    let output: TextLines
    let scope: SampleScope

    private var isScreen: Bool { sample.directives.source == .screen }

    /// What differs from the sample as the author wants it compared.
    func comparison(of text: String? = nil) -> Comparison {
        compare(text ?? sample.text, sample.wording, sample.directives)
    }

    /// Whether only values differ, each inside its class.
    var isInKind: Bool {
        var directives = sample.directives
        directives.wording = .similar
        return compare(sample.text, .similar, directives).matches
    }

    private func compare(_ text: String, _ wording: Wording, _ directives: SampleDirectives) -> Comparison {
        var tried = sample
        (tried.text, tried.wording, tried.directives) = (text, wording, directives)
        let sample = ParsedSample(tried, of: command, isOnly: scope == .whole, sentence: tried.sentence)
        return isScreen ? sample.compare(withScreen: output) : sample.compare(with: output.text, scope: scope)
    }

    /// The sample's new lines, in the form that the author gave it; `nil` when none of them would hold.
    ///
    /// - Parameter portion: The lines of the output that the sample shows.
    func rewritten(from portion: Range<Int>) -> TextLines? {
        let shown = TextLines(output[portion]).withoutBlankLinesAround
        guard !shown.isEmpty else { return nil }
        let documented = TextLines(of: sample.text)
        let core = documented.withoutBlankLinesAround
        let prompts = Array(core.prefix { isPrompt($0, shown) })
        let wanted = TextLines(core.dropFirst(prompts.count))
        var candidates: [TextLines] = []
        if let shaped = ElidedShape.shaped(shown, like: wanted) { candidates.append(shaped) }
        if let laidOut = JSONLayout.laidOut(shown, like: wanted) {
            if let shaped = ElidedShape.shaped(laidOut, like: wanted) { candidates.append(shaped) }
            candidates.append(laidOut)
        }
        candidates.append(shown)
        for candidate in candidates {
            for lines in [keepingCuts(candidate, of: wanted), candidate] {
                let lines = documented.prefix(while: \.isBlank) + prompts + lines + blankLinesAfter(documented)
                if comparison(of: TextLines(lines).text).matches { return TextLines(lines) }
            }
        }
        return nil
    }

    private func blankLinesAfter(_ documented: TextLines) -> TextLines {
        documented.allSatisfy(\.isBlank) ? [] : documented.reversed().prefix(while: \.isBlank)
    }

    /// A line of the sample that shows how the command was typed.
    private func isPrompt(_ line: String, _ shown: TextLines) -> Bool {
        let typed = command.split(separator: "\n").first.map(String.init) ?? command
        return !typed.isEmpty && line.hasSuffix(typed) && line != typed && shown.first != line
    }

    /// Lines that the author cut short (`"id": "5f…"`) stay so where they still hold.
    private func keepingCuts(_ lines: TextLines, of documented: TextLines) -> TextLines {
        guard lines.count == documented.count else { return lines }
        return zip(lines, documented).map { line, written in
            guard written.contains("...") || written.contains("…"), !Elision.matches(written) else { return line }
            let sample = ParsedSample(documented: written, wording: .similar)
            return sample.compare(with: line).matches ? written : line
        }
    }
}

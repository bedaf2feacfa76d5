import Diagnostics
import LessonMarkdown
import Lessons

/// Questions and their keys.
struct QuizCheck: PageCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        for (quiz, range) in zip(page.page.quizzes, readable(page)) {
            let line = page.source.line(page.source.lineNumber(at: range.lowerBound))
            var faults = quiz.answer.faults.map { ($0.description, Self.remedy(for: $0, in: quiz.answer)) }
            if Self.forms(of: page.source.string(range)) > 1 {
                faults.append(
                    ("the answers are written in different forms", "use one of '===', '=~=', '[*]' and '(*)'"))
            }
            for (message, remedy) in faults {
                findings.add(
                    .quizKey, at: range.lowerBound..<min(line.upperBound, range.upperBound), of: page.source,
                    message, remedy: remedy)
            }
        }
    }

    private static func remedy(for fault: Quiz.Fault, in answer: Quiz.Answer) -> String {
        switch fault {
        case .answerIsEmpty: "write it after the marks"
        case .choiceIsEmpty: "write its text after the mark"
        case .noneIsRight: if case .choices = answer { "mark one with '[*]'" } else { "mark one with '(*)'" }
        case .severalAreRight: "use '[*]' and '[ ]' for several"
        case .contradiction: "remove one"
        case .onlyOneChoice: "add another"
        }
    }

    /// Ranges of the questions whose answers the reader understood.
    private func readable(_ page: LintedPage) -> [Range<Int>] {
        let broken = Set(page.page.warnings.filter { $0.kind == .quiz }.map(\.place.line))
        return page.outline.quizzes.filter { !broken.contains(page.source.lineNumber(at: $0.lowerBound) + 1) }
    }

    private static func forms(of text: String) -> Int {
        var forms: Set<String> = []
        for line in text.split(separator: "\n").dropFirst() {
            let line = line.trimmingWhite
            if line.hasPrefix("===") { forms.insert("=") }
            if line.hasPrefix("=~=") { forms.insert("~") }
            if ["[*]", "[ ]", "[x]"].contains(where: line.hasPrefix) { forms.insert("[") }
            if ["(*)", "( )", "(x)"].contains(where: line.hasPrefix) { forms.insert("(") }
        }
        return forms.count
    }
}

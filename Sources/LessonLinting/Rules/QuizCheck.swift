import LessonMarkdown
import Lessons

/// Questions and their keys.
struct QuizCheck: PageCheck {
    private typealias Fault = (message: String, remedy: String)

    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        for (quiz, range) in zip(page.page.quizzes, readable(page)) {
            let line = page.source.line(page.source.lineNumber(at: range.lowerBound))
            var faults = faults(of: quiz.answer)
            if Self.forms(of: page.source.string(range)) > 1 {
                faults.append(
                    ("the answers are written in different forms", "use one of '===', '=~=', '[*]' and '(*)'"))
            }
            for fault in faults {
                findings.add(
                    .quizKey, at: range.lowerBound..<min(line.upperBound, range.upperBound), of: page.source,
                    fault.message, remedy: fault.remedy)
            }
        }
    }

    private func faults(of answer: Quiz.Answer) -> [Fault] {
        switch answer {
        case .equals(let text), .contains(let text):
            return text.isEmpty ? [("the answer to the question is empty", "write it after the marks")] : []
        case .choices(let choices):
            let isOpen = !choices.contains(where: \.isRight)
            return (isOpen ? [("no choice is right", "mark one with '[*]'")] : []) + faults(of: choices)
        case .choice(let choices):
            let right = choices.filter(\.isRight).count
            var faults = faults(of: choices)
            if right == 0 { faults.append(("no choice is right", "mark one with '(*)'")) }
            if right > 1 {
                faults.append(("\(right) choices are right where one may be chosen", "use '[*]' and '[ ]' for several"))
            }
            return faults
        }
    }

    private func faults(of choices: [Quiz.Choice]) -> [Fault] {
        var seen: [String: Bool] = [:]
        for choice in choices {
            if let isRight = seen[choice.text], isRight != choice.isRight {
                return [("the choice '\(choice.text)' is both right and wrong", "remove one")]
            }
            seen[choice.text] = choice.isRight
        }
        return choices.count == 1 ? [("there is only one choice", "add another")] : []
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

import Lessons

/// Whether the answer key of a question is one that a learner can satisfy.
enum QuizCheck {
    /// - Returns: One sentence; `nil` for a consistent key.
    static func problem(of quiz: Quiz) -> String? {
        switch quiz.answer {
        case .equals(let text), .contains(let text):
            return text.trimmed.isEmpty ? "the right answer is empty" : nil
        case .choices(let choices):
            if !choices.contains(where: \.isRight) { return "no choice is right" }
            return problem(of: choices)
        case .choice(let choices):
            let right = choices.filter(\.isRight).count
            if right == 0 { return "no choice is right" }
            if right > 1 { return "\(right) choices are right, where only one can be chosen; write '[*]' for several" }
            return problem(of: choices)
        }
    }

    private static func problem(of choices: [Quiz.Choice]) -> String? {
        var seen: [String: Bool] = [:]
        for choice in choices {
            let text = choice.text.trimmed
            if text.isEmpty { return "a choice is empty" }
            // Twice the same is clumsy; only marks that differ leave nobody a right answer.
            if let isRight = seen.updateValue(choice.isRight, forKey: text), isRight != choice.isRight {
                return "the choice '\(text)' is both right and wrong"
            }
        }
        return choices.count > 1 ? nil : "there is only one choice"
    }
}

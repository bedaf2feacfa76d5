public import Diagnostics

/// A question with its answer key (`>>Question<<` and the lines under it).
public struct Quiz: Hashable, Codable, Sendable {
    /// How an answer is compared.
    public enum Answer: Hashable, Codable, Sendable {
        /// `=== text`: the answer, trimmed, is this text.
        case equals(String)
        /// `=~= text`: the answer contains this text.
        case contains(String)
        /// `[*]` and `[ ]`: all and only the right choices.
        case choices([Choice])
        /// `(*)` and `( )`: one choice.
        case choice([Choice])
    }

    /// One of several answers to choose from.
    public struct Choice: Hashable, Codable, Sendable {
        /// In Markdown, as the page writes it.
        public var text: String
        /// The author marks the choice as right.
        public var isRight: Bool

        /// Takes the values as they are, an empty text included.
        public init(text: String, isRight: Bool) {
            self.text = text
            self.isRight = isRight
        }
    }

    /// Where the question is.
    public var place: SourcePlace
    /// In Markdown, as the page writes it.
    public var question: String
    /// What counts as right.
    public var answer: Answer

    /// Takes the values as they are; ``Answer/faults`` says what is wrong with an answer key.
    public init(place: SourcePlace, question: String, answer: Answer) {
        self.place = place
        self.question = question
        self.answer = answer
    }
}

extension Quiz {
    /// What keeps learners from giving the right answer.
    public enum Fault: Hashable, Sendable {
        case answerIsEmpty
        case choiceIsEmpty
        case noneIsRight
        /// So many, where only one can be chosen.
        case severalAreRight(Int)
        /// The text of a choice that appears twice, marked differently.
        case contradiction(String)
        case onlyOneChoice
    }
}

extension Quiz.Answer {
    /// What is wrong with the answer key; empty for one that a learner can satisfy.
    ///
    /// Blanks around texts don't count. Twice the same choice with the same mark is clumsy, and no fault.
    public var faults: [Quiz.Fault] {
        switch self {
        case .equals(let text), .contains(let text): text.withoutOuterBlanks.isEmpty ? [.answerIsEmpty] : []
        case .choices(let choices):
            (choices.contains(where: \.isRight) ? [] : [.noneIsRight]) + Self.faults(of: choices)
        case .choice(let choices): Self.faultsOfMarks(of: choices) + Self.faults(of: choices)
        }
    }

    private static func faultsOfMarks(of choices: [Quiz.Choice]) -> [Quiz.Fault] {
        let right = choices.filter(\.isRight).count
        return right == 1 ? [] : [right == 0 ? .noneIsRight : .severalAreRight(right)]
    }

    private static func faults(of choices: [Quiz.Choice]) -> [Quiz.Fault] {
        var seen: [Substring: Bool] = [:]
        for choice in choices {
            let text = choice.text.withoutOuterBlanks
            if text.isEmpty { return [.choiceIsEmpty] }
            if let isRight = seen.updateValue(choice.isRight, forKey: text), isRight != choice.isRight {
                return [.contradiction(String(text))]
            }
        }
        return choices.count == 1 ? [.onlyOneChoice] : []
    }
}

extension Quiz.Fault: CustomStringConvertible {
    /// One sentence, without its full stop.
    public var description: String {
        switch self {
        case .answerIsEmpty: "the right answer is empty"
        case .choiceIsEmpty: "a choice is empty"
        case .noneIsRight: "no choice is right"
        case .severalAreRight(let count): "\(count) choices are right, where only one can be chosen"
        case .contradiction(let text): "the choice '\(text)' is both right and wrong"
        case .onlyOneChoice: "there is only one choice"
        }
    }
}

extension String {
    fileprivate var withoutOuterBlanks: Substring {
        var text = self[...].drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}

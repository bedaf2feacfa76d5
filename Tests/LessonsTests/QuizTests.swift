import Lessons
import Testing

@Suite struct QuizTests {
    private func problem(_ answer: Quiz.Answer) -> String? { answer.faults.first?.description }

    private func choices(_ marks: String) -> [Quiz.Choice] {
        marks.enumerated().map { Quiz.Choice(text: "choice \($0.offset)", isRight: $0.element == "*") }
    }

    @Test func aConsistentKeyIsFine() {
        #expect(problem(.equals("test")) == nil)
        #expect(problem(.choices(choices("**."))) == nil)
        #expect(problem(.choice(choices(".*"))) == nil)
    }

    @Test func theSameChoiceTwiceIsOnlyClumsy() {
        let twice = [("a", false), ("a", false), ("b", true)].map { Quiz.Choice(text: $0.0, isRight: $0.1) }
        #expect(problem(.choice(twice)) == nil)
        #expect(problem(.choices([.init(text: "a", isRight: true)])) == "there is only one choice")
    }

    @Test func everyFaultIsNamed() {
        let choices = [("a", true), ("a", false), ("b", true)].map { Quiz.Choice(text: $0.0, isRight: $0.1) }
        #expect(Quiz.Answer.choice(choices).faults == [.severalAreRight(2), .contradiction("a")])
    }

    @Test func aKeyThatNobodyCanSatisfyIsNamed() {
        #expect(problem(.equals(" ")) == "the right answer is empty")
        #expect(problem(.contains("")) == "the right answer is empty")
        #expect(problem(.choices(choices(".."))) == "no choice is right")
        #expect(problem(.choice(choices(".."))) == "no choice is right")
        #expect(problem(.choice(choices("**.")))?.hasPrefix("2 choices are right") == true)
        #expect(
            problem(.choice([.init(text: "a", isRight: true), .init(text: "a ", isRight: false)]))?.contains("both")
                == true)
        #expect(
            problem(.choice([.init(text: "a", isRight: true), .init(text: "", isRight: false)])) == "a choice is empty")
    }
}

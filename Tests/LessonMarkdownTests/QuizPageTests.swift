import Foundation
import LessonMarkdown
import Lessons
import Testing

/// The page for authors shows questions that are read as it says.
@Suite("The page on questions")
struct QuizPageTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Lessons/LessonMarkdown/LessonMarkdown.docc/Quizzes.md")

    @Test("its examples are the four kinds, each with a key that can be satisfied")
    func examples() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let examples = text.components(separatedBy: "```markdown\n").dropFirst().map {
            String($0.prefix(upTo: $0.range(of: "```")?.lowerBound ?? $0.endIndex))
        }
        let quizzes = examples.flatMap { LessonReader().page(markdown: $0, file: "page.md").quizzes }
        #expect(
            quizzes.map(\.answer) == [
                .equals("9001"), .contains("topics"),
                .choices([
                    .init(text: "MariaDB", isRight: true), .init(text: "MongoDB", isRight: true),
                    .init(text: "curl", isRight: false),
                ]),
                .choice([.init(text: "the customer", isRight: true), .init(text: "the broker", isRight: false)]),
            ])
        let isSound = quizzes.allSatisfy { $0.answer.faults.isEmpty && !$0.question.isEmpty }
        #expect(isSound)
    }
}

import Lessons
import Testing

@testable import LessonExpectations

@Suite struct ErrorValueTests {
    @Test func errorAmongLatinWordsIsAWord() {
        let sample = Sample(documented: "{ description: 'dolor at cumque neque' }", wording: .similar)
        #expect(sample.compare(with: "{ description: 'error consequatur quia' }").holds)
        #expect(sample.compare(with: "{ description: 'quia error sit' }").holds)
    }

    @Test(arguments: [
        "error", "error: connection lost", "Error connecting", "connection refused", "internal server error",
    ])
    func aFieldThatReportsAnErrorIsNoDescription(_ text: String) {
        let sample = Sample(documented: "{ description: 'dolor at cumque neque' }", wording: .similar)
        #expect(!sample.compare(with: "{ description: '\(text)' }").holds)
    }
}

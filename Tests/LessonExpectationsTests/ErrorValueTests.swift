import Lessons
import Testing

@testable import LessonExpectations

@Suite struct ErrorValueTests {
    @Test func errorAmongLatinWordsIsAWord() {
        let sample = Sample(documented: "{ description: 'dolor at cumque neque' }", wording: .similar)
        #expect(sample.compare(with: "{ description: 'error consequatur quia' }").holds)
        #expect(sample.compare(with: "{ description: 'quia error sit' }").holds)
    }

    @Test func tenErrorsAreNotNone() {
        let sample = Sample(documented: "done", wording: .exact)
        #expect(!sample.compare(with: "done\n10 errors occurred: error: x", scope: .stream).holds)
        #expect(sample.compare(with: "0 errors\ndone", scope: .stream).holds)
    }

    @Test func numbersAfterAnElisionCount() {
        let sample = Sample(documented: "a\n...\ncount 5000", wording: .exact)
        #expect(sample.compare(with: "a\nx\ncount 5000").holds)
        #expect(!sample.compare(with: "a\nx\ncount 4000").holds)
    }

    @Test(arguments: [
        "error", "error: connection lost", "Error connecting", "connection refused", "internal server error",
    ])
    func aFieldThatReportsAnErrorIsNoDescription(_ text: String) {
        let sample = Sample(documented: "{ description: 'dolor at cumque neque' }", wording: .similar)
        #expect(!sample.compare(with: "{ description: '\(text)' }").holds)
    }
}

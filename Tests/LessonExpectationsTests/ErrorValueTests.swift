import Lessons
import Testing

@testable import LessonExpectations

@Suite struct ErrorValueTests {
    @Test func errorAmongLatinWordsIsAWord() {
        let sample = ParsedSample(documented: "{ description: 'dolor at cumque neque' }", wording: .similar)
        #expect(sample.compare(with: "{ description: 'error consequatur quia' }").matches)
        #expect(sample.compare(with: "{ description: 'quia error sit' }").matches)
    }

    @Test func tenErrorsAreNotNone() {
        let sample = ParsedSample(documented: "done", wording: .exact)
        #expect(!sample.compare(with: "done\n10 errors occurred: error: x", scope: .stream).matches)
        #expect(sample.compare(with: "0 errors\ndone", scope: .stream).matches)
    }

    @Test func numbersAfterAnElisionCount() {
        let sample = ParsedSample(documented: "a\n...\ncount 5000", wording: .exact)
        #expect(sample.compare(with: "a\nx\ncount 5000").matches)
        #expect(!sample.compare(with: "a\nx\ncount 4000").matches)
    }

    @Test(arguments: [
        "error", "error: connection lost", "Error connecting", "connection refused", "internal server error",
    ])
    func aFieldThatReportsAnErrorIsNoDescription(_ text: String) {
        let sample = ParsedSample(documented: "{ description: 'dolor at cumque neque' }", wording: .similar)
        #expect(!sample.compare(with: "{ description: '\(text)' }").matches)
    }
}

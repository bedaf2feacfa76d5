import LessonMarkdown
import Lessons
import Testing

@Suite struct DirectiveTests {
    private func sample(_ comment: String) -> Lessons.Expectation? {
        read("`a`{{execute}}\n\n<!-- lectern: \(comment) -->\n```java\nx\n```\n").expectations.first
    }

    @Test func sampleWordsReachTheBlockAfterThem() {
        #expect(sample("similar")?.directives.wording == .similar)
        #expect(sample("contains")?.directives.comparison == .contains)
        #expect(
            sample("regex unordered optional")?.directives
                == SampleDirectives(comparison: .regex, isUnordered: true, isOptional: true))
        #expect(sample("ignore timeout=500ms")?.directives.timeout == 0.5)
        #expect(
            sample("field:customer.email=email field:n=integer")?.directives.fieldClasses == [
                "customer.email": "email", "n": "integer",
            ])
        #expect(sample("screen")?.directives.source == .screen)
        #expect(sample("sample") != nil)
        #expect(sample("no-sample") == nil)
    }

    @Test func noSampleDeniesWhatWouldBeOne() {
        #expect(read("`a`{{execute}}\n<!-- lectern: no-sample -->\n```\nx\n```\n").expectations.isEmpty)
    }

    @Test func screenTakesInlineCodeInTheSentenceAfterIt() {
        let page = read(
            "`:12`{{execute}}\n\n<!-- lectern: screen -->\nNotice the statement `write(order)` at line 12.\n")
        #expect(page.pairs == ["4←1"])
        #expect(page.expectations.first?.text == "write(order)")
        #expect(page.expectations.first?.directives.source == .screen)
    }

    @Test func actionWordsReachTheActionAfterThem() {
        let page = read("<!-- lectern: retry status=1,2 timeout=2m -->\n`a`{{execute}}\n`b`{{execute}}")
        #expect(
            page.actions.map(\.directives) == [
                ActionDirectives(allowedStatuses: [1, 2], retries: true, timeout: 120), ActionDirectives(),
            ])
    }

    @Test func aTimeoutAloneBelongsToWhateverComesNext() {
        #expect(read("<!-- lectern: timeout=10 -->\n```\nls\n```{{execute}}").actions.first?.directives.timeout == 10)
        #expect(
            read("`a`{{execute}}\n<!-- lectern: timeout=10s -->\n```\nls\n```").expectations.first?.directives.timeout
                == 10)
    }

    @Test(arguments: [
        ("smilar", "3:15 error unknown word 'smilar'"), ("timeout=soon", "3:15 error 'timeout=soon' is no time"),
        ("exact similar", "3:21 error 'similar' contradicts 'exact'"),
        ("status=x", "3:15 error 'status=x' names no exit status"),
        ("field:=integer", "3:15 error 'field:=integer' names no field"),
        ("", "3:5 error 'lectern:' is followed by no word"),
    ])
    func wrongWordsAreErrorsAtTheirPlace(comment: String, problem: String) {
        let page = read("`a`{{execute}}\n\n<!-- lectern: \(comment) -->\n```\nx\n```\n")
        #expect(page.problems.contains { $0.hasPrefix(problem) }, "\(page.problems)")
    }

    @Test func commentsThatNothingFollowsAreErrors() {
        #expect(
            read("`a`{{execute}}\n\n<!-- lectern: similar -->\n").problems == [
                "3:1 error no sample follows this comment"
            ])
        #expect(read("<!-- lectern: retry -->\ntext").problems == ["1:1 error no action follows this comment"])
    }

    @Test func otherCommentsSayNothing() {
        #expect(read("<!-- TODO: similar -->\n\n<!-- lectern-ish -->").problems.isEmpty)
    }
}

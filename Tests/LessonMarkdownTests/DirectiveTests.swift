import Diagnostics
import LessonMarkdown
import Lessons
import Testing

@Suite struct DirectiveTests {
    private func sample(_ comment: String) -> Lessons.Sample? {
        read("`a`{{execute}}\n\n<!-- lectern: \(comment) -->\n```java\nx\n```\n").samples.first
    }

    @Test func sampleWordsReachTheBlockAfterThem() {
        #expect(sample("similar")?.directives.wording == .similar)
        #expect(sample("contains")?.directives.comparison == .contains)
        #expect(
            sample("contains unordered optional")?.directives
                == SampleDirectives(comparison: .contains, isUnordered: true, isOptional: true))
        #expect(sample("regex optional")?.directives == SampleDirectives(comparison: .regex, isOptional: true))
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
        #expect(read("`a`{{execute}}\n<!-- lectern: no-sample -->\n```\nx\n```\n").samples.isEmpty)
    }

    @Test func screenTakesInlineCodeInTheSentenceAfterIt() {
        let page = read(
            "`:12`{{execute}}\n\n<!-- lectern: screen -->\nNotice the statement `write(order)` at line 12.\n")
        #expect(page.pairs == ["4←1"])
        #expect(page.samples.first?.text == "write(order)")
        #expect(page.samples.first?.directives.source == .screen)
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
            read("`a`{{execute}}\n<!-- lectern: timeout=10s -->\n```\nls\n```").samples.first?.directives.timeout
                == 10)
    }

    @Test(arguments: [
        ("smilar", "3:15 error unknown word 'smilar'"), ("timeout=soon", "3:15 error 'timeout=soon' is not a time"),
        ("exact similar", "3:21 error 'similar' contradicts 'exact'"),
        ("status=x", "3:15 error 'status=x' does not name an exit status"),
        ("field:=integer", "3:15 error 'field:=integer' does not name a field"),
        ("", "3:5 error 'lectern:' must be followed by a word"),
        ("similiar", "3:15 error unknown word 'similiar'; did you mean 'similar'?"),
        ("timeout", "3:15 error 'timeout' needs a value; write it as 'timeout=10s'"),
        ("timeout=10 timeout=20", "3:26 error 'timeout=20' contradicts 'timeout=10'"),
        ("timeout=0", "3:15 error 'timeout=0' is not a time"),
        ("retry retry", "3:21 error 'retry' is given twice"),
        ("contains regex", "3:24 error 'regex' contradicts 'contains'"),
        ("sample no-sample", "3:22 error 'no-sample' contradicts 'sample'"),
        ("similar no-sample", "3:23 error 'no-sample' contradicts 'similar'"),
        ("regex unordered", "3:21 error 'unordered' contradicts 'regex'"),
        ("ignore exact", "3:22 error 'exact' contradicts 'ignore'"),
        ("field:n=integr", "3:15 error unknown class 'integr' of a field; did you mean 'integer'?"),
        ("field:n=Integer", "3:15 error unknown class 'Integer' of a field; did you mean 'integer'?"),
        ("field:n=number", "3:15 error unknown class 'number' of a field; known are uuid, object-id,"),
        ("field:n=integer field:n=text", "3:31 error 'field:n=text' contradicts 'field:n=integer'"),
        ("status=256", "3:15 error 'status=256' does not name an exit status"),
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

    @Test func anErrorPointsAtTheWholeWord() {
        let page = read("`a`{{execute}}\n\n<!-- lectern: smilar -->\n```\nx\n```\n")
        #expect(page.warnings.first?.excerpt == "  <!-- lectern: smilar -->\n                ^^^^^^")
    }

    @Test func aColonThatIsMissingIsAnError() {
        #expect(
            read("`a`{{execute}}\n\n<!-- lectern similar -->\n```\nx\n```\n").problems == [
                "3:6 error 'lectern' must be followed by a colon: '<!-- lectern: … -->'"
            ])
    }

    @Test(arguments: [
        ("(unclosed", "5:1 error '(unclosed' is not a regular expression that can be used: a group is not closed"),
        (
            "(a{1,900}){1,900}",
            "5:1 error '(a{1,900}){1,900}' is not a regular expression that can be used: the repetitions multiply"
        ),
        (#"(a)\1"#, #"5:1 error '(a)\1' is not a regular expression that can be used: a back reference"#),
    ])
    func expressionsThatCannotBeUsedAreErrorsAtTheirLine(expression: String, problem: String) {
        let page = read("`a`{{execute}}\n\n<!-- lectern: regex -->\n```\n\(expression)\n```\n")
        #expect(page.problems.contains { $0.hasPrefix(problem) }, "\(page.problems)")
    }

    @Test(arguments: ["[(+]+", "a{2,}b+", "(ab)+", "(a|b){3}", #"\(a+\)+"#])
    func ordinaryExpressionsAreNone(expression: String) {
        #expect(read("`a`{{execute}}\n\n<!-- lectern: regex -->\n```\n\(expression)\n```\n").problems.isEmpty)
    }

    @Test func aSampleThatNoActionStandsBeforeIsAnError() {
        #expect(
            read("<!-- lectern: similar -->\n```\nx\n```\n").problems == [
                "2:1 error the comment asks for a sample, but there is no action before it"
            ])
    }

    @Test func otherCommentsSayNothing() {
        #expect(read("<!-- TODO: similar -->\n\n<!-- lectern-ish -->").problems.isEmpty)
        #expect(read("<!-- lectern is a reading desk -->").problems.isEmpty)
    }
}

import Lessons
import Testing

@testable import LessonExpectations

/// Kinds of values and differences that were once judged wrongly, each with an example of its own.
struct KindTests {
    private func holds(
        _ documented: String, _ actual: String, _ wording: Wording = .exact, command: String = "", sentence: String = ""
    ) -> Bool {
        ParsedSample(documented: documented, wording: wording, context: .init(command: command, sentence: sentence))
            .compare(with: actual).matches
    }

    private func sentences(_ documented: String, _ actual: String) -> [String] {
        ParsedSample(documented: documented, wording: .exact).compare(with: actual).differences.map(\.sentence)
    }

    @Test("a total is a size above a long listing alone")
    func totals() {
        #expect(!holds("total 40", "total 41"))
        #expect(
            holds("total 40\n-rw-r--r-- 1 ann ann 7 Nov 11 10:00 a", "total 41\n-rw-r--r-- 1 ann ann 9 Nov 12 11:00 a"))
    }

    @Test("an abbreviated commit of digits alone is a commit")
    func commits() {
        #expect(holds("Updating 3f1c2aa..77b0e19", "Updating 1234567..8901234"))
        #expect(holds("   0a1b2c3..7654321  main -> main", "   9f8e7d6..5c4b3a2  main -> main"))
    }

    @Test("a capital M counts bytes, and nothing used is a size as well")
    func sizes() {
        #expect(holds("Size  Used\n120M   31M", "Size  Used\n1.2G     0"))
        #expect(!holds("took 12m", "took 12M"))
    }

    @Test("letters composed in one way or the other are equal, and what has no width is nothing")
    func letters() {
        #expect(holds("na\u{00EF}ve", "nai\u{0308}ve"))
        #expect(holds("done", "\u{FEFF}done\u{200B}"))
        #expect(sentences("p\u{0430}ge 1", "page 1").first?.contains("U+0061 in place of U+0430") ?? false)
    }

    @Test("a date that Python prints as a call is a date")
    func printedDates() { #expect(holds("datetime.date(2026, 3, 9)", "datetime.date(2031, 12, 24)")) }

    @Test("a long text shows the place at which it differs, and how much of it came")
    func longTexts() {
        let text = String(repeating: "grind the rye ", count: 30)
        #expect(sentences("\"\(text)a\"", "\"\(text)b\"").first?.contains("from character 42") ?? false)
        let word = String(repeating: "ab", count: 200)
        #expect(sentences(word + "x", word + "y").first?.contains("from character") ?? false)
    }

    @Test("after an error the last line of the output is among the differences")
    func causes() {
        let frames = (1...60).map { "  File \"/usr/lib/a\($0).py\", line \($0), in call\n    go()" }.joined(
            separator: "\n")
        let output = "Traceback (most recent call last):\n\(frames)\nOSError: [Errno 98] Address already in use\n"
        let found = sentences("Serving on port 8000", output)
        #expect(found.contains { $0.contains("OSError: [Errno 98] Address already in use") })
        #expect(found.count < 6)
    }

    @Test("an error beside the expected lines is never overlooked, whatever the sentence says")
    func errors() {
        for sentence in [
            "It should include:", "The first lines are:", "It ends with:", "In any order:", "A random text:",
        ] {
            #expect(!holds("a b c\nd e f", "a b c\nd e f\nfatal: the stone broke", .similar, sentence: sentence))
        }
    }
}

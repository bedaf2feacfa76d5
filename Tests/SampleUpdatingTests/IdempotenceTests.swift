import LessonMarkdown
import Lessons
import SampleUpdating
import SeededNumbers
import Testing

/// Whatever a lesson prints: updating its pages twice is updating them once.
@Suite struct IdempotenceTests {
    private static let pieces = [
        "hello", "12 files copied", "id 89339b04-9c99-44cc-b0a6-ad8a5bba82e3", "{", "}", "[", "]", "  \"id\": 4,",
        "  \"id\": 5", "...", ".", "", "```", "$ ls -l", "NAME   READY", "web-1  1/1", "web-2  0/1", "ERROR: disk full",
        "key: value", "total=9", "`tick`", "# omitted", "2026-11-23 04:00:00 started", "> quoted", "- item", "├── a",
        "│   └── b", "{ \"a\": [1, 2, {\"b\": null}] }", "   indented", "| a | b |", "|---|---|", "name`{{execute}}",
    ]

    private static let frames: [@Sendable (String) -> String] = [
        { "```\n\($0)\n```" }, { "~~~text\n\($0)\n~~~" },
        { "You'll get the following output:\n\n```\n\($0)\n```" }, { "It looks similar to this:\n\n````\n\($0)\n````" },
        { "<!-- lectern: unordered -->\n```\n\($0)\n```" }, { "<!-- lectern: contains -->\n```\n\($0)\n```" },
        { _ in "" }, { _ in "That is all." }, { _ in "You'll get the following output:" },
        { "You'll get output as follows:\n\n`\($0.split(separator: "\n").first ?? "x")`" },
    ]

    @Test func updatingTwiceIsUpdatingOnce() {
        var random = SplitMix(state: 4)
        var written = 0
        for round in 0..<400 {
            func lines(_ most: Int) -> String {
                (0..<Int.random(in: 1...most, using: &random)).map { _ in
                    Self.pieces.randomElement(using: &random) ?? ""
                }.joined(separator: "\n")
            }
            var page = "# Page \(round)\n\n"
            var outputs: [String] = []
            for number in 0..<Int.random(in: 1...4, using: &random) {
                let sample = lines(8)
                page += "`command\(number) x`{{execute}}\n\n"
                page += (Self.frames.randomElement(using: &random)?(sample) ?? "") + "\n\n"
                outputs.append(Bool.random(using: &random) ? lines(12) : sample)
            }
            if Bool.random(using: &random) { page = page.replacing("\n", with: "\r\n") }
            let count = LessonReader().page(markdown: page, file: "page.md").actions.count
            let seen = Array(outputs.prefix(count))
            let once = update(page, seen, options: .init(refreshes: Bool.random(using: &random)))
            written += once.written.count
            let twice = update(text(once), seen, options: .init(refreshes: Bool.random(using: &random)))
            #expect(
                text(twice) == text(once), "round \(round):\n\(page)\nprinted:\n\(seen.joined(separator: "\n--\n"))")
            #expect(LessonReader().page(markdown: text(once), file: "page.md").actions.count == count)
        }
        #expect(written > 200)
    }
}

import Foundation
import TerminalSessions
import Testing

@Suite("The page on what a person's terminal is sent")
struct ShownSequencePageTests {
    /// When this fails, write the page anew: set `LECTERN_WRITE_PAGES` and run the test once more.
    @Test("it lists every sequence that is passed on, and no other")
    func table() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Terminals/TerminalSessions/TerminalSessions.docc/JoiningTerminals.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        let heading = "| behind ESC | parameters | what it does |\n| --- | --- | --- |\n"
        let beginning = try #require(text.range(of: heading)).lowerBound
        let rows = ShownSequence.all.map {
            "| `\($0.signature.replacing("`", with: "\\`"))` | \($0.parameters) | \($0.meaning) |\n"
        }
        let page = text[..<beginning] + heading + rows.joined()
        if ProcessInfo.processInfo.environment["LECTERN_WRITE_PAGES"] != nil { try Data(page.utf8).write(to: file) }
        #expect(text == page)
    }
}

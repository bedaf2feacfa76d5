import Diagnostics
import Testing

@Suite("Text for terminals")
struct StyledTextTests {
    /// One of each kind that a terminal obeys: C0, DEL, C1, and what reorders text.
    private static let commands = [
        "\u{1B}[2J", "\u{1B}]52;c;YQ==\u{7}", "\u{0}", "\u{8}", "\r", "\u{7F}", "\u{85}", "\u{9B}6n", "\u{9F}",
        "\u{61C}", "\u{200E}",
        "\u{200F}", "\u{202E}", "\u{2066}", "\u{2069}",
    ]

    @Test("what a text holds never becomes an escape code, in colour or not", arguments: commands)
    func hostile(text: String) {
        let line: StyledText = "a\(text)\(text, .bad)\(StyledText(text, .faint))"
        for isColoured in [false, true] {
            let codes = ["\u{1B}[31m", "\u{1B}[2m", "\u{1B}[0m"]
            let rest = codes.reduce(line.rendered(inColour: isColoured)) { $0.replacing($1, with: "") }
            let isInert = !rest.unicodeScalars.contains { $0.commandsTerminal }
            #expect(isInert)
            #expect(rest.contains("\u{FFFD}"))
        }
    }

    @Test("line feeds, tabs and letters of any script stay")
    func kept() {
        let text = "a\n\tb é 漢字 👩‍👩‍👧 שלום"
        #expect(text.printable == text)
        #expect(StyledText(text, .good).rendered(inColour: true) == "\u{1B}[32m\(text)\u{1B}[0m")
    }

    @Test("a style given to a whole leaves parts that have one as they are")
    func nested() {
        let whole: StyledText = "\("a\("b", .bad)c" as StyledText, .faint)"
        #expect(whole.rendered(inColour: true) == "\u{1B}[2ma\u{1B}[0m\u{1B}[31mb\u{1B}[0m\u{1B}[2mc\u{1B}[0m")
        #expect(whole.plain == "abc")
    }

    @Test("padding counts characters and no codes")
    func padding() { #expect(StyledText("✓", .good).padded(to: 3).plain == "✓  ") }

    @Test("JSON has what commands a terminal as escapes, and means the same", arguments: commands)
    func json(text: String) throws {
        let json = try ["key \(text)": "\\\"\(text)\\"].jsonText()
        let isInert = !json.unicodeScalars.contains { $0.commandsTerminal }
        #expect(isInert)
        let isQuoted = JSONText.quoted(text).unicodeScalars.allSatisfy { !$0.commandsTerminal && $0 != "\n" }
        #expect(isQuoted)
    }

    @Test("one line is one line")
    func oneLine() { #expect("a\r\nb\u{2028}c\u{202E}d\u{9B}e".oneLine == "a  b cd e") }
}

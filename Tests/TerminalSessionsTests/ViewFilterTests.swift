import TerminalProperties
import TerminalSessions
import Testing

@Suite("What of a lab's output a person's terminal is sent")
struct ViewFilterTests {
    private func shown(_ text: String, inPieces: Bool = false) -> String {
        var filter = ViewFilter()
        let bytes = Array(text.utf8)
        let shown = inPieces ? bytes.flatMap { filter.filter([$0]) } : filter.filter(bytes[...])
        return String(decoding: shown, as: UTF8.self)
    }

    @Test(
        "queries and prompt marks are left out, whole or in pieces; colours and titles stay", arguments: [false, true])
    func queries(inPieces: Bool) {
        let text =
            "a\u{1B}[6nb\u{1B}]133;B;n\u{7}c\u{1B}[31md\u{1B}]11;?\u{1B}\\e\u{1B}[cf\u{1B}]0;title\u{7}\u{1B}P$qm\u{1B}\\g"
        #expect(shown(text, inPieces: inPieces) == "abc\u{1B}[31mdef\u{1B}]0;title\u{1B}\\g")
    }

    @Test(
        "what a terminal answers, or obeys beyond its window, is left out",
        arguments: [
            "\u{1B}[?u", "\u{1B}[>1u", "\u{1B}[1;1;1;1;1;1*y", "\u{1B}[0x", "\u{1B}[?2;1;0S",
            "\u{1B}]1337;ReportVariable=x\u{7}", "\u{5}",
            "\u{1B}]52;c;YQ==\u{7}", "\u{1B}P0;0|17/61\u{1B}\\", "\u{1B}[5i", "\u{1B}[?4i", "\u{1B}[>0q",
            "\u{1B}[8;10;10t", "\u{1B}Z",
            "\u{1B} G", "\u{1B}%@", "\u{1B}_G\u{1B}\\", "\u{1B}^x\u{1B}\\", "\u{1B}Xx\u{1B}\\", "\u{1B}[?1004h",
            "\u{1B}]4;1;rgb:0/0/0\u{7}",
        ])
    func left(sequence: String) { #expect(shown("x\(sequence)y") == "xy") }

    @Test("a C1 control is no control, as a byte or as a character")
    func c1() {
        #expect(shown("a\u{9B}6nb") == "a\u{FFFD}6nb")
        var filter = ViewFilter()
        #expect(filter.filter([0x61, 0x9B, 0x36, 0x6E]) == Array("a\u{FFFD}6n".utf8))
    }

    @Test("of several modes those that may be set are passed on")
    func modes() {
        #expect(shown("\u{1B}[?1000;1004;1006h") == "\u{1B}[?1000;1006h")
        #expect(shown("\u{1B}[?1004;2026h") == "")
    }

    @Test("a number beyond any screen becomes a large one")
    func numbers() { #expect(shown("x\u{1B}[99999999999b") == "x\u{1B}[9999b") }

    @Test("a title is cut and loses its controls")
    func title() {
        #expect(shown("\u{1B}]2;a\u{9B}b\u{202E}c\u{7}") == "\u{1B}]2;a bc\u{1B}\\")
        #expect(shown("\u{1B}]0;\(String(repeating: "t", count: 4000))\u{7}").count < 140)
    }

    @Test("a link leads to the web or to an address, and nowhere else")
    func links() {
        #expect(shown("\u{1B}]8;id=a b;https://h/?q=1\u{7}") == "\u{1B}]8;id=ab;https://h/?q=1\u{1B}\\")
        #expect(shown("\u{1B}]8;;file:///etc/passwd\u{7}") == "\u{1B}]8;;\u{1B}\\")
        #expect(shown("\u{1B}]8;;http://a\u{1F600}\u{7}") == "\u{1B}]8;;\u{1B}\\")
    }

    @Test(
        "every listed sequence is passed on, and no terminal objects to it",
        arguments: ShownSequence.all.map(\.signature))
    func listed(signature: String) {
        let isModes = signature.hasSuffix("h") || signature.hasSuffix("l")
        let last = signature.index(before: signature.endIndex)
        let sequence =
            isModes
            ? "\u{1B}\(signature[..<last])\(signature.contains("?") ? "25" : "4")\(signature[last])"
            : "\u{1B}\(signature)"
        #expect(shown(sequence) == sequence)
        #expect(AnsweringTerminal.objection(to: Array(sequence.utf8)) == nil)
    }

    @Test("a title that begins with a combining mark is a title, to the filter and to the terminal that checks")
    func combiningTitle() {
        let title = "\u{1B}]2;\u{65B}6n\u{1B}\\"
        #expect(shown(title) == title)
        #expect(AnsweringTerminal.objection(to: Array(title.utf8)) == nil)
    }

    @Test("damaged and mixed hostile sequences never come out", arguments: [1, 2, 3] as [UInt64])
    func hostile(seed: UInt64) {
        var properties = TerminalProperties(seed: seed)
        for _ in 0..<5000 {
            guard let failure = properties.hostileView() else { continue }
            Issue.record("\(failure)")
            return
        }
    }

    @Test(
        "the terminal that checks objects to what terminals answer",
        arguments: ["\u{1B}[6n", "\u{5}", "\u{9B}c", "\u{1B}]52;c;?\u{1B}\\", "\u{1B}["])
    func checks(sequence: String) { #expect(AnsweringTerminal.objection(to: Array(sequence.utf8)) != nil) }
}

@Suite("A service's log as text")
struct LogFilterTests {
    private func text(_ log: String, keepsColours: Bool = false) -> String {
        var filter = LogFilter(keepsColours: keepsColours)
        return String(decoding: filter.filter(Array(log.utf8)) + filter.finish(), as: UTF8.self)
    }

    @Test("sequences are left out and controls replaced")
    func plain() {
        #expect(text("a\u{1B}]52;c;YQ==\u{7}\u{1B}[2J\u{1B}[31mb\u{1B}[m\u{8}\tc\n") == "ab\u{FFFD}\tc\n")
        #expect(text("x\u{9B}2J \u{202E}y") == "x\u{FFFD}2J \u{FFFD}y")
    }

    @Test("nothing is drawn over: a carriage return begins a line")
    func returns() { #expect(text("10%\r20%\r\ndone\r\r\n") == "10%\n20%\ndone\n") }

    @Test("colours stay when they are wanted, and end with the log")
    func colours() {
        #expect(text("\u{1B}[31mred\u{1B}[2J\n", keepsColours: true) == "\u{1B}[31mred\n\u{1B}[0m")
        #expect(text("\u{1B}[>4;2mx", keepsColours: true) == "x\u{1B}[0m")
    }

    @Test("half a character at the end is one that is broken")
    func halves() {
        var filter = LogFilter()
        #expect(filter.filter([0x61, 0xE2]) == [0x61])
        #expect(filter.finish() == Array("\u{FFFD}".utf8))
    }
}

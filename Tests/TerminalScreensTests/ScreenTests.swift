import Testing

@testable import TerminalScreens

private func lines(_ text: String, columns: Int = 10, rows: Int = 4) -> [String] {
    let screen = Screen(columns: columns, rows: rows, nonce: "n")
    screen.feed(text.utf8)
    return screen.snapshot.lines
}

private func recorded(_ text: String, columns: Int = 10, rows: Int = 4) -> String {
    let screen = Screen(columns: columns, rows: rows, nonce: "n")
    screen.record(from: screen.position)
    screen.feed(text.utf8)
    return screen.recordedText(to: screen.position).text
}

@Suite struct ScreenTests {
    @Test func carriageReturnsAndBackspacesLeaveTheLastState() {
        #expect(lines("10%\r50%\r100%") == ["100%"])
        #expect(lines("abc\u{8}\u{8}X") == ["aXc"])
        #expect(recorded("loading...\r\u{1B}[Kdone\r\n") == "done")
    }

    @Test func coloursGoAndTabsBecomeBlanks() {
        #expect(lines("\u{1B}[1;31mred\u{1B}[0m\tx") == ["red     x"])
    }

    @Test func aSoftWrappedLineIsOneLineAgain() {
        #expect(recorded("abcdefghijklmno\r\nx\r\n") == "abcdefghijklmno\nx")
    }

    @Test func aLineAsLongAsTheTerminalDoesNotSwallowTheNext() {
        #expect(recorded("abcdefghij\r\nx\r\n") == "abcdefghij\nx")
        #expect(recorded("abcdefghij\nx\r\n") != "abcdefghijx")
    }

    @Test func aLongLineStaysOneWhenItScrollsAway() {
        let long = String(repeating: "0123456789", count: 12) + "end"
        #expect(recorded(long + "\r\nx\r\ny\r\nz\r\n") == long + "\nx\ny\nz")
    }

    @Test func wideAndCombiningCharactersKeepTheirPlaces() {
        #expect(lines("漢字e\u{301}!") == ["漢字e\u{301}!"])
        #expect(recorded("abcdefghi漢!\r\n") == "abcdefghi漢!")
    }

    @Test func halfOfAnOverwrittenWideCharacterGoesToo() {
        #expect(lines("漢字\u{1B}[1;2HX") == [" X字"])
    }

    @Test func clearingTheScreenBeginsTheRecordingAnew() {
        #expect(recorded("old\r\n\u{1B}[H\u{1B}[2Jnew\r\n") == "new")
        #expect(recorded("old\r\n\u{1B}[H\u{1B}[Jnew\r\n") == "new")
    }

    @Test func theNormalScreenIsBackAfterAFullScreenProgram() {
        let screen = Screen(columns: 10, rows: 4, nonce: "n")
        screen.record(from: screen.position)
        screen.feed("$ vi\r\n".utf8)
        screen.feed("\u{1B}[?1049h\u{1B}[2J\u{1B}[Htext".utf8)
        #expect(screen.snapshot.isAlternateScreen)
        #expect(screen.snapshot.lines == ["text"])
        screen.feed("\u{1B}[?1049l".utf8)
        #expect(screen.snapshot.lines == ["$ vi"])
        #expect(screen.recordedText(to: screen.position).text == "$ vi")
    }

    @Test func unknownSequencesAndBrokenUTF8DoNoHarm() {
        #expect(lines("a\u{1B}_hidden\u{1B}\\b\u{1B}]99;x\u{7}c\u{1B}Pq#1\u{1B}\\d\u{1B}[?9999h") == ["abcd"])
        let screen = Screen(columns: 10, rows: 4, nonce: "n")
        screen.feed([0x61, 0xFF, 0xC3, 0x28, 0x62])
        #expect(screen.snapshot.lines.first?.hasPrefix("a") == true)
    }

    @Test func onlyMarksWithTheNonceAreBelieved() {
        let screen = Screen(columns: 10, rows: 4, nonce: "secret")
        var marks: [PromptMark] = []
        let text =
            "\u{1B}]133;D;3;secret\u{7}\u{1B}]133;D;0;guess\u{7}\u{1B}]133;A;3;secret\u{1B}\\$ \u{1B}]133;B;secret\u{7}"
            + "\u{1B}]133;A;k=s;secret\u{7}\u{1B}]133;C;secret\u{7}"
        screen.feed(text.utf8) { mark, _ in marks.append(mark) }
        #expect(
            marks == [.commandEnd(status: 3), .promptStart(status: 3), .promptEnd, .continuationStart, .commandStart])
    }

    @Test func queriesAreAnswered() {
        let screen = Screen(columns: 10, rows: 4, nonce: "n")
        screen.feed("ab\u{1B}[6n\u{1B}]11;?\u{7}".utf8)
        let answers = String(decoding: screen.takeAnswers(), as: UTF8.self)
        #expect(answers == "\u{1B}[1;3R\u{1B}]11;rgb:0000/0000/0000\u{1B}\\")
        #expect(screen.answers.isEmpty)
    }

    @Test func whatAProgramLeftBehindIsTakenBack() {
        let screen = Screen(columns: 10, rows: 4, nonce: "n")
        screen.feed("\u{1B}[2;3r\u{1B}[?25l\u{1B}[?1049h\u{1B}[4;1Hx".utf8)
        #expect(!screen.modes.reset.isEmpty)
        screen.inject(screen.modes.reset)
        #expect(screen.modes.reset.isEmpty)
        #expect(!screen.snapshot.isAlternateScreen)
        screen.feed("\r\n1\r\n2\r\n3\r\n4\r\n5".utf8)
        #expect(screen.snapshot.lines == ["2", "3", "4", "5"])
    }

    @Test func aRepaintShowsTheSameElsewhere() {
        let screen = Screen(columns: 12, rows: 4, nonce: "n")
        screen.feed("\u{1B}[32mgreen\u{1B}[0m plain\r\n漢 \u{1B}[1;44mbold\u{1B}[0m\r\n\u{1B}[?1h$ ".utf8)
        let copy = Screen(columns: 12, rows: 4, nonce: "n")
        copy.feed("rubbish\u{1B}[31m".utf8)
        copy.feed(screen.repaint)
        #expect(copy.snapshot == screen.snapshot)
        #expect(copy.modes == screen.modes)
        #expect(copy.repaint == screen.repaint)
    }

    @Test func aSmallerScreenKeepsTheCursorsRow() {
        let screen = Screen(columns: 10, rows: 4, nonce: "n")
        screen.feed("1\r\n2\r\n3\r\n4".utf8)
        screen.resize(columns: 8, rows: 2)
        #expect(screen.snapshot.lines == ["3", "4"])
        #expect(screen.transcript(since: 0).text == "1\n2\n3\n4")
    }

    @Test func longOutputKeepsHeadAndTailAndCountsTheMiddle() {
        let screen = Screen(columns: 20, rows: 4, nonce: "n")
        screen.record(from: screen.position)
        for number in 1...200_000 { screen.feed("line \(number)\r\n".utf8) }
        let (text, dropped) = screen.recordedText(to: screen.position)
        #expect(text.hasPrefix("line 1\nline 2\n"))
        #expect(text.hasSuffix("line 199999\nline 200000"))
        #expect(dropped > 1_000_000)
        #expect(text.utf8.count < 600_000)
        #expect(text.contains("bytes left out"))
    }
}

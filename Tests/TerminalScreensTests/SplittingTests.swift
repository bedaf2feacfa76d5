import TerminalProperties
import Testing

@testable import TerminalScreens

@Suite struct SplittingTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func theScreenIsTheSameHoweverTheBytesAreSplit(seed: UInt64) {
        var properties = TerminalProperties(seed: seed)
        for _ in 0..<2000 {
            if let failure = properties.screen() {
                Issue.record("\(failure)")
                break
            }
        }
    }

    @Test func repeatingNothingComesToAnEnd() {
        let screen = Screen(columns: 11, rows: 5, nonce: "n")
        screen.feed("\u{1B}[5bx\u{1B}[2b\u{200B}\u{1B}[3b!".utf8)
        #expect(screen.snapshot.lines.first?.hasPrefix("xxx") == true)
    }

    @Test func aQueryDoesNotMoveACursorThatWasRestoredOutsideOfTheMargins() {
        // Origin mode and margins below the place that ESC 8 restores.
        let setUp = "\u{1B}[?6h\u{1B}[2;3r\u{1B}8"
        let (asked, unasked) = (
            Screen(columns: 11, rows: 5, nonce: "n"), Screen(columns: 11, rows: 5, nonce: "n")
        )
        asked.feed("\(setUp)\u{1B}[6nx".utf8)
        unasked.feed("\(setUp)x".utf8)
        #expect(asked.snapshot == unasked.snapshot)
        #expect(unasked.snapshot.lines == ["", "x"])
    }

    @Test func sequencesWithTooManyParametersDoNoHarm() {
        let screen = Screen(columns: 11, rows: 5, nonce: "n")
        for separator in [";", ":", "1;"] {
            screen.feed("\u{1B}[\(String(repeating: separator, count: 2000))mfine\r\n".utf8)
        }
        #expect(screen.snapshot.lines == ["fine", "fine", "fine"])
    }

    @Test func endlessSequencesTakeNoMemory() {
        let screen = Screen(columns: 11, rows: 5, nonce: "n")
        for opening in ["\u{1B}]", "\u{1B}_", "\u{1B}P", "\u{1B}["] {
            screen.feed(opening.utf8)
            for _ in 0..<100 { screen.feed([UInt8](repeating: 0x31, count: 10_000)) }
            screen.feed("\u{18}".utf8)
        }
        for _ in 0..<1000 { screen.feed("\u{1B}[6n\u{1B}[c".utf8) }
        #expect(screen.answers.count <= 4096)
        screen.feed("\u{1B}[H\u{1B}[2Jfine".utf8)
        #expect(screen.snapshot.lines == ["fine"])
    }
}

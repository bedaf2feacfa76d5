import Foundation
import Testing

@testable import TerminalScreens

/// Bytes such as broken, hostile or merely unusual programs write.
private struct ByteGenerator {
    var random: SplitMix

    private static let fragments: [String] = [
        "\u{1B}[", "\u{1B}]", "\u{1B}P", "\u{1B}_", "\u{1B}\\", "\u{7}", "\u{1B}]133;D;0;n\u{7}", "\u{1B}]133;B;n\u{7}",
        "\u{1B}]133;C;n\u{1B}\\", "\u{1B}[2J", "\u{1B}[H", "\u{1B}[?1049h", "\u{1B}[?1049l", "\u{1B}[2;3r", "\r\n",
        "\n",
        "\t", "\u{8}", "\u{1B}[6n", "\u{1B}[c", "\u{1B}[999;999H", "\u{1B}[10L", "\u{1B}[3M", "\u{1B}[5@", "\u{1B}[4P",
        "\u{1B}M", "\u{1B}c", "\u{1B}[!p", "\u{1B}7", "\u{1B}8", "\u{1B}[38;5;12m", "\u{1B}[48;2;1;2;3m", "漢字",
        "e\u{301}",
        "👩‍👩‍👧", "\u{1B}(0", "\u{E}", "\u{1B}[?7l", "\u{1B}[4h", "\u{1B}#8", "\u{1B}[3g", "\u{1B}[99999999999999T",
        "abcdefgh",
        "\u{1B}[2S", "\u{1B}[2T", "\u{1B}[5X", "\u{1B}[1K", "\u{1B}[?6h", "\u{18}", "\u{1B}#6", "\u{1B}[?3h",
    ]

    mutating func bytes() -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<random.below(24) {
            switch random.below(4) {
            case 0: bytes.append(UInt8(truncatingIfNeeded: random.next()))
            case 1: bytes.append(contentsOf: "xyz; 1\r".utf8.prefix(random.below(7)))
            default: bytes.append(contentsOf: Self.fragments[random.below(Self.fragments.count)].utf8)
            }
        }
        return bytes
    }
}

struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

private struct Result: Equatable {
    var snapshot: ScreenSnapshot
    var marks: [PromptMark] = []
    var answers: [UInt8]
    var text: String
    var history: String
    var repaint: [UInt8]
}

private func result(of pieces: [ArraySlice<UInt8>]) -> Result {
    let screen = Screen(columns: 11, rows: 5, nonce: "n")
    screen.record(from: screen.position)
    var marks: [PromptMark] = []
    for piece in pieces { screen.feed(piece) { mark, _ in marks.append(mark) } }
    return Result(
        snapshot: screen.snapshot, marks: marks, answers: screen.answers,
        text: screen.recordedText(to: screen.position).text, history: screen.transcript(since: 0).text,
        repaint: screen.repaint)
}

@Suite struct SplittingTests {
    /// `TERMINAL_FUZZ_ROUNDS` asks for a longer run.
    private let rounds = ProcessInfo.processInfo.environment["TERMINAL_FUZZ_ROUNDS"].flatMap { Int($0) } ?? 400

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func theScreenIsTheSameHoweverTheBytesAreSplit(seed: UInt64) {
        var generator = ByteGenerator(random: SplitMix(state: seed))
        for _ in 0..<rounds {
            let bytes = generator.bytes()
            let whole = result(of: [bytes[...]])
            #expect(result(of: bytes.indices.map { bytes[$0...$0] }) == whole, "\(bytes)")
            let cut = generator.random.below(bytes.count + 1)
            #expect(result(of: [bytes[..<cut], bytes[cut...]]) == whole, "\(bytes) cut at \(cut)")
        }
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

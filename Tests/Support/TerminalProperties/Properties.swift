package import TerminalScreens
import TerminalSessions

/// Everything that can be seen of a screen.
package struct ScreenOutcome: Equatable {
    package var snapshot: ScreenSnapshot
    package var position: TextPosition
    package var left: String
    package var marks: [PromptMark] = []
    package var answers: [UInt8]
    package var text: String
    package var dropped: Int
    package var history: String
    package var repaint: [UInt8]
    package var modes: TerminalModes
    package var erasures: Int

    package init(of pieces: [ArraySlice<UInt8>], shortcutLength: Int = 16) {
        let screen = Screen(columns: 11, rows: 5, nonce: "n", shortcutLength: shortcutLength)
        screen.record(from: screen.position)
        var marks: [PromptMark] = []
        for piece in pieces { screen.feed(piece) { mark, _ in marks.append(mark) } }
        snapshot = screen.snapshot
        position = screen.position
        left = screen.textLeftOfCursor
        self.marks = marks
        answers = screen.answers
        (text, dropped) = screen.recordedText(to: screen.position)
        history = screen.transcript(since: 0).text
        repaint = screen.repaint
        modes = screen.modes
        erasures = screen.erasures
    }
}

/// What must hold of terminals whatever is fed to them; each check says what doesn't, or `nil`.
package struct TerminalProperties {
    private var generator: ByteGenerator

    package init(seed: UInt64) { generator = ByteGenerator(seed: seed) }

    /// The screen is the same however the bytes are split, and whichever way plain text takes.
    package mutating func screen() -> String? {
        let bytes = generator.bytes()
        let whole = ScreenOutcome(of: [bytes[...]])
        if ScreenOutcome(of: [bytes[...]], shortcutLength: .max) != whole { return "\(bytes) with the emulator alone" }
        let cut = generator.random.below(bytes.count + 1)
        let isSingle = generator.random.below(2) == 0
        let pieces = isSingle ? bytes.indices.map { bytes[$0...$0] } : [bytes[..<cut], bytes[cut...]]
        let split = ScreenOutcome(of: pieces, shortcutLength: 1)
        if split != whole {
            return "\(bytes) \(isSingle ? "byte for byte" : "cut at \(cut)")\n\(split)\n\(whole)"
        }
        return nil
    }

    /// A person's terminal shows what the screen shows, and is asked nothing.
    package mutating func view() -> String? {
        // Ended, since a sequence that isn't complete is kept back.
        let bytes = generator.bytes() + [0x18, 0x20]
        var filter = ViewFilter()
        let cut = generator.random.below(bytes.count + 1)
        let pieces = [filter.filter(bytes[..<cut])[...], filter.filter(bytes[cut...])[...]]
        let shown = ScreenOutcome(of: pieces)
        let whole = ScreenOutcome(of: [bytes[...]])
        if shown.snapshot != whole.snapshot { return "\(bytes) cut at \(cut), as people see it" }
        if !shown.marks.isEmpty { return "\(bytes): people are shown marks" }
        return nil
    }

    /// Nothing that is made to command a person's terminal comes out of the filters, however the bytes are cut.
    package mutating func hostileView() -> String? {
        let bytes = generator.hostileBytes()
        let cut = generator.random.below(bytes.count + 1)
        var view = ViewFilter()
        let shown = view.filter(bytes[..<cut]) + view.filter(bytes[cut...])
        if let objection = AnsweringTerminal.objection(to: shown) { return "\(bytes) cut at \(cut): \(objection)" }
        var again = ViewFilter()
        if again.filter(shown[...]) != shown { return "\(bytes): filtered again it becomes another" }
        var log = LogFilter()
        let text = log.filter(Array(bytes[..<cut])) + log.filter(Array(bytes[cut...])) + log.finish()
        guard let characters = String(validating: text, as: UTF8.self) else { return "\(bytes): the log is no UTF-8" }
        let isPlain = characters.unicodeScalars.allSatisfy {
            ($0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) || $0 == "\n" || $0 == "\t")
                && !(0x202A...0x202E).contains($0.value) && !(0x2066...0x2069).contains($0.value)
        }
        return isPlain ? nil : "\(bytes): the log isn't plain"
    }

    /// Keys and echoes: any text is taken, and the echo of a line goes without taking output along.
    package mutating func keysAndEcho() -> String? {
        let text = String(decoding: generator.bytes(), as: UTF8.self)
        _ = try? keySequence(named: text)
        let typed = String(decoding: generator.bytes(), as: UTF8.self)
        let rest = withoutEcho(text, of: typed)
        if !Array(text.utf8).reversed().starts(with: Array(rest.utf8).reversed()) {
            return "\(text.debugDescription) without \(typed.debugDescription)"
        }
        let line = String(typed.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F })
        if withoutEcho(line + "\n" + text, of: line) != text {
            return "the echo of \(line.debugDescription) before \(text.debugDescription)"
        }
        return nil
    }
}

/// Modes of a terminal that a program can leave behind.
public struct TerminalModes: Hashable, Sendable {
    /// Pasted text arrives between `ESC[200~` and `ESC[201~` (DECSET 2004): whoever asks for it is reading input.
    public private(set) var bracketsPaste = false
    /// Private modes (DECSET) that are on though they begin off, or off though they begin on.
    public private(set) var changedPrivate: Set<Int> = []
    /// A scroll region (DECSTBM) or insert mode was set.
    public private(set) var needsReset = false

    /// Those that begin switched on: autowrap and a visible cursor.
    private static let initiallyOn: Set<Int> = [7, 25]
    /// Those that are followed; many others are only asked for, never missed.
    private static let followed: Set<Int> = [1, 6, 7, 25, 47, 1000, 1002, 1003, 1004, 1005, 1006, 1047, 1049]

    /// What a prompt needs to find the terminal as it should be; empty when nothing was left behind.
    ///
    /// The cursor stays where it is, except that leaving the alternate screen takes it back.
    public var reset: [UInt8] {
        guard needsReset || !changedPrivate.isEmpty else { return [] }
        var text = ""
        for mode in changedPrivate.sorted() {
            // Origin mode moves the cursor: it is reset between saving and restoring, below.
            if mode != 6 { text += "\u{1B}[?\(mode)\(Self.initiallyOn.contains(mode) ? "h" : "l")" }
        }
        text += "\u{1B}7\u{1B}[?6l\u{1B}[r\u{1B}[4l\u{1B}8\u{1B}[m"
        return Array(text.utf8)
    }

    /// What sets these modes in another terminal.
    var setting: String {
        var text = changedPrivate.sorted().map { "\u{1B}[?\($0)\(Self.initiallyOn.contains($0) ? "l" : "h")" }.joined()
        if bracketsPaste { text += "\u{1B}[?2004h" }
        return text
    }

    /// Notes a control sequence: its parameters and final byte.
    mutating func note(_ sequence: [UInt8]) {
        switch sequence.last {
        case UInt8(ascii: "h"), UInt8(ascii: "l"):
            let isOn = sequence.last == UInt8(ascii: "h")
            guard sequence.first == UInt8(ascii: "?") else {
                if isOn, sequence.first == UInt8(ascii: "4") { needsReset = true }
                return
            }
            for field in sequence.dropFirst().dropLast().split(separator: UInt8(ascii: ";")) {
                note(Int(String(decoding: field, as: UTF8.self)) ?? 0, isOn: isOn)
            }
        case UInt8(ascii: "r"):
            // `ESC[r` alone is the reset.
            needsReset = sequence.count > 1
        default: break
        }
    }

    private mutating func note(_ mode: Int, isOn: Bool) {
        if mode == 2004 { bracketsPaste = isOn }
        guard Self.followed.contains(mode) else { return }
        if isOn == Self.initiallyOn.contains(mode) {
            changedPrivate.remove(mode)
        } else {
            changedPrivate.insert(mode)
        }
    }
}

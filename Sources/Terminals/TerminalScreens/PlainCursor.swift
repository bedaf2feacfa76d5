/// Where plain text goes while the emulator is left out of it.
struct PlainCursor {
    var row: Int
    /// The last column when the next character wraps.
    var column: Int
    /// The last column has just been written: the next character goes to the next line.
    var wrapsNext = false
    /// The last character that was typed past the emulator, and where.
    var lastGlyph: (byte: UInt8, row: Int, column: Int)?
}

/// What decides whether plain text means no more than its characters, line ends and tabs, as far as sequences set it.
///
/// The emulator keeps all of it too, but doesn't tell.
struct PlainTextGate {
    private var wraps = true
    private var usesOrigin = false
    private var inserts = false
    private var newlineReturns = false
    private var hasRegion = false
    /// The character set that was put in G0 isn't ASCII.
    private var hasOtherSet = false
    private var isShifted = false
    private var hasSingleShift = false
    private(set) var hasOtherTabs = false

    var isOpen: Bool {
        wraps && !usesOrigin && !inserts && !newlineReturns && !hasRegion && !hasOtherSet && !isShifted
            && !hasSingleShift
    }

    mutating func noteControl(_ byte: UInt8) {
        if byte == 0x0E { isShifted = true }
        if byte == 0x0F { isShifted = false }
    }

    mutating func noteSlowText() { hasSingleShift = false }

    mutating func noteEscape(_ sequence: [UInt8]) {
        switch sequence[0] {
        case UInt8(ascii: "c"): self = PlainTextGate()
        case UInt8(ascii: "("): hasOtherSet = sequence != Array("(B".utf8)
        case UInt8(ascii: "n"), UInt8(ascii: "o"): isShifted = true
        case UInt8(ascii: "N"), UInt8(ascii: "O"): hasSingleShift = true
        case UInt8(ascii: "H"): hasOtherTabs = true
        default: break
        }
    }

    mutating func noteControlSequence(_ sequence: [UInt8]) {
        switch sequence.last {
        case UInt8(ascii: "h"): noteModes(sequence, isOn: true)
        case UInt8(ascii: "l"): noteModes(sequence, isOn: false)
        // `ESC[r` alone is the reset.
        case UInt8(ascii: "r"): hasRegion = sequence.count > 1
        case UInt8(ascii: "g"): hasOtherTabs = true
        default: break
        }
    }

    private mutating func noteModes(_ sequence: [UInt8], isOn: Bool) {
        let isPrivate = sequence.first == UInt8(ascii: "?")
        for field in sequence.split(whereSeparator: { $0 < 0x30 || $0 > 0x39 }) {
            switch (isPrivate, Int(String(decoding: field, as: UTF8.self)) ?? 0) {
            case (true, 6): usesOrigin = isOn
            case (true, 7): wraps = isOn
            case (false, 4): inserts = isOn
            case (false, 20): newlineReturns = isOn
            default: break
            }
        }
    }
}

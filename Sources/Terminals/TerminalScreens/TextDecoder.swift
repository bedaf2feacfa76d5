/// Makes UTF-8 whole and valid, so that the emulator never sees half a character.
///
/// Each byte that belongs to no character, each cut-off character and each C1 control (which xterm, reading UTF-8,
/// doesn't obey either) becomes U+FFFD.
struct TextDecoder {
    /// The bytes of a character that isn't complete yet.
    private var partial: [UInt8] = []
    private var missing = 0

    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// Characters without a width of their own, by the offset in the text that they follow. libvterm loses those that come
    /// apart from a glyph in the last column.
    private(set) var combining: [(offset: Int, scalar: UInt32)] = []

    /// `true` when plain ASCII can pass as it is.
    var isIdle: Bool { missing == 0 }

    mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) {
        combining.removeAll(keepingCapacity: true)
        for byte in bytes {
            if missing > 0 {
                if isContinuation(byte) {
                    partial.append(byte)
                    missing -= 1
                    if missing == 0 { complete(&text) }
                    continue
                }
                finish(&text)
            }
            switch byte {
            case 0..<0x80: text.append(byte)
            case 0xC2...0xDF: begin(byte, 1)
            case 0xE0...0xEF: begin(byte, 2)
            case 0xF0...0xF4: begin(byte, 3)
            default: text.append(contentsOf: Self.replacement)
            }
        }
    }

    /// A control sequence or another byte cuts the character off.
    mutating func finish(_ text: inout [UInt8]) {
        guard missing > 0 else { return }
        text.append(contentsOf: Self.replacement)
        missing = 0
    }

    private mutating func begin(_ byte: UInt8, _ count: Int) {
        partial.removeAll(keepingCapacity: true)
        partial.append(byte)
        missing = count
    }

    /// The second byte decides whether a sequence is overlong, a surrogate or beyond Unicode.
    private func isContinuation(_ byte: UInt8) -> Bool {
        guard byte & 0xC0 == 0x80 else { return false }
        guard partial.count == 1 else { return true }
        switch partial[0] {
        case 0xE0: return byte >= 0xA0
        case 0xED: return byte < 0xA0
        case 0xF0: return byte >= 0x90
        case 0xF4: return byte < 0x90
        default: return true
        }
    }

    private mutating func complete(_ text: inout [UInt8]) {
        var scalar = UInt32(partial[0]) & (0x7F >> UInt32(partial.count))
        for byte in partial.dropFirst() { scalar = scalar << 6 | UInt32(byte & 0x3F) }
        if scalar < 0xA0 {
            text.append(contentsOf: Self.replacement)
        } else if scalar >= 0x300, Unicode.Scalar(scalar)?.isCombining == true {
            combining.append((text.count, scalar))
        } else {
            text.append(contentsOf: partial)
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isCombining: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        // The vowels and final consonants of Korean syllables join the consonant before; two more characters did when
        // libvterm's table was made.
        default: (0x1160...0x11FF).contains(value) || value == 0x06DE || value == 0x1734
        }
    }
}

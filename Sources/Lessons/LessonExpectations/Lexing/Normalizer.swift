/// Makes of a terminal's output what a reader sees: no escape sequences, no overwritten progress, plain line ends.
enum Normalizer {
    static func normalized(_ text: String) -> Bytes {
        let bytes = Bytes(text.utf8)
        guard
            bytes.contains(where: {
                $0 < 0x20 && $0 != 0x0A && $0 != 0x09 || $0 == 0xC2 || $0 == 0x7F || $0 == 0xE2 || $0 == 0xEF
            })
        else {
            return bytes
        }
        var result = Bytes()
        result.reserveCapacity(bytes.count)
        var lineStart = 0
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            switch byte {
            case 0x1B:
                let end = escapeEnd(bytes, at)
                if let rows = rowsUp(bytes[at..<end]) {
                    // Lines that are drawn anew.
                    for _ in 0..<rows where lineStart > 0 {
                        lineStart = result[..<(lineStart - 1)].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
                    }
                    result.removeSubrange(lineStart...)
                }
                at = end
                continue
            case 0x0D:
                let after = bytes.end(of: at) { $0 == 0x0D }
                if after < bytes.count, bytes[after] != 0x0A {
                    // The line is written anew from its start.
                    result.removeSubrange(lineStart...)
                }
                at = after
                continue
            case 0x08:
                if result.count > lineStart { result.removeLast() }
            case 0x0A:
                result.append(byte)
                lineStart = result.count
            case 0xC2 where at + 1 < bytes.count && bytes[at + 1] == 0xA0:
                result.append(0x20)
                at += 1
            case 0xE2 where bytes.has("\u{200B}", at: at) || bytes.has("\u{2060}", at: at),
                0xEF where bytes.has("\u{FEFF}", at: at):
                // Has no width: nobody sees it.
                at += 2
            case 0x09: result.append(byte)
            case 0..<0x20, 0x7F: break
            default: result.append(byte)
            }
            at += 1
        }
        return result
    }

    /// How many lines an escape sequence goes up (`ESC [ 3 A`).
    private static func rowsUp(_ sequence: ArraySlice<UInt8>) -> Int? {
        guard sequence.count >= 3, sequence.last == UInt8(ascii: "A"),
            sequence[sequence.startIndex + 1] == UInt8(ascii: "[")
        else {
            return nil
        }
        let digits = sequence.dropFirst(2).dropLast()
        return digits.isEmpty ? 1 : Int(String(decoding: digits, as: UTF8.self)).map { min($0, 1_000) }
    }

    /// Past a CSI, OSC or two-byte escape sequence.
    private static func escapeEnd(_ bytes: Bytes, _ at: Int) -> Int {
        guard at + 1 < bytes.count else { return at + 1 }
        switch bytes[at + 1] {
        case UInt8(ascii: "["):
            let end = bytes.end(of: at + 2) { $0 >= 0x20 && $0 < 0x40 }
            return min(end + 1, bytes.count)
        case UInt8(ascii: "]"), UInt8(ascii: "P"):
            var end = at + 2
            while end < bytes.count, bytes[end] != 0x07, bytes[end] != 0x1B, bytes[end] != 0x0A { end += 1 }
            if end < bytes.count, bytes[end] == 0x1B { return min(end + 2, bytes.count) }
            return end < bytes.count && bytes[end] == 0x07 ? end + 1 : end
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "#"): return min(at + 3, bytes.count)
        default: return at + 2
        }
    }
}

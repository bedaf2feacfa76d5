/// Takes the queries of programs out of what people's terminals are shown: the session answers them, and a second answer
/// from a person's terminal would be typed into the program. Prompt marks go too.
package struct ViewFilter {
    private enum State { case ground, escape, control, string, stringEscape }

    private static let escape: UInt8 = 0x1B
    /// Longer sequences aren't shown.
    private static let limit = 65_536

    private var state = State.ground
    /// A sequence that isn't complete yet.
    private var held: [UInt8] = []
    private var isTooLong = false
    private var lastByte: UInt8 = 0

    package init() {}

    package mutating func filter(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var shown: [UInt8] = []
        if state == .ground, !bytes.contains(Self.escape) {
            shown = Array(bytes)
        } else {
            shown.reserveCapacity(bytes.count)
            for byte in bytes { take(byte, into: &shown) }
        }
        lastByte = shown.last ?? lastByte
        return shown
    }

    private mutating func take(_ byte: UInt8, into shown: inout [UInt8]) {
        switch state {
        case .ground: if byte == Self.escape { begin(into: &shown) } else { shown.append(byte) }
        case .escape, .control: takeInSequence(byte, into: &shown)
        case .string: takeInString(byte, into: &shown)
        case .stringEscape:
            if byte == UInt8(ascii: "\\") {
                hold(byte)
                finish(into: &shown)
            } else {
                // The string was never finished; another sequence begins.
                begin(into: &shown)
                take(byte, into: &shown)
            }
        }
    }

    private mutating func takeInSequence(_ byte: UInt8, into shown: inout [UInt8]) {
        switch byte {
        case Self.escape: begin(into: &shown)
        case 0x18, 0x1A: drop()
        // Controls act inside of a sequence, as if they stood before it.
        case 0..<0x20: shown.append(byte)
        case 0x7F: break
        case 0x80...: if state == .control { drop() }
        default:
            hold(byte)
            if state == .control {
                if byte >= 0x40 { finish(into: &shown) }
            } else if held.count == 2 {
                switch byte {
                case UInt8(ascii: "["): state = .control
                case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
                    state = .string
                default: if byte >= 0x30 { finish(into: &shown) }
                }
            } else if byte >= 0x30 {
                finish(into: &shown)
            }
        }
    }

    private mutating func takeInString(_ byte: UInt8, into shown: inout [UInt8]) {
        switch byte {
        case Self.escape:
            hold(byte)
            state = .stringEscape
        case 0x18, 0x1A: drop()
        default:
            hold(byte)
            let endsOnBell = held[1] == UInt8(ascii: "]") || held[1] == UInt8(ascii: "P")
            if byte == 0x07, endsOnBell { finish(into: &shown) }
        }
    }

    private var isQuery: Bool {
        let body = held.dropFirst(2)
        switch held[1] {
        case UInt8(ascii: "Z"): return true
        case UInt8(ascii: "["):
            // Device attributes, status reports, mode and window queries.
            return body.last == UInt8(ascii: "c") || body.last == UInt8(ascii: "n")
                || (body.last == UInt8(ascii: "p") && body.contains(UInt8(ascii: "$")))
                || (body.last == UInt8(ascii: "q") && body.first == UInt8(ascii: ">"))
                || body.last == UInt8(ascii: "t")
        case UInt8(ascii: "]"):
            return body.starts(with: "133;".utf8) || body.contains(UInt8(ascii: "?"))
        case UInt8(ascii: "P"):
            return body.starts(with: "$q".utf8) || body.starts(with: "+q".utf8)
        case UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"): return true
        default: return false
        }
    }

    private mutating func begin(into shown: inout [UInt8]) {
        // A sequence cuts off a character that isn't complete. This one may not be shown, so something else must (CAN).
        if shown.last ?? lastByte >= 0x80 { shown.append(0x18) }
        drop()
        state = .escape
        held.append(Self.escape)
    }

    private mutating func hold(_ byte: UInt8) {
        if held.count < Self.limit { held.append(byte) } else { isTooLong = true }
    }

    private mutating func finish(into shown: inout [UInt8]) {
        if !isTooLong, !isQuery { shown.append(contentsOf: held) }
        drop()
    }

    private mutating func drop() {
        held.removeAll(keepingCapacity: true)
        isTooLong = false
        state = .ground
    }
}

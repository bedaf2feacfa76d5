/// Takes the queries of programs out of what people's terminals are shown: the session answers them, and a second answer
/// from a person's terminal would be typed into the program. Prompt marks go too.
struct ViewFilter {
    private enum State { case ground, escape, control, string, stringEscape }

    private static let escape: UInt8 = 0x1B
    private static let limit = 65_536

    private var state = State.ground
    private var held: [UInt8] = []

    mutating func filter(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        if state == .ground, !bytes.contains(Self.escape) { return Array(bytes) }
        var shown: [UInt8] = []
        shown.reserveCapacity(bytes.count)
        for byte in bytes { take(byte, into: &shown) }
        return shown
    }

    private mutating func take(_ byte: UInt8, into shown: inout [UInt8]) {
        guard state != .ground || byte == Self.escape else {
            shown.append(byte)
            return
        }
        held.append(byte)
        switch state {
        case .ground: state = .escape
        case .escape:
            switch byte {
            case UInt8(ascii: "["): state = .control
            case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
                state = .string
            // A second ESC takes the place of the first.
            case Self.escape: held.removeLast()
            case UInt8(ascii: "Z"): drop()
            default: release(into: &shown)
            }
        case .control:
            if byte >= 0x40 || byte == 0x18 || byte == 0x1A || held.count > Self.limit {
                if isQuery { drop() } else { release(into: &shown) }
            }
        case .string, .stringEscape:
            if byte == Self.escape {
                state = .stringEscape
            } else if state == .stringEscape || byte == 0x07 || byte == 0x18 || byte == 0x1A {
                if isQuery { drop() } else { release(into: &shown) }
            } else if held.count > Self.limit {
                drop()
            }
        }
    }

    private var isQuery: Bool {
        let body = held.dropFirst(2)
        switch held[1] {
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
        default: return true
        }
    }

    private mutating func release(into shown: inout [UInt8]) {
        shown.append(contentsOf: held)
        drop()
    }

    private mutating func drop() {
        held.removeAll(keepingCapacity: true)
        state = .ground
    }
}

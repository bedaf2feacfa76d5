import TerminalScreens

/// What of a lab's output a person's terminal is sent: text, and the sequences that an allow list names.
///
/// The session answers the queries of programs; a second answer from a person's terminal would be typed into the lab, or into
/// the shell of the host once the person has left. So nothing passes that a terminal answers, that reaches beyond its window, or
/// that isn't known: ``ShownSequence`` and the titles and links of `ShownCommand` are all there is. What passes is complete,
/// valid UTF-8, and in no form that depends on how a terminal reads the bytes 0x80 to 0x9F.
///
/// Filtering what has been filtered changes nothing.
package struct ViewFilter {
    private var parser = StreamParser()

    package init() {}

    package mutating func filter(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var shown: [UInt8] = []
        shown.reserveCapacity(bytes.count)
        bytes.withUnsafeBufferPointer { buffer in
            parser.feed(buffer) { Self.append($0, to: &shown) }
        }
        return shown
    }

    private static func append(_ piece: StreamParser.Piece, to shown: inout [UInt8]) {
        switch piece {
        case .plain(let text):
            if text.allSatisfy(isShown) { shown.append(contentsOf: text) } else { shown += text.filter(isShown) }
        case .wide(let text): shown.append(contentsOf: text)
        case .combining(let scalar):
            if let scalar = Unicode.Scalar(scalar) { shown.append(contentsOf: Array(String(scalar).utf8)) }
        case .control(let byte): if isShown(byte) { shown.append(byte) }
        case .escape(let body): shown += ShownSequence.escape(body) ?? []
        case .controlSequence(let body): shown += ShownSequence.control(body) ?? []
        case .operatingSystemCommand(let body, end: _): shown += ShownCommand.command(body) ?? []
        case .deviceControl: break
        }
    }

    /// Of the controls those that move the cursor, ring, or choose between two character sets; ENQ is answered.
    private static func isShown(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x07...0x0F, 0x20..<0x7F: true
        default: false
        }
    }
}

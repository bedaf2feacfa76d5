import Diagnostics
import Lessons
import TerminalScreens

/// A service's log as plain text, whatever the service wrote, for a terminal or a file.
///
/// Sequences go, and so do colours unless they are wanted. A carriage return begins a new line, so that nothing is drawn over; other
/// control characters become U+FFFD.
public struct LogFilter {
    private var parser = StreamParser()
    private var line: LogLine

    /// - Parameter keepsColours: Lets colours and styles (SGR) through, for a terminal; a file wants none.
    public init(keepsColours: Bool = false) { line = LogLine(keepsColours: keepsColours) }

    /// The text of the bytes, but for the beginning of a character or a sequence whose end hasn't come yet.
    public mutating func filter(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        bytes.withUnsafeBufferPointer { buffer in
            parser.feed(buffer) { line.append($0, to: &text) }
        }
        return text
    }

    /// What was still kept back, and the end of the last colour.
    public mutating func finish() -> [UInt8] {
        // ESC ends a character that isn't complete, and CAN what ESC began.
        filter([0x1B, 0x18]) + (line.keepsColours ? Array("\u{1B}[0m".utf8) : [])
    }

}

/// The pieces of a log as they are shown.
private struct LogLine {
    let keepsColours: Bool
    /// A carriage return came last: a line feed after it belongs to it.
    private var hasReturned = false

    init(keepsColours: Bool) { self.keepsColours = keepsColours }

    mutating func append(_ piece: StreamParser.Piece, to text: inout [UInt8]) {
        switch piece {
        case .plain(let bytes): for byte in bytes { append(byte, to: &text) }
        case .control(let byte): append(byte, to: &text)
        case .wide(let bytes):
            text.append(contentsOf: String(decoding: bytes, as: UTF8.self).printable.utf8)
            hasReturned = false
        case .combining(let scalar):
            if let scalar = Unicode.Scalar(scalar) { text.append(contentsOf: Array(String(scalar).printable.utf8)) }
        case .controlSequence(let body):
            if keepsColours, ShownSequence.isGraphics(body) { text += ShownSequence.control(body) ?? [] }
        case .escape, .operatingSystemCommand, .deviceControl: break
        }
    }

    private mutating func append(_ byte: UInt8, to text: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\n"): if !hasReturned { text.append(byte) }
        case UInt8(ascii: "\r"): if !hasReturned { text.append(UInt8(ascii: "\n")) }
        case UInt8(ascii: "\t"), 0x20..<0x7F: text.append(byte)
        default: text.append(contentsOf: [0xEF, 0xBF, 0xBD])
        }
        hasReturned = byte == UInt8(ascii: "\r")
    }
}

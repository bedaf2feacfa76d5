import Diagnostics
import Lessons

/// Writes what happens at a terminal as asciicast, version 2: a header, then one event a line, each a whole JSON text.
///
/// Characters whose bytes arrive apart are joined in the event of the last byte; bytes that are no UTF-8 become U+FFFD.
///
/// - SeeAlso: asciinema, "asciicast file format (version 2)".
public struct AsciicastEncoder: Sendable {
    private let began: ContinuousClock.Instant
    /// The beginning of a character whose end hasn't come yet.
    private var partial: [UInt8] = []
    private var last: ContinuousClock.Instant

    /// - Parameter began: When the recording begins; events count from there.
    public init(began: ContinuousClock.Instant) {
        self.began = began
        last = began
    }

    /// The first line.
    ///
    /// - Parameters:
    ///   - timestamp: When it began, in seconds of Unix time.
    ///   - environment: What a player may want to know, `TERM` and `SHELL` above all.
    public func header(
        columns: Int, rows: Int, timestamp: Int, title: String, environment: [(name: String, value: String)],
        into lines: inout [UInt8]
    ) {
        lines +=
            "{\"version\": 2, \"width\": \(columns), \"height\": \(rows), \"timestamp\": \(timestamp), \"title\": ".utf8
        appendString(title, to: &lines)
        lines += ", \"env\": {".utf8
        for (index, variable) in environment.enumerated() {
            if index > 0 { lines += ", ".utf8 }
            appendString(variable.name, to: &lines)
            lines += ": ".utf8
            appendString(variable.value, to: &lines)
        }
        lines += "}}\n".utf8
    }

    /// Writes an event; one whose bytes are only a part of a character waits for the rest.
    public mutating func encode(
        _ event: TerminalEvent, at time: ContinuousClock.Instant, into lines: inout [UInt8]
    ) {
        switch event {
        case .began: break
        case .output(let bytes): output(bytes, at: time, into: &lines)
        case .resized(let columns, let rows):
            append("r", "\(columns)x\(rows)", at: time, to: &lines)
        case .marked(let text): append("m", text, at: time, to: &lines)
        }
    }

    /// Writes what still waited for the rest of its character.
    public mutating func finish(into lines: inout [UInt8]) {
        guard !partial.isEmpty else { return }
        let text = String(decoding: partial, as: UTF8.self)
        partial = []
        append("o", text, at: last, to: &lines)
    }

    private mutating func output(_ bytes: [UInt8], at time: ContinuousClock.Instant, into lines: inout [UInt8]) {
        last = time
        if partial.isEmpty, bytes.allSatisfy({ $0 < 0x80 }) {
            if !bytes.isEmpty { append("o", String(decoding: bytes, as: UTF8.self), at: time, to: &lines) }
            return
        }
        var whole = partial + bytes
        let held = Self.unfinishedSuffix(of: whole)
        partial = Array(whole.suffix(held))
        whole.removeLast(held)
        guard !whole.isEmpty else { return }
        append("o", String(decoding: whole, as: UTF8.self), at: time, to: &lines)
    }

    /// How many bytes at the end may be the beginning of a character.
    private static func unfinishedSuffix(of bytes: [UInt8]) -> Int {
        for (distance, byte) in bytes.reversed().prefix(3).enumerated() where byte & 0xC0 != 0x80 {
            let length =
                switch byte {
                case 0xC2...0xDF: 2
                case 0xE0...0xEF: 3
                case 0xF0...0xF4: 4
                default: 1
                }
            return length > distance + 1 ? distance + 1 : 0
        }
        return 0
    }

    private func append(
        _ code: String, _ text: String, at time: ContinuousClock.Instant, to lines: inout [UInt8]
    ) {
        let (seconds, attoseconds) = max(.zero, time - began).components
        let microseconds = String(attoseconds / 1_000_000_000_000)
        lines +=
            "[\(seconds).\(String(repeating: "0", count: 6 - microseconds.utf8.count))\(microseconds), \"\(code)\", "
            .utf8
        appendString(text, to: &lines)
        lines += "]\n".utf8
    }

    private func appendString(_ text: String, to lines: inout [UInt8]) { lines += JSONText.quoted(text).utf8 }
}

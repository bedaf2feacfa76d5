import Glibc

/// A prompt mark: OSC 133 with the right nonce.
public enum PromptMark: Hashable, Sendable {
    /// A prompt begins; the status is that of the last command, when the shell says so.
    case promptStart(status: Int32?)
    /// The prompt is complete: typed text follows.
    case promptEnd
    case continuationStart
    case continuationEnd
    /// A command line begins to run.
    case commandStart
    /// A command line has ended.
    case commandEnd(status: Int32)
    /// A command line has ended in a shell that doesn't mark when one begins to run.
    case lineEnd(status: Int32)

    /// The mark in the text of an OSC sequence, or `nil` when it is another's.
    init?(osc text: some Collection<UInt8>, nonce: [UInt8]) {
        let fields = text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard fields.count > 2, fields[0].elementsEqual("133".utf8), fields[fields.count - 1].elementsEqual(nonce)
        else { return nil }
        let argument = fields.count > 3 ? Array(fields[2]) : nil
        let isContinuation = argument == Array("k=s".utf8)
        let status = argument.flatMap { Int32(String(decoding: $0, as: UTF8.self)) }
        switch fields[1].first {
        case UInt8(ascii: "A"): self = isContinuation ? .continuationStart : .promptStart(status: status)
        case UInt8(ascii: "B"): self = isContinuation ? .continuationEnd : .promptEnd
        case UInt8(ascii: "C"): self = .commandStart
        case UInt8(ascii: "D"):
            let isUnstarted = fields.count > 4 && fields[3].elementsEqual("l".utf8)
            self = isUnstarted ? .lineEnd(status: status ?? 0) : .commandEnd(status: status ?? 0)
        default: return nil
        }
    }
}

/// Splits what a program writes to a terminal into text and whole sequences.
///
/// The pieces are the same however the bytes are split, but for where text is cut. Sequences come out when they are
/// complete; those that were cut off, or are longer than any honest one, don't. Application, privacy and start-of-string
/// sequences (APC, PM, SOS) are swallowed, as xterm does.
package struct StreamParser {
    package enum Piece {
        /// ASCII with its control characters, without ESC.
        case plain(UnsafeBufferPointer<UInt8>)
        /// Characters beyond ASCII, whole and valid.
        case wide(UnsafeBufferPointer<UInt8>)
        /// A character that joins the one before it.
        case combining(UInt32)
        /// A control character inside of a sequence, which acts as if it stood before it.
        case control(UInt8)
        /// What follows ESC, up to the final byte.
        case escape([UInt8])
        /// A control sequence (CSI): its parameters with the final byte.
        case controlSequence([UInt8])
        /// A device control string (DCS), without its introducer and its end.
        case deviceControl([UInt8])
        /// With the count of bytes that have been read when it is complete.
        case operatingSystemCommand([UInt8], end: Int)
    }

    private enum State {
        case ground
        case escape
        case control
        /// Inside of a string; with ESC read, which may begin its end.
        case string(StringKind)
        case stringEscape(StringKind)
    }

    private enum StringKind { case command, device, swallowed }

    /// Longer sequences are dropped, whole.
    private static let limit = 4096
    private static let escape: UInt8 = 0x1B

    private var state = State.ground
    private var collected: [UInt8] = []
    /// Too long, or with its parts in a wrong order: nobody obeys it.
    private var isInvalid = false
    private var decoder = TextDecoder()
    private var decoded: [UInt8] = []

    package init() {}

    package mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Piece) -> Void) {
        var index = 0
        while index < bytes.count {
            switch state {
            case .ground: index = ground(bytes, from: index, body)
            case .escape: index = inEscape(bytes[index], at: index, body)
            case .control: index = inControlSequence(bytes[index], at: index, body)
            case .string(let kind): index = inString(kind, bytes[index], at: index, body)
            case .stringEscape(let kind): index = afterEscape(in: kind, bytes[index], at: index, body)
            }
        }
    }

    private mutating func ground(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ body: (Piece) -> Void
    ) -> Int {
        let rest = UnsafeBufferPointer(rebasing: bytes[start...])
        let length = rest.firstEscape ?? rest.count
        let text = UnsafeBufferPointer(rebasing: rest[..<length])
        if decoder.isIdle, text.isASCII {
            if length > 0 { body(.plain(text)) }
        } else {
            decoded.removeAll(keepingCapacity: true)
            decoder.decode(text, into: &decoded)
            if length < rest.count { decoder.finish(&decoded) }
            handOnRuns(body)
        }
        guard length < rest.count else { return bytes.count }
        begin(.escape)
        return start + length + 1
    }

    /// libvterm reads a whole run of text in the character set of its first byte, so runs are handed on one by one.
    private func handOnRuns(_ body: (Piece) -> Void) {
        decoded.withUnsafeBufferPointer { text in
            var marks = decoder.combining[...]
            var start = 0
            while start < text.count || !marks.isEmpty {
                while let mark = marks.first, mark.offset == start {
                    body(.combining(mark.scalar))
                    marks.removeFirst()
                }
                guard start < text.count else { break }
                let limit = marks.first?.offset ?? text.count
                let isPlain = text[start] < 0x80
                let end = text[start..<limit].firstIndex { ($0 < 0x80) != isPlain } ?? limit
                let run = UnsafeBufferPointer(rebasing: text[start..<end])
                body(isPlain ? .plain(run) : .wide(run))
                start = end
            }
        }
    }

    private mutating func begin(_ next: State) {
        state = next
        collected.removeAll(keepingCapacity: true)
        isInvalid = false
    }

    private mutating func collect(_ byte: UInt8) {
        if collected.count < Self.limit { collected.append(byte) } else { isInvalid = true }
    }

    private mutating func inEscape(_ byte: UInt8, at index: Int, _ body: (Piece) -> Void) -> Int {
        switch byte {
        case UInt8(ascii: "[") where collected.isEmpty: begin(.control)
        case UInt8(ascii: "]") where collected.isEmpty: begin(.string(.command))
        case UInt8(ascii: "P") where collected.isEmpty: begin(.string(.device))
        case UInt8(ascii: "_") where collected.isEmpty, UInt8(ascii: "^") where collected.isEmpty,
            UInt8(ascii: "X") where collected.isEmpty:
            begin(.string(.swallowed))
        // Behind intermediate bytes they are finals that nobody knows, though libvterm takes some for introducers.
        case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"),
            UInt8(ascii: "X"):
            state = .ground
        case 0x20..<0x30: collect(byte)
        case 0x30..<0x7F:
            state = .ground
            collect(byte)
            if !isInvalid { body(.escape(collected)) }
        default: inSequence(byte, body)
        }
        return index + 1
    }

    private mutating func inControlSequence(_ byte: UInt8, at index: Int, _ body: (Piece) -> Void) -> Int {
        switch byte {
        case 0x20..<0x40:
            // Parameters are before the intermediate bytes, and a private mark before those.
            let last = collected.last ?? 0x3F
            if byte >= 0x30, last < 0x30 || (byte >= 0x3C && last < 0x3C) { isInvalid = true }
            collect(byte)
        case 0x40..<0x7F:
            state = .ground
            collect(byte)
            if !isInvalid { body(.controlSequence(collected)) }
        case 0x80...: state = .ground
        default: inSequence(byte, body)
        }
        return index + 1
    }

    /// A control character inside of a sequence: ESC begins another, CAN and SUB end it, the others act.
    private mutating func inSequence(_ byte: UInt8, _ body: (Piece) -> Void) {
        switch byte {
        case Self.escape: begin(.escape)
        case 0x18, 0x1A: state = .ground
        case 0x01..<0x20: body(.control(byte))
        default: break
        }
    }

    private mutating func inString(
        _ kind: StringKind, _ byte: UInt8, at index: Int, _ body: (Piece) -> Void
    ) -> Int {
        switch byte {
        case Self.escape: state = .stringEscape(kind)
        case 0x07 where kind != .swallowed: finish(kind, at: index, body)
        case 0x18, 0x1A: state = .ground
        default: if kind != .swallowed { collect(byte) }
        }
        return index + 1
    }

    private mutating func afterEscape(
        in kind: StringKind, _ byte: UInt8, at index: Int, _ body: (Piece) -> Void
    ) -> Int {
        guard byte == UInt8(ascii: "\\") else {
            // Another sequence begins: the string was never finished, and this byte belongs to the new one.
            begin(.escape)
            return index
        }
        finish(kind, at: index, body)
        return index + 1
    }

    private mutating func finish(_ kind: StringKind, at index: Int, _ body: (Piece) -> Void) {
        state = .ground
        guard !isInvalid else { return }
        switch kind {
        case .command: body(.operatingSystemCommand(collected, end: index + 1))
        case .device: body(.deviceControl(collected))
        case .swallowed: break
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate var isASCII: Bool {
        var bits: UInt8 = 0
        for byte in self { bits |= byte }
        return bits < 0x80
    }

    fileprivate var firstEscape: Int? {
        guard let start = baseAddress, let found = memchr(start, 0x1B, count) else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(start)
    }
}

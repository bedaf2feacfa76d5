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
        case UInt8(ascii: "D"): self = .commandEnd(status: status ?? 0)
        default: return nil
        }
    }
}

/// Splits what a program writes to a terminal into what the emulator is given and what is handled beside it.
///
/// Operating system commands (OSC) come out whole; application, privacy and start-of-string sequences (APC, PM, SOS)
/// are swallowed, as xterm does. The pieces are the same however the bytes are split.
struct StreamParser {
    enum Piece {
        case emulated(UnsafeBufferPointer<UInt8>)
        /// A character that joins the one before it.
        case combining(UInt32)
        /// With the count of bytes that have been read when it is complete.
        case operatingSystemCommand([UInt8], end: Int)
        /// A control sequence (CSI), seen beside the emulator: its parameters with the final byte.
        case controlSequence([UInt8])
        /// A full reset (RIS), seen beside the emulator.
        case reset
    }

    private enum State {
        case ground
        case escape
        case control
        case command
        case commandEscape
        case swallowed
        case swallowedEscape
    }

    /// More of a command or a control sequence isn't kept; the rest of it is swallowed.
    private static let limit = 4096
    private static let escape: UInt8 = 0x1B

    private var state = State.ground
    private var collected: [UInt8] = []
    private var decoder = TextDecoder()
    private var decoded: [UInt8] = []

    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Piece) -> Void) {
        var index = 0
        while index < bytes.count {
            switch state {
            case .ground: index = ground(bytes, from: index, body)
            case .escape: index = afterEscape(bytes, at: index, body)
            case .control: index = control(bytes, from: index, body)
            case .command, .commandEscape, .swallowed, .swallowedEscape: index = string(bytes, at: index, body)
            }
        }
    }

    private mutating func ground(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ body: (Piece) -> Void
    ) -> Int {
        let rest = bytes[start...]
        let end = rest.firstIndex(of: Self.escape)
        let text = UnsafeBufferPointer(rebasing: bytes[start..<(end ?? bytes.count)])
        if decoder.isIdle, isASCII(text) {
            if !text.isEmpty { body(.emulated(text)) }
        } else {
            decoded.removeAll(keepingCapacity: true)
            decoder.decode(text, into: &decoded)
            if end != nil { decoder.finish(&decoded) }
            emulateRuns(body)
        }
        guard let end else { return bytes.count }
        state = .escape
        return end + 1
    }

    /// libvterm reads a whole run of text in the character set of its first byte, so runs are handed on one by one.
    private func emulateRuns(_ body: (Piece) -> Void) {
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
                body(.emulated(UnsafeBufferPointer(rebasing: text[start..<end])))
                start = end
            }
        }
    }

    private func isASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var bits: UInt8 = 0
        for byte in text { bits |= byte }
        return bits < 0x80
    }

    private mutating func afterEscape(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ body: (Piece) -> Void
    ) -> Int {
        collected.removeAll(keepingCapacity: true)
        switch bytes[index] {
        case UInt8(ascii: "]"):
            state = .command
        case UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
            state = .swallowed
        case UInt8(ascii: "["):
            state = .control
            emulate([Self.escape, bytes[index]], body)
        case Self.escape:
            break
        default:
            state = .ground
            emulate([Self.escape, bytes[index]], body)
            if bytes[index] == UInt8(ascii: "c") { body(.reset) }
        }
        return index + 1
    }

    /// Hands a control sequence on while reading it.
    private mutating func control(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ body: (Piece) -> Void
    ) -> Int {
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if byte == Self.escape {
                if index > start { body(.emulated(UnsafeBufferPointer(rebasing: bytes[start..<index]))) }
                state = .escape
                return index + 1
            }
            index += 1
            if byte >= 0x20, byte < 0x40 {
                if collected.count < Self.limit { collected.append(byte) }
                continue
            }
            // Controls act inside of a sequence; CAN and SUB end it, as does any final byte.
            guard byte >= 0x40 || byte == 0x18 || byte == 0x1A else { continue }
            body(.emulated(UnsafeBufferPointer(rebasing: bytes[start..<index])))
            state = .ground
            if byte >= 0x40, byte < 0x7F {
                collected.append(byte)
                body(.controlSequence(collected))
            }
            return index
        }
        body(.emulated(UnsafeBufferPointer(rebasing: bytes[start...])))
        return index
    }

    private mutating func string(
        _ bytes: UnsafeBufferPointer<UInt8>, at index: Int, _ body: (Piece) -> Void
    ) -> Int {
        let byte = bytes[index]
        let isCommand = state == .command || state == .commandEscape
        if state == .commandEscape || state == .swallowedEscape {
            guard byte == UInt8(ascii: "\\") else {
                // Another sequence begins: the string was never finished, and this byte belongs to the new one.
                state = .escape
                return index
            }
            finish(isCommand, at: index, body)
            return index + 1
        }
        switch byte {
        case Self.escape:
            state = isCommand ? .commandEscape : .swallowedEscape
        case 0x07 where isCommand:
            finish(true, at: index, body)
        case 0x18, 0x1A:
            state = .ground
        default:
            if isCommand, collected.count < Self.limit { collected.append(byte) }
        }
        return index + 1
    }

    private mutating func finish(_ isCommand: Bool, at index: Int, _ body: (Piece) -> Void) {
        state = .ground
        if isCommand { body(.operatingSystemCommand(collected, end: index + 1)) }
    }

    private func emulate(_ bytes: [UInt8], _ body: (Piece) -> Void) {
        bytes.withUnsafeBufferPointer { body(.emulated($0)) }
    }
}

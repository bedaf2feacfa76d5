/// Reads what a person's terminal is sent as strictly as any terminal does, and knows, from the manuals of the VT510, xterm,
/// kitty and iTerm2, which sequences are answered, write outside of the window, or change how bytes are read.
///
/// It shares nothing with the filter that it checks: it knows what is bad, where the filter knows what is good.
package struct AnsweringTerminal {
    private let bytes: [UInt8]
    private var offset = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// What is wrong with the bytes, `nil` for nothing.
    package static func objection(to bytes: [UInt8]) -> String? {
        var terminal = AnsweringTerminal(bytes)
        while terminal.offset < bytes.count {
            let start = terminal.offset
            if let problem = terminal.next() { return "\(problem) at \(start)" }
        }
        return nil
    }

    private mutating func next() -> String? {
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case 0x1B: return escape()
        case 0x05: return "ENQ"
        case 0x07...0x0F, 0x20..<0x7F: return nil
        case 0..<0x80: return "control \(byte)"
        default: return character(from: byte)
        }
    }

    /// UTF-8 as RFC 3629 has it, without C1.
    private mutating func character(from first: UInt8) -> String? {
        let length =
            switch first {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard length > 0, offset + length - 1 <= bytes.count else { return "byte \(first) outside of a character" }
        let whole = bytes[(offset - 1)..<(offset - 1 + length)]
        guard let text = String(validating: whole, as: UTF8.self), let scalar = text.unicodeScalars.first else {
            return "bytes \(Array(whole)) that are no character"
        }
        offset += length - 1
        return scalar.value < 0xA0 ? "C1 control U+00\(String(scalar.value, radix: 16))" : nil
    }

    private mutating func escape() -> String? {
        guard offset < bytes.count else { return "half a sequence" }
        let byte = bytes[offset]
        offset += 1
        switch byte {
        case UInt8(ascii: "["): return control()
        case UInt8(ascii: "]"): return command()
        case UInt8(ascii: "P"): return "DCS"
        case UInt8(ascii: "X"): return "SOS"
        case UInt8(ascii: "^"): return "PM"
        case UInt8(ascii: "_"): return "APC"
        case UInt8(ascii: "k"): return "screen's title string"
        case UInt8(ascii: "Z"): return "DECID"
        case UInt8(ascii: " "), UInt8(ascii: "%"): return "another way to read bytes"
        case 0x20..<0x30:
            guard offset < bytes.count, (0x30..<0x7F).contains(bytes[offset]) else { return "half a designation" }
            offset += 1
            return nil
        case 0x30..<0x7F: return nil
        default: return "ESC \(byte)"
        }
    }

    private mutating func control() -> String? {
        let start = offset
        while offset < bytes.count, (0x30..<0x40).contains(bytes[offset]) { offset += 1 }
        let parameters = bytes[start..<offset]
        let middle = offset
        while offset < bytes.count, (0x20..<0x30).contains(bytes[offset]) { offset += 1 }
        let intermediates = bytes[middle..<offset]
        guard offset < bytes.count, (0x40..<0x7F).contains(bytes[offset]) else { return "half a control sequence" }
        let final = Character(Unicode.Scalar(bytes[offset]))
        offset += 1
        let name = "CSI \(String(decoding: bytes[start..<offset], as: UTF8.self))"
        let prefix = parameters.first.flatMap { $0 >= 0x3C ? Character(Unicode.Scalar($0)) : nil }
        if parameters.contains(where: { $0 >= 0x3C }), parameters.dropFirst().contains(where: { $0 >= 0x3C }) {
            return "\(name), with a mark between its parameters"
        }
        if !intermediates.isEmpty {
            return name.hasSuffix("!p") || name.hasSuffix(" q") ? nil : "\(name), with intermediates"
        }
        // Reports and queries: attributes, status, parameters, windows, versions, keyboard, media, locator, colours.
        if "cnxtqiywzpRv|{}\\^]_~".contains(final) { return name }
        if final == "u", !parameters.isEmpty { return name }
        if let prefix, prefix != "?" || !"hlJK".contains(final) { return name }
        let numbers = parameters.split(separator: UInt8(ascii: ";")).map {
            String(decoding: $0.filter { $0 < 0x3C }, as: UTF8.self)
        }
        if final == "T", numbers.count > 1 { return name }
        if "hl".contains(final), prefix == "?" {
            let bad: Set = ["2", "3", "40", "1001", "1004", "1016", "2026", "2027", "2031", "2048", "5522", "9001"]
            if numbers.contains(where: bad.contains) { return name }
        }
        if numbers.contains(where: { $0.count > 5 && !$0.contains(":") }) { return "\(name), with a large number" }
        return nil
    }

    private mutating func command() -> String? {
        let start = offset
        while offset < bytes.count, bytes[offset] != 0x1B, bytes[offset] != 0x07 { offset += 1 }
        let body = bytes[start..<offset]
        guard offset + 1 < bytes.count, bytes[offset] == 0x1B, bytes[offset + 1] == UInt8(ascii: "\\") else {
            return "an OSC without its end"
        }
        offset += 2
        guard let text = String(validating: body, as: UTF8.self) else { return "an OSC that is not UTF-8" }
        if let scalar = text.unicodeScalars.first(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) {
            return "an OSC with control U+\(String(scalar.value, radix: 16))"
        }
        // A mark that combines with a semicolon makes one character of both, but still ends a parameter.
        let parts = text.unicodeScalars.split(separator: ";", maxSplits: 2, omittingEmptySubsequences: false)
        let number = parts.first.map { String($0) } ?? ""
        guard ["0", "1", "2", "8"].contains(number) else { return "OSC \(number)" }
        if number == "8" {
            let address = parts.last.map { String($0) } ?? ""
            let isKnown =
                address.isEmpty || ["http://", "https://", "mailto:"].contains { address.lowercased().hasPrefix($0) }
            return isKnown ? nil : "a link to '\(address)'"
        }
        return nil
    }
}

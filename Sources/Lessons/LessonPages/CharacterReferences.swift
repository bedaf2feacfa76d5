import Diagnostics
import LessonMarkdown
import Lessons

/// `&amp;`, `&#58;` and their like.
enum CharacterReferences {
    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "colon": ":", "tab": "\t",
        "newline": "\n", "sol": "/", "num": "#", "period": ".", "lpar": "(", "rpar": ")", "quest": "?", "bsol": "\\",
    ]

    /// The value of an attribute. Names beyond those that could hide a URL's parts stay as written, and are escaped again.
    static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var out: [UInt8] = []
        var offset = bytes.startIndex
        while offset < bytes.endIndex {
            if bytes[offset] == UInt8(ascii: "&"), let (scalar, end) = reference(at: offset, in: bytes) {
                out.append(contentsOf: Array(String(Character(scalar)).utf8))
                offset = end
            } else {
                out.append(bytes[offset])
                offset += 1
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static func reference(at start: Int, in bytes: ArraySlice<UInt8>) -> (Unicode.Scalar, Int)? {
        var offset = start + 1
        guard offset < bytes.endIndex else { return nil }
        let semicolon = UInt8(ascii: ";")
        guard bytes[offset] == UInt8(ascii: "#") else {
            let name = bytes[offset...].prefix(8).prefix { $0.isLetter }
            let scalar = named[String(decoding: name, as: UTF8.self).lowercased()]
            guard let scalar, name.endIndex < bytes.endIndex, bytes[name.endIndex] == semicolon else { return nil }
            return (scalar, name.endIndex + 1)
        }
        offset += 1
        let isHex = offset < bytes.endIndex && bytes[offset].lowercased == UInt8(ascii: "x")
        if isHex { offset += 1 }
        let first = offset
        var value: UInt32 = 0
        while offset < bytes.endIndex {
            let byte = bytes[offset].lowercased
            if byte.isDigit {
                value = min(value * (isHex ? 16 : 10) + UInt32(byte - 0x30), 0x11_0000)
            } else if isHex, (0x61...0x66).contains(byte) {
                value = min(value * 16 + UInt32(byte - 0x57), 0x11_0000)
            } else {
                break
            }
            offset += 1
        }
        guard offset > first else { return nil }
        if offset < bytes.endIndex, bytes[offset] == semicolon { offset += 1 }
        return (value == 0 ? "\u{FFFD}" : Unicode.Scalar(value) ?? "\u{FFFD}", offset)
    }

    /// Whether a reference that a browser would decode to a character of text opens here: it stays as written.
    static func end(at start: Int, in bytes: ArraySlice<UInt8>) -> Int? {
        var offset = start + 1
        if offset < bytes.endIndex, bytes[offset] == UInt8(ascii: "#") { offset += 1 }
        let name = bytes[min(offset, bytes.endIndex)...].prefix(32).prefix { $0.isLetter || $0.isDigit }
        guard !name.isEmpty, name.endIndex < bytes.endIndex, bytes[name.endIndex] == UInt8(ascii: ";") else {
            return nil
        }
        return name.endIndex + 1
    }
}

extension String {
    /// HTML without control characters other than line feed and tab; those that reorder text are written as references, which a
    /// browser obeys and a terminal doesn't.
    var withoutControls: String {
        guard unicodeScalars.contains(where: { $0.commandsTerminal }) else { return self }
        var html = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar.isBidiControl {
                html.append(contentsOf: "&#x\(String(scalar.value, radix: 16));".unicodeScalars)
            } else if !scalar.commandsTerminal {
                html.append(scalar)
            }
        }
        return String(html)
    }

    /// As text or as the value of an attribute in double quotes.
    var escapedForHTML: String {
        var out = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "\0": out += "\u{FFFD}"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}

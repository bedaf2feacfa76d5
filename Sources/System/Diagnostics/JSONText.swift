import FoundationEssentials

extension Encodable {
    /// The value as JSON for programs: keys sorted, two blanks a level, no final newline.
    ///
    /// Characters that command a terminal are written as `\u…`, also those that JSON would allow as they are.
    ///
    /// - Throws: What the encoder throws, for a number that is not finite.
    public func jsonText() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return JSONText.inert(String(decoding: try encoder.encode(self), as: UTF8.self))
    }
}

/// JSON that stays data when a terminal shows it.
public enum JSONText {
    /// The same JSON with all characters that command a terminal as `\u…`; line feeds and tabs between values stay.
    public static func inert(_ json: String) -> String {
        if json.utf8.allSatisfy({ $0 < 0x7F }) { return json }
        // Beyond ASCII such characters are in strings alone, and never behind an odd backslash.
        var text = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            if scalar.value >= 0x7F, scalar.commandsTerminal {
                text.append(contentsOf: escape(scalar))
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }

    /// A string as JSON writes it, with its quotation marks.
    public static func quoted(_ string: some StringProtocol) -> String {
        var text = String.UnicodeScalarView()
        text.append("\"")
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                text.append("\\")
                text.append(scalar)
            case "\n": text.append(contentsOf: "\\n".unicodeScalars)
            case "\r": text.append(contentsOf: "\\r".unicodeScalars)
            case "\t": text.append(contentsOf: "\\t".unicodeScalars)
            default: if scalar.commandsTerminal { text.append(contentsOf: escape(scalar)) } else { text.append(scalar) }
            }
        }
        text.append("\"")
        return String(text)
    }

    /// Of a character below U+10000, as all are that command a terminal.
    private static func escape(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
        let digits = String(scalar.value, radix: 16)
        return ("\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits).unicodeScalars
    }
}

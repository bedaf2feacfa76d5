extension String {
    /// Text of a lesson or a program, without what would command the terminal that shows it: control characters other than
    /// line feed and tab, and the controls that reorder text written from right to left, become U+FFFD.
    public var printable: String {
        if utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x09 }) { return self }
        return String(String.UnicodeScalarView(unicodeScalars.lazy.map { $0.commandsTerminal ? "\u{FFFD}" : $0 }))
    }

    /// The text on one line, without control characters: titles and commands come from files that nobody vouches for.
    ///
    /// Control characters, line and paragraph separators become blanks; characters that only format, such as those that reorder
    /// text, are left out, but for the joiner inside of emoji.
    public var oneLine: String {
        var line = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: line.append(" ")
            case .format where scalar != "\u{200D}": continue
            default: line.append(scalar)
            }
        }
        return String(line)
    }
}

extension Unicode.Scalar {
    /// Whether a terminal obeys the character instead of showing it: C0 but for line feed and tab, DEL, C1, and the controls
    /// that reorder text.
    public var commandsTerminal: Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F...0x9F: true
        default: isBidiControl
        }
    }

    /// The twelve characters that Unicode's property Bidi_Control has (UAX #9).
    public var isBidiControl: Bool {
        switch value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

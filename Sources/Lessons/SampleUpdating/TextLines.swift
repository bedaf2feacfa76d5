import Lessons

/// Lines of a sample or an output, without line ends.
typealias TextLines = [String]

extension TextLines {
    /// The lines of what a terminal printed, as one writes them on a page: no trailing blanks, no blank lines around, no
    /// control characters.
    init(printed text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var kept = String.UnicodeScalarView()
            for scalar in line.unicodeScalars where scalar == "\t" || scalar.properties.generalCategory != .control {
                kept.append(scalar)
            }
            while let last = kept.last, last == " " || last == "\t" { kept.removeLast() }
            return String(kept)
        }
        self = lines.withoutBlankLinesAround
    }

    /// The lines of a text on a page.
    init(of text: String) {
        self = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    var text: String { joined(separator: "\n") }

    var withoutBlankLinesAround: TextLines {
        guard let first = firstIndex(where: { !$0.isBlank }), let last = lastIndex(where: { !$0.isBlank }) else {
            return []
        }
        return TextLines(self[first...last])
    }

    /// The lines that stand for what was left out.
    var elisions: [Bool] {
        enumerated().map { index, line in
            // The lone dot with which `tree` and `find` begin is a directory.
            guard Elision.matches(line) else { return false }
            return index > 0 || Elision.occurs(in: text)
        }
    }

    /// How many brackets are open after each line; those in quotes don't count, nor do those that close nothing.
    var depths: [Int] {
        var depth = 0
        return map { line in
            var quote: UInt8?
            var isEscaped = false
            for byte in line.utf8 {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if let open = quote {
                    if byte == open { quote = nil }
                } else {
                    switch byte {
                    case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
                    case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
                    case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = Swift.max(0, depth - 1)
                    default: break
                    }
                }
            }
            return depth
        }
    }
}

extension String {
    var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}

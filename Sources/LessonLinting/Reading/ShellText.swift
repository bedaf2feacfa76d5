import LessonMarkdown

/// The commands of a shell script, as far as a reader of lines can tell them.
///
/// No shell parser: here-documents are left out, and what can't be told counts as a command like any other.
struct ShellText {
    /// Lines that are neither blank nor comments nor in here-documents, trimmed, with continued lines joined.
    private(set) var commands: [(text: String, range: Range<Int>)] = []
    let hasShebang: Bool

    static func isShell(_ source: SourceText) -> Bool {
        let first = source.string(source.line(0))
        guard first.hasPrefix("#!") else {
            return !["py", "js", "rb", "pl", "go", "yaml", "yml", "json"].contains(
                RelativePath.fileExtension(of: source.file))
        }
        return first.contains("sh")
    }

    init(_ source: SourceText) {
        hasShebang = source.starts(with: "#!", at: 0)
        var number = 0
        var heredoc: String?
        while number < source.lineCount {
            var range = source.trimmed(source.line(number))
            number += 1
            if let end = heredoc {
                if source.string(range) == end { heredoc = nil }
                continue
            }
            guard let first = source.bytes[range].first, first != UInt8(ascii: "#") else { continue }
            var text = source.string(range)
            while text.hasSuffix("\\"), number < source.lineCount {
                let next = source.trimmed(source.line(number))
                text.removeLast()
                text += source.string(next)
                range = range.lowerBound..<next.upperBound
                number += 1
            }
            heredoc = Self.heredoc(in: text)
            commands.append((text, range))
        }
    }

    /// The word that ends the here-document which begins on the line.
    static func heredoc(in line: String) -> String? {
        guard let mark = line.utf8.span.firstOffset(of: "<<") else { return nil }
        var rest = Array(line.utf8)[(mark + 2)...]
        guard rest.first != UInt8(ascii: "<") else { return nil }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        rest = rest.drop(while: \.isBlank)
        let word = rest.prefix {
            !$0.isWhite && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "|") && $0 != UInt8(ascii: ">")
        }
        let plain = word.filter { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"") && $0 != .backslash }
        guard let first = plain.first, first.isLetter || first == UInt8(ascii: "_") else { return nil }
        return String(decoding: plain, as: UTF8.self)
    }

    /// The simple commands of a line: what stands between `;`, `&&`, `||`, `|`, `(` and `{`, outside of quotes.
    static func simpleCommands(of line: some StringProtocol) -> [[Substring]] {
        let line = Substring(line)
        var commands: [[Substring]] = []
        var words: [Substring] = []
        var start: Substring.Index?
        var quote: UInt8?
        let utf8 = line.utf8
        var index = utf8.startIndex
        func word(_ end: Substring.Index) {
            if let begin = start { words.append(line[begin..<end]) }
            start = nil
        }
        func command() {
            if !words.isEmpty { commands.append(words) }
            words = []
        }
        while index < utf8.endIndex {
            let byte = utf8[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
                start = start ?? index
            } else if byte.isWhite {
                word(index)
                if byte == .lineFeed { command() }
            } else if byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "&")
                || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") || byte == .backtick
            {
                word(index)
                command()
            } else if byte == UInt8(ascii: "#"), start == nil {
                // A comment runs to the end of its line.
                while index < utf8.endIndex, utf8[index] != .lineFeed { index = utf8.index(after: index) }
                command()
                continue
            } else {
                start = start ?? index
            }
            index = utf8.index(after: index)
        }
        word(utf8.endIndex)
        command()
        return commands
    }

    private static let wrappers: Set<Substring> = [
        "sudo", "then", "do", "else", "elif", "if", "while", "until", "!", "{", "time", "exec", "nohup", "env", "-E",
        "command", "eval", "-y",
    ]

    /// The program and its arguments, without `sudo`, assignments and words of the shell.
    static func program(of words: [Substring]) -> ArraySlice<Substring> {
        words.drop { word in
            wrappers.contains(word)
                || word.utf8.firstIndex(of: UInt8(ascii: "=")).map { equals in
                    word[..<equals].utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
                } ?? false
        }
    }
}

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
}

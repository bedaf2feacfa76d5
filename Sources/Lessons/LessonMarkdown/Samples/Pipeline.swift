/// A part of a command line between `;`, `&&` and line ends: programs joined by pipes.
struct Pipeline {
    /// The words of each program, without `sudo` and the variables set for it.
    var stages: [[String]] = []

    /// The command's pipelines in order; quotes keep their text together, backslashes join lines, and the text of a
    /// here-document is none.
    static func all(in command: String) -> [Pipeline] {
        var reader = Reader()
        let command = HereDocument.removed(from: command)
        let bytes = command.utf8.span
        for index in 0..<bytes.count { reader.take(bytes[index]) }
        reader.endPipeline()
        return reader.pipelines
    }

    /// Whether the output goes into a file; `>` before a number compares.
    static func redirects(_ words: [String]) -> Bool {
        guard let program = words.first, !program.utf8.contains(UInt8(ascii: "(")),
            program.utf8.first?.isUppercase != true
        else { return false }
        for (index, word) in words.enumerated() where word.hasPrefix(">") || word.hasPrefix("1>") {
            let target = word.utf8.drop { $0 == .greater || $0 == UInt8(ascii: "1") }
            guard let first = target.first else {
                if index + 1 < words.count, words[index + 1].utf8.first?.isDigit == false { return true }
                continue
            }
            if first != UInt8(ascii: "&") { return true }
        }
        return false
    }

    private struct Reader {
        var pipelines: [Pipeline] = []
        private var stages: [[String]] = []
        private var words: [String] = []
        private var word: [UInt8] = []
        private var quote: UInt8?
        private var previous = UInt8.space

        mutating func take(_ byte: UInt8) {
            defer { previous = byte }
            if let open = quote {
                if byte == open { quote = nil } else { word.append(byte) }
                return
            }
            switch byte {
            case UInt8(ascii: "'"), UInt8(ascii: "\""): quote = byte
            case .lineFeed where previous == .backslash, .backslash, .space, .tab: endWord()
            case UInt8(ascii: "|"): endStage()
            case UInt8(ascii: "&") where previous == .greater: word.append(byte)
            case UInt8(ascii: ";"), UInt8(ascii: "&"), .lineFeed: endPipeline()
            default: word.append(byte)
            }
        }

        mutating func endPipeline() {
            endStage()
            if !stages.isEmpty { pipelines.append(Pipeline(stages: stages)) }
            stages.removeAll()
        }

        private mutating func endStage() {
            endWord()
            if !words.isEmpty { stages.append(words) }
            words.removeAll()
        }

        private mutating func endWord() {
            if word.isEmpty { return }
            let text = String(decoding: word, as: UTF8.self)
            let isAssignment = word.contains(UInt8(ascii: "=")) && !word.contains(UInt8(ascii: "("))
            if !(words.isEmpty && (text == "sudo" || text == "time" || isAssignment)) { words.append(text) }
            word.removeAll(keepingCapacity: true)
        }
    }
}

/// A sentence of a page's prose by its words, for readers that look for phrases.
struct PlainSentence {
    /// In lower case; a code span is a backtick, a comma a comma.
    var words: [Substring] = []
    /// Counted from the start of the prose.
    var paragraph: Int
    var endsWithColon = false
    var isHeading = false

    func contains(anyOf set: Set<Substring>) -> Bool { words.contains(where: set.contains) }

    func contains(_ phrase: [Substring]) -> Bool {
        words.indices.contains { words[$0...].starts(with: phrase) }
    }

    /// Takes prose apart; the last sentence need not be ended.
    static func all(in prose: ArraySlice<UInt8>) -> [PlainSentence] {
        var reader = Reader()
        var index = prose.startIndex
        while index < prose.endIndex { index = reader.take(prose, at: index) }
        reader.endSentence()
        return reader.sentences
    }

    /// Stand for code spans that quote an error.
    static let quotedError: Substring = "`error"
    static let quotedMissingCommand: Substring = "`missing"

    private struct Reader {
        var sentences: [PlainSentence] = []
        private var current = PlainSentence(paragraph: 0)
        private var word: [UInt8] = []
        private var lastMark = UInt8.space

        mutating func take(_ bytes: ArraySlice<UInt8>, at index: Int) -> Int {
            let byte = bytes[index]
            defer { if !byte.isWhite, !ProseMark.isMark(byte), byte != UInt8(ascii: "*") { lastMark = byte } }
            if byte.isLetter || byte.isDigit || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "-") {
                word.append(byte.lowercased)
                return index + 1
            }
            // A typographic apostrophe takes three bytes.
            if byte == 0xE2, bytes[index...].starts(with: [0xE2, 0x80, 0x99]) {
                word.append(UInt8(ascii: "'"))
                return index + 3
            }
            let next = index + 1 < bytes.endIndex ? bytes[index + 1] : .space
            switch byte {
            case .backtick:
                endWord()
                current.words.append("`")
            case ProseMark.error, ProseMark.missingCommand:
                endWord()
                current.words.append(byte == ProseMark.error ? quotedError : quotedMissingCommand)
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                endWord()
                current.words.append(",")
            case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
                endWord()
                if next.isWhite || ProseMark.isMark(next) { endSentence() }
            default:
                endWord()
                if ProseMark.isMark(byte) { endBlock(byte) }
            }
            return index + 1
        }

        private mutating func endWord() {
            if word.contains(where: { $0.isLetter || $0.isDigit }) {
                current.words.append(Substring(decoding: word, as: UTF8.self))
            }
            word.removeAll(keepingCapacity: true)
        }

        mutating func endSentence() {
            endWord()
            if current.words.isEmpty { return }
            current.endsWithColon = lastMark == UInt8(ascii: ":")
            sentences.append(current)
            current = PlainSentence(paragraph: current.paragraph)
        }

        private mutating func endBlock(_ mark: UInt8) {
            endSentence()
            if mark == ProseMark.heading, let last = sentences.indices.last,
                sentences[last].paragraph == current.paragraph
            {
                sentences[last].isHeading = true
            }
            current.paragraph += 1
        }
    }
}

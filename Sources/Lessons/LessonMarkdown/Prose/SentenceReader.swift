/// Takes prose apart into sentences of known words.
struct SentenceReader {
    private var sentences: [Sentence] = []
    private var words: [Word] = []
    private var letters = Letters()
    /// What follows the last dot inside the word.
    private var suffix: Letters?
    private var paragraph = 0
    /// The last byte that is neither space nor emphasis.
    private var lastMark = UInt8.space

    /// No lead is longer, in bytes; what comes before is another matter.
    private static let maxLength = 1200
    /// Few sentences have more words.
    private static let usualWords = 24

    static func sentences(in prose: ArraySlice<UInt8>) -> [Sentence] {
        var reader = SentenceReader()
        reader.words.reserveCapacity(usualWords)
        let bytes = prose.suffix(maxLength)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            index = reader.take(bytes, at: index)
        }
        reader.endSentence()
        return reader.sentences
    }

    /// Takes in the character at the index; answers where the next one is.
    private mutating func take(_ bytes: ArraySlice<UInt8>, at index: Int) -> Int {
        let byte = bytes[index]
        defer { if !byte.isWhite, !ProseMark.isMark(byte), !Self.isEmphasis(byte) { lastMark = byte } }
        if byte.isLetter || byte.isDigit || byte == UInt8(ascii: "'") {
            append(byte.lowercased)
            return index + 1
        }
        let next = index + 1 < bytes.endIndex ? bytes[index + 1] : .space
        if byte == 0xE2, next == 0x80 {
            // A typographic apostrophe takes three bytes.
            if index + 2 < bytes.endIndex, bytes[index + 2] == 0x99 { append(UInt8(ascii: "'")) } else { endWord() }
            return index + 3
        }
        switch byte {
        case .backtick:
            endWord()
            words.append(.code)
        case UInt8(ascii: ".") where next.isWhite && letters != Self.forExample,
            UInt8(ascii: "!") where next.isWhite && letters != Self.forExample,
            UInt8(ascii: "?") where next.isWhite && letters != Self.forExample:
            endSentence()
        case UInt8(ascii: ".") where next.isLetter && !letters.isEmpty:
            letters.append(byte)
            suffix = Letters()
        case UInt8(ascii: ","), UInt8(ascii: ";"):
            endWord()
            words.append(.comma)
        default:
            endWord()
            if ProseMark.isMark(byte) { endBlock(byte) }
        }
        return index + 1
    }

    private static let forExample = Letters("e.g")

    private static func isEmphasis(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ")")
    }

    private mutating func append(_ letter: UInt8) {
        letters.append(letter)
        suffix?.append(letter)
    }

    private mutating func endWord() {
        if !letters.isEmpty { words.append(Vocabulary.word(letters, suffix: suffix)) }
        letters = Letters()
        suffix = nil
    }

    private mutating func endSentence() {
        endWord()
        if words.isEmpty { return }
        let endsWithColon = lastMark == UInt8(ascii: ":")
        sentences.append(Sentence(words: words, paragraph: paragraph, endsWithColon: endsWithColon))
        words = []
        words.reserveCapacity(Self.usualWords)
    }

    private mutating func endBlock(_ mark: UInt8) {
        endSentence()
        if mark == ProseMark.heading, let last = sentences.indices.last, sentences[last].paragraph == paragraph {
            sentences[last].isHeading = true
        }
        if mark != ProseMark.item { paragraph += 1 }
    }
}

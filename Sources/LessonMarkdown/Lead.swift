import Lessons

/// What the words before a block say about it.
struct Lead {
    enum Meaning {
        /// The block is what a command prints.
        case output
        /// The block looks like something, is as follows, is shown below: output, unless the page speaks of a file.
        case appearance
        /// The block is for the reader to type, to run or to write somewhere.
        case instruction
        /// The words say nothing of the kind.
        case silent
    }

    var meaning = Meaning.silent
    var isSimilar = false
    /// The sentence speaks of a file, of code or of a configuration.
    var namesFile = false
    /// The sentence has a word for output itself, rather than "you'll see".
    var namesOutput = false
    /// The sentence names a place to write to: "in `app.json`", "docker-compose.yml".
    var namesPlace = false
    /// The terminal that the words name ("back in terminal 1").
    var terminal: Int?

    /// Stands in the prose for a link to a port of the lab.
    static let page = " browser "

    var wording: Wording {
        if isSimilar { return .similar }
        return meaning == .output || meaning == .appearance ? .exact : .unmarked
    }

    /// Reads the prose between an action and a block.
    ///
    /// The last sentence with a meaning decides; sentences before it are asked in turn while none has, in the last two
    /// paragraphs and not beyond a heading.
    ///
    /// - Parameter paragraphs: How many paragraphs are asked.
    init(_ prose: ArraySlice<UInt8>, paragraphs: Int = 2) {
        if prose.isEmpty { return }
        let sentences = SentenceReader.sentences(in: prose)
        guard let last = sentences.last else { return }
        for (index, sentence) in sentences.enumerated().reversed() {
            if last.paragraph - sentence.paragraph >= paragraphs { break }
            if terminal == nil { terminal = sentence.terminal }
            if sentence.namesPlace, last.paragraph == sentence.paragraph { namesPlace = true }
            if meaning == .silent {
                if sentence.isSimilar { isSimilar = true }
                meaning = sentence.meaning
                // What a browser shows is on no terminal.
                if meaning != .silent, sentence.opensPage || index > 0 && sentences[index - 1].opensPage {
                    meaning = .instruction
                }
                namesFile = sentence.namesFile
                namesOutput = sentence.namesOutput
            }
            if sentence.isHeading { break }
        }
        if meaning == .instruction { isSimilar = false }
    }
}

/// Names of files that hold data rather than a program: what stands below such a name is often what to write there.
enum DataFile {
    private static let extensions: Set<String> = [
        "json", "yaml", "yml", "xml", "ini", "toml", "conf", "cfg", "properties", "env", "tf",
    ]

    static func isNamed(by span: String) -> Bool {
        guard let dot = span.utf8.lastIndex(of: UInt8(ascii: ".")), !span.utf8.contains(where: \.isWhite) else {
            return false
        }
        return extensions.contains(span[span.index(after: dot)...].lowercased())
    }
}

/// Bytes that stand in a page's prose where a block ends; no text holds them.
enum ProseMark {
    static let paragraph: UInt8 = 0x01
    static let heading: UInt8 = 0x02
    /// A paragraph in a list or a quote, which goes on with the one before.
    static let item: UInt8 = 0x03

    static func isMark(_ byte: UInt8) -> Bool { byte >= paragraph && byte <= item }
}

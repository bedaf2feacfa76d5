import Lessons

/// What the words before a block say about it.
struct SampleIntroduction {
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
    /// "Here is …": the block is what the sentence names.
    var presents = false
    /// The sentence speaks of a message or an error.
    var namesMessage = false
    /// What is there is worked out or told by the page, and printed by nothing: a formula, a sum done by hand.
    var isTold = false
    /// The sentence names a place to write to: "in `app.json`", "docker-compose.yml".
    var namesPlace = false
    /// The last sentence leads up to the block: it ends with a colon, or says that output comes next.
    var introduces = false
    /// The last sentence has the meaning.
    var isOfLastSentence = false
    /// The sentence says what the reader sees, rather than what a program does.
    var isSeen = false
    /// It is the command that shows something.
    var isOfCommand = false
    /// "If …", "until …".
    var isConditional = false
    /// It speaks of a column, a field or such.
    var namesPart = false
    /// The block is only some lines of an output: "should include", "the first lines", "an excerpt".
    var announcesPart = false
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
    /// paragraphs and not beyond a heading. A last sentence that ends with a colon speaks for itself.
    ///
    /// - Parameter paragraphs: How many paragraphs are asked.
    init(_ prose: ArraySlice<UInt8>, paragraphs: Int = 2) {
        if prose.isEmpty { return }
        if ForeignWords.order(in: prose) { meaning = .instruction }
        let sentences = SentenceReader.sentences(in: prose)
        guard let last = sentences.last else {
            readForeignWords(of: prose)
            return
        }
        var opensPage = false
        for (index, sentence) in sentences.enumerated().reversed() {
            if last.paragraph - sentence.paragraph >= paragraphs { break }
            if terminal == nil { terminal = sentence.terminal }
            if sentence.namesPlace, last.paragraph == sentence.paragraph { namesPlace = true }
            if meaning == .silent {
                if !last.endsWithColon || index + 1 == sentences.count {
                    ask(index, of: sentences)
                } else if sentence.paragraph == last.paragraph, sentence.meaning == .instruction {
                    // The last sentence introduces the block; what was to be done before still says what for.
                    meaning = .instruction
                }
            }
            if sentence.opensPage { opensPage = true }
            if sentence.isHeading { break }
        }
        if meaning == .silent, opensPage { meaning = .instruction }
        if meaning == .silent || meaning == .appearance && !namesFile { readForeignWords(of: prose) }
        if meaning == .instruction { isSimilar = false }
    }

    /// Takes over what the last paragraph says in another language.
    private mutating func readForeignWords(of prose: ArraySlice<UInt8>) {
        guard meaning != .instruction, let foreign = ForeignWords.meaning(of: prose) else { return }
        meaning = foreign.meaning
        isSimilar = foreign.meaning == .output && (isSimilar || foreign.isSimilar)
        namesOutput = meaning == .output
        introduces = meaning == .output
    }

    /// Takes over what the sentence says of the block.
    private mutating func ask(_ index: Int, of sentences: [Sentence]) {
        let sentence = sentences[index]
        if sentence.isSimilar { isSimilar = true }
        meaning = sentence.meaning
        isOfLastSentence = index + 1 == sentences.count
        introduces = isOfLastSentence && (sentence.endsWithColon || meaning == .output && sentence.pointsAhead)
        if meaning == .output, !sentence.endsWithColon, Self.ordersToWrite(before: index, in: sentences) {
            meaning = .instruction
        }
        // What a browser shows is on no terminal.
        if meaning != .silent, sentence.opensPage || index > 0 && sentences[index - 1].opensPage {
            meaning = .instruction
        }
        namesFile = sentence.namesFile
        namesOutput = sentence.namesOutput
        presents = sentence.presents
        isTold = sentence.isTold
        namesMessage = sentence.namesMessage
        namesPart = sentence.namesPart
        announcesPart = PartWording.isIn(sentence, isOutput: meaning == .output)
        isSeen = sentence.isSeen
        isOfCommand = sentence.isOfCommand
        isConditional = sentence.isConditional
    }

    /// Whether a sentence of the same paragraph has the reader write what is below ("Add these lines").
    private static func ordersToWrite(before index: Int, in sentences: [Sentence]) -> Bool {
        sentences[..<index].reversed().prefix { $0.paragraph == sentences[index].paragraph }
            .contains { $0.meaning == .instruction && $0.pointsAhead }
    }

    /// Follows the reader from terminal to terminal, where the prose names one or has a new one opened.
    ///
    /// - Parameters:
    ///   - current: The terminal the reader is at, counted from 1.
    ///   - count: How many are open.
    static func follow(_ prose: ArraySlice<UInt8>, current: inout Int, count: inout Int) {
        for sentence in SentenceReader.sentences(in: prose) {
            if let terminal = sentence.terminal {
                current = terminal
            } else if sentence.opensTerminal {
                count += 1
                current = count
            }
            count = max(count, current)
        }
    }
}

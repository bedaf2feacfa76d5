import Lessons

/// Something in which an output may differ from its sample and still be what the page documents.
///
/// A rule takes this one difference out of the pair, by rewriting the lines of either side, and says so in a note. It
/// never decides: what it leaves is compared strictly, and the strict comparison has the last word.
protocol Allowance: Sendable {
    /// Takes the difference out of the pair.
    ///
    /// - Returns: What was overlooked, as a sentence without a full stop; `nil` when there was nothing of the kind.
    func apply(to pair: inout Pair, in situation: Situation) -> String?
}

/// All rules, in the order in which they are tried: what changes single lines first, what leaves lines out last.
enum Allowances {
    struct Entry: Sendable {
        let rule: any Allowance
        /// What the rule overlooks, as the documentation says it.
        let meaning: String

        init(_ rule: any Allowance, _ meaning: String) {
            self.rule = rule
            self.meaning = meaning
        }
    }

    static let all: [Entry] = [
        Entry(
            PromptBehind(),
            "a prompt right behind an output that has no newline at its end"),
        Entry(
            PromptBefore(),
            "a prompt right before a line that a program in the background prints"),
        Entry(
            GeneratedText(),
            "sentences, under \"similar\", where the page says that they are random, generated or worded anew"),
        Entry(
            RandomArt(),
            "the picture that `ssh-keygen` draws of a key"),
        Entry(
            StackFrames(),
            "the frames of a stack trace that the page documents; its error stays"),
        Entry(
            MachineFigures(),
            "figures of `free`, `df`, `du`, `top` and their like, as under \"similar\""),
        Entry(
            MachineNames(),
            "the names of disks and network interfaces, under \"similar\""),
        Entry(
            AddressTwins(),
            "a port that `ss`, `netstat` or docker list a second time for IPv6"),
        Entry(
            KnownWordings(),
            "words that git, docker, kubectl, npm, cargo, curl, openssl and others changed between versions, by a table with its sources"
        ),
        Entry(
            RawReplies(),
            "quotes and numbers around the replies of `redis-cli`"),
        Entry(
            AddedColumns(),
            "durations, sizes and empty columns at the right of a line"),
        Entry(
            TrailingParts(),
            "a duration at the end of a line, and under \"similar\" a remark in brackets"),
        Entry(
            WrappedLines(),
            "a long line that one side breaks in several"),
        Entry(
            HeadingBlanks(),
            "the blanks between the headings of a table"),
        Entry(
            TableLayout(),
            "the frame of a table, and cells that go on in a second row"),
        Entry(
            ListingInColumns(),
            "the columns in which `ls` arranges names"),
        Entry(
            ListingTotal(),
            "`total 12` above a long listing, shown or not"),
        Entry(
            Section(),
            "the other sections of an output, where the sample begins with a heading that comes once; never an error"),
        Entry(
            PartOfOutput(),
            "all other lines, where the sentence announces a part: \"should include\", \"the first lines\", \"ends with\""
        ),
        Entry(
            QuotedWords(),
            "the rest of a line of which the sentence quotes at least two words: \"it says `command not found`\""),
        Entry(
            AddedLines(),
            "lines before, between and behind the sample's that tools add; never an error, never one more of the sample's rows"
        ),
        Entry(
            OmittedLines(),
            "a warning, progress or a count of rows in the sample that does not come again"),
        Entry(
            RepeatedLines(),
            "how often a log line or block that the sample repeats comes, for commands that go on"),
        Entry(
            CutOffLines(),
            "what comes behind the place at which a sample breaks off inside a word or a value"),
        Entry(
            KeyOrder(),
            "the order of the keys of an object"),
        Entry(
            SetOrder(),
            "the order of the elements of a set that Python prints"),
        Entry(
            RowOrder(),
            "the order of lines where the page says so or the command promises none; never of sorted or numbered rows"),
    ]

    /// The rules as the documentation shows them.
    static var markdown: String {
        "| rule | what may differ |\n| --- | --- |\n"
            + all.map { "| `\(type(of: $0.rule))` | \($0.meaning) |" }.joined(separator: "\n")
    }
}

/// A sample and an output on their way to being compared.
struct Pair: Sendable {
    var sample: [TextLine]
    var output: [TextLine]
    var options = ComparisonOptions()

    init(_ sample: SourceText, _ output: SourceText) {
        self.sample = TextLine.lines(of: sample, areSample: true)
        self.output = TextLine.lines(of: output)
    }
}

/// What a strict comparison is to overlook in structures, where rewriting lines won't do.
struct ComparisonOptions: Hashable, Sendable {
    /// Keys of an object come in any order.
    var keysMayMove = false
    /// Objects may have more keys than the sample shows, and lists more elements.
    var showsPart = false
    /// Lists and tables may have more elements.
    var goesOn = false
    /// Figures of the machine vary as under "similar".
    var figuresVary = false
    /// Structures are not looked for: the lines are compared one by one.
    var isPlain = false
    /// Lines, rows and documents come in any order.
    var isUnordered = false
}

/// A line of either text, with the number it has there.
struct TextLine: Sendable {
    /// Counted from 0.
    let number: Int
    /// The line alone, without its end.
    let source: SourceText
    let tokens: [Token]

    private let isSample: Bool

    init(_ bytes: Bytes, number: Int, isSample: Bool = false) {
        self.number = number
        self.isSample = isSample
        source = SourceText(bytes)
        tokens = Lexer.tokens(source, 0..<bytes.count, readsPatterns: isSample)
    }

    static func lines(of source: SourceText, areSample: Bool = false) -> [TextLine] {
        (0..<source.lineCount).map { TextLine(Bytes(source.bytes[source.line($0)]), number: $0, isSample: areSample) }
    }

    var bytes: Bytes { source.bytes }
    var isBlank: Bool { tokens.isEmpty }
    var text: String { source.string(0..<bytes.count) }
    /// Blanks at the front.
    var indent: Int { bytes.end(of: 0, while: \.isBlank) }

    func replacing(_ bytes: Bytes) -> TextLine { TextLine(bytes, number: number, isSample: isSample) }
    func replacing(_ text: String) -> TextLine { replacing(Bytes(text.utf8)) }

    /// The text of a token.
    func word(_ token: Token) -> String { source.string(token.range) }
}

/// What a rule may know beside the two texts.
struct Situation: Sendable {
    let context: SampleContext
    let announcement: SampleAnnouncement
    let wording: Wording
    let fixed: FixedValues
    let program: CommandLine
    /// Lines of the output that lie in JSON, in a table or another structure that the sample has, too.
    var structured: Set<Int> = []

    /// Whether the two lines say the same, but for what varies in any case.
    func fits(_ line: TextLine, _ other: TextLine) -> Bool {
        TokenMatcher(documented: line.source, actual: other.source, wording: wording, fixed: fixed)
            .firstMismatch(line.tokens, other.tokens) == nil
    }

    /// For each line of the output the first line of the sample that it fits, `nil` where there is none.
    func places(_ pair: Pair) -> [Int?] {
        let wanted = pair.sample.indices.filter { !pair.sample[$0].isBlank && !isElision(pair.sample[$0]) }
        return pair.output.map { line in
            line.isBlank ? nil : wanted.first { fits(pair.sample[$0], line) }
        }
    }

    func isElision(_ line: TextLine) -> Bool { Elision.isLine(line.source, 0..<line.bytes.count) }
}

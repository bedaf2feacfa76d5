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
        let sentences = Words.sentences(in: prose)
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
        guard let dot = span.lastIndex(of: "."), !span.contains(where: \.isWhitespace) else { return false }
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

/// A sentence as lower-case words; a code span is the word "`".
private struct Words {
    var words: [String]
    /// Counted from the start of the prose.
    var paragraph: Int
    var isHeading = false

    /// No lead is longer; what comes before is another matter.
    static let longest = 1200

    static func sentences(in prose: ArraySlice<UInt8>) -> [Words] {
        var result: [Words] = []
        var words: [String] = []
        var word: [UInt8] = []
        var paragraph = 0
        func endWord() {
            if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
            word.removeAll(keepingCapacity: true)
        }
        func endSentence() {
            endWord()
            if !words.isEmpty { result.append(Words(words: words, paragraph: paragraph)) }
            words.removeAll()
        }
        let bytes = prose.suffix(longest)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            let next = index + 1 < bytes.endIndex ? bytes[index + 1] : .space
            if byte.isLetter || byte.isDigit {
                word.append(byte.lowercased)
            } else if byte == UInt8(ascii: "'") || byte == 0xE2 && next == 0x80 {
                // A typographic apostrophe takes three bytes.
                if byte == 0xE2 {
                    let mark = index + 2 < bytes.endIndex ? bytes[index + 2] : 0
                    if mark == 0x99 { word.append(UInt8(ascii: "'")) } else { endWord() }
                    index += 2
                } else {
                    word.append(byte)
                }
            } else if byte == .backtick {
                endWord()
                words.append("`")
            } else {
                let endsSentence =
                    (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?"))
                    && next.isWhite
                if endsSentence, word != Array("e.g".utf8) {
                    endSentence()
                } else if byte == UInt8(ascii: "."), next.isLetter, !word.isEmpty {
                    word.append(byte)
                } else {
                    endWord()
                    if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") { words.append(",") }
                    if ProseMark.isMark(byte) {
                        endSentence()
                        if byte == ProseMark.heading, let last = result.indices.last,
                            result[last].paragraph == paragraph
                        {
                            result[last].isHeading = true
                        }
                        if byte != ProseMark.item { paragraph += 1 }
                    }
                }
            }
            index += 1
        }
        endSentence()
        return result
    }

    // MARK: Meaning

    var meaning: Lead.Meaning {
        let output = lastOutput
        let instruction = lastInstruction
        // What to do then says nothing of the block; what would be seen then isn't seen now.
        if isProviso { return instruction == nil ? .instruction : .silent }
        if let output, output > instruction ?? -1 { return .output }
        if instruction != nil { return .instruction }
        if hasAppearance { return .appearance }
        return output != nil ? .output : .silent
    }

    var isSimilar: Bool {
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            if Spelling.isNear(word, to: "similar") || Spelling.isNear(word, to: "similarly") { return true }
            if word == "resemble" || word == "resembles" || word == "resembling" || word == "akin" || word == "e.g" {
                return true
            }
            if Spelling.isNear(word, to: "something"), next == "like" { return true }
            if word == "like", index > 0, Self.looks.contains(words[index - 1]) { return true }
            if word == "like", ["this", "the", "that", "so", "below", "these", "following"].contains(next), !isExactly {
                return true
            }
            if word == "example" || word == "sample" || word == "approximately" || word == "roughly" { return true }
            if word == "such", next == "as" { return true }
            if word == "along", next == "the" { return true }
            if word == "or", next == "so" { return true }
            if word == "may" || word == "might" || word == "could" || word == "differ" || word == "vary" {
                if words.contains(where: { $0 == "differ" || $0 == "vary" || $0 == "different" }) { return true }
            }
        }
        return false
    }

    private var isExactly: Bool { words.contains("exactly") }

    private static let looks: Set<String> = ["look", "looks", "looking", "appear", "appears", "seem", "seems"]

    var namesFile: Bool {
        words.contains { Self.files.contains($0) }
            && !words.contains { Spelling.isNear($0, to: "output") || $0 == "outputs" }
    }

    var namesPlace: Bool {
        if words.first == "in" || words.first == "inside" { return true }
        return words.contains { word in
            guard let dot = word.lastIndex(of: ".") else { return word == "dockerfile" || word == "makefile" }
            return Self.extensions.contains(String(word[word.index(after: dot)...]))
        }
    }

    private static let extensions: Set<String> = [
        "yml", "yaml", "json", "conf", "cfg", "ini", "toml", "xml", "properties", "env", "sh", "py", "js", "ts", "java",
        "go", "rb", "php", "cs", "html", "css", "sql", "tf", "md",
    ]

    /// "If you get an error, …": told of what need not happen.
    private var isProviso: Bool {
        words.count > 2 && words[0] == "if" && (words[1] == "you" || words[1] == "we")
            && words.contains { ["error", "errors", "fails", "problem", "problems"].contains($0) }
    }

    var opensPage: Bool { words.contains("browser") || words.contains("dashboard") }

    var namesOutput: Bool { words.indices.contains { isOutputNoun($0) } }

    /// "output" and its like, unless it only describes another noun ("output format").
    private func isOutputNoun(_ index: Int) -> Bool {
        let word = words[index]
        guard Self.prints.contains(word) || Spelling.isNear(word, to: "output") || Spelling.isNear(word, to: "response")
        else {
            return false
        }
        return index + 1 == words.count || !Self.described.contains(words[index + 1])
    }

    private static let described: Set<String> = [
        "format", "file", "files", "directory", "folder", "path", "type", "option", "device", "stream", "port", "mode",
        "plugin",
        "variable", "parameter", "formats", "dir", "location",
    ]

    private static let files: Set<String> = [
        "file", "files", "code", "snippet", "source", "content", "contents", "configuration", "config", "manifest",
        "definition", "yaml", "json", "script", "syntax", "function", "class", "method", "declaration", "dockerfile",
        "makefile", "diagram", "template", "section", "block", "statement", "property", "properties", "annotation",
    ]

    /// Nouns and verbs that only speak of what a program prints.
    private static let prints: Set<String> = [
        "output", "outputs", "result", "results", "response", "responses", "reply", "prints", "printed", "print",
        "returns",
        "returned", "return", "displays", "displayed", "outputted", "responds", "yields", "produces", "reports",
        "replies",
        "answers", "logged", "stdout", "greeted", "resulting",
    ]

    /// What readers do with output, after "you" or a modal.
    private static let senses: Set<String> = [
        "see", "get", "gets", "receive", "notice", "observe", "find", "seeing", "obtain", "view",
    ]

    private static let subjects: Set<String> = [
        "you", "we", "you'll", "we'll", "youll", "should", "will", "can", "could", "would", "you'd", "might", "may",
        "must",
        "going", "expect", "now", "also", "then", "something", "i",
    ]

    /// The last word that says that a program prints.
    private var lastOutput: Int? {
        var last: Int?
        var isPurpose = false
        for (index, word) in words.enumerated() {
            let previous = index > 0 ? words[index - 1] : ""
            if word == "," || Self.persons.contains(word) { isPurpose = false }
            if previous == "to", Self.purposes.contains(word),
                index < 2
                    || !["going", "similar", "have", "expected", "able", "supposed", "likely", "expect"].contains(
                        words[index - 2])
            {
                isPurpose = true
            }
            if isPurpose { continue }
            if Self.prints.contains(word) || Spelling.isNear(word, to: "output")
                || Spelling.isNear(word, to: "response")
            {
                last = index
            } else if Self.senses.contains(word), index > 0 {
                let near = words[max(0, index - 3)..<index]
                if near.contains(where: Self.subjects.contains) { last = index }
            } else if word == "see", index == 0, words.count > 1 {
                last = index
            } else if word == "expected", words.count <= 3 {
                last = index
            } else if word == "shows" || word == "showing" || word == "gives" || word == "says" || word == "shown" {
                last = index
            } else if word == "should" || word == "will", index + 1 < words.count, Self.shows.contains(words[index + 1])
            {
                if !namesFile { last = index }
            }
        }
        return last
    }

    private static let shows: Set<String> = [
        "be", "look", "show", "display", "present", "print", "give", "start", "return", "appear",
        "yield", "produce",
    ]

    private static let persons: Set<String> = ["you", "you'll", "we", "we'll", "it", "this", "which", "output"]

    private static let purposes: Set<String> = [
        "see", "view", "get", "check", "show", "display", "list", "verify", "inspect", "watch", "print", "return",
        "output",
        "find", "confirm", "observe", "test", "look", "obtain", "retrieve", "validate",
    ]

    /// The last word that tells the reader to type or write something.
    private var lastInstruction: Int? {
        var last: Int?
        for (index, word) in words.enumerated() where Self.orders.contains(word) {
            let before = words[max(0, index - 3)..<index]
            // "when you run", "after running", "the command you ran" look back on what was done.
            if before.contains(where: Self.lookingBack.contains) { continue }
            let previous = before.last ?? ","
            // "You should run" is an order, "the output should start" is none.
            if Self.modals.contains(previous) {
                if before.dropLast().last.map(Self.readers.contains) ?? false { last = index }
            } else if index == 0 || Self.openers.contains(previous) {
                last = index
            }
        }
        let nouns = lastOutput == nil ? Self.commands.union(Self.inputs) : Self.commands
        if let command = words.indices.last(where: { nouns.contains(words[$0]) }) {
            let before = words[max(0, command - 3)..<command]
            if before.contains(where: { ["following", "next", "below", "these"].contains($0) }),
                command > words.count - 4
            {
                last = max(last ?? 0, command)
            }
        }
        return last
    }

    private static let commands: Set<String> = ["command", "commands", "query", "queries", "syntax"]

    /// What "the following" announces for the reader to put in.
    private static let inputs: Set<String> = [
        "data", "payload", "body", "input", "request", "parameters", "arguments", "values", "settings", "options",
        "variables",
    ]

    private static let lookingBack: Set<String> = [
        "when", "after", "once", "if", "before", "while", "of", "from", "since", "that", "by", "until", "because",
        "does",
    ]

    private static let orders: Set<String> = [
        "run", "execute", "type", "enter", "paste", "copy", "create", "add", "edit", "change", "modify", "replace",
        "insert",
        "update", "write", "append", "save", "set", "define", "use", "put", "issue", "configure", "try", "apply",
        "submit",
        "make", "include", "adjust", "fill", "provide", "specify", "declare", "invoke", "perform", "click", "implement",
        "uncomment", "deploy", "start", "install",
    ]

    /// Words after which a verb is an order.
    private static let openers: Set<String> = [
        ",", "and", "to", "then", "now", "please", "let's", "lets", "or", "first", "next", "just", "simply", "finally",
        "also",
        "you", "we", "again", "need", "only", "instead", "`",
    ]

    private static let modals: Set<String> = ["can", "must", "should", "will", "could", "may", "might"]

    private static let readers: Set<String> = ["you", "we", "i", "user", "users", "students"]

    private var hasAppearance: Bool {
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            if word == "as", next.count >= 5, Spelling.isNear(next, to: "follows") { return true }
            if word == "like", index > 0 || next == "this" { return true }
            if Spelling.isNear(word, to: "similar") || Spelling.isNear(word, to: "following") { return true }
            if word == "below" || word == "example" { return true }
        }
        return false
    }

    // MARK: Terminals

    private static let ordinals = [
        "first": 1, "second": 2, "third": 3, "fourth": 4, "one": 1, "two": 2, "three": 3, "original": 1,
    ]

    var terminal: Int? {
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            let previous = index > 0 ? words[index - 1] : ""
            if word == "terminal" || word == "tab" || word == "window" || word == "shell" {
                if let number = Int(next) ?? Self.ordinals[next], Macro.terminals.contains(number) { return number }
                if let number = Self.ordinals[previous] { return number }
            }
            if word.count <= 3, word.hasPrefix("t"), let number = Int(word.dropFirst()),
                Macro.terminals.contains(number)
            {
                return number
            }
        }
        return nil
    }
}

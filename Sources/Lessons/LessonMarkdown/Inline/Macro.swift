import Diagnostics
package import Lessons

/// The braces after a code span or a closing fence: `{{execute T1 interrupt}}`.
package struct Macro {
    /// What the braces turn out to be.
    package enum Reading {
        case action(Macro, problem: String?)
        /// `{{}}`: the author switched off the default click.
        case nothing
        /// Words that look like a macro and are none.
        case unknown(String)
        /// A template or a placeholder of the text's own.
        case other
    }

    package var kind: Action.Kind
    package var terminal: Int?
    var host: Int?
    var pressesReturn = true
    package var tags: [String] = []

    /// More terminals than any lesson opens; a larger number is a slip.
    static let terminals = 1...32

    /// No longer braces are a macro.
    static let maxLength = 160

    /// Reads the text between the braces; words may come in any order and case.
    package static func read(_ bytes: ArraySlice<UInt8>) -> Reading {
        let text = bytes.span
        var isEmpty = true
        for index in text.indices where !text[index].isBlank {
            guard isPart(text[index]) else { return .other }
            isEmpty = false
        }
        if isEmpty { return .nothing }
        var words = SpanWords()
        guard let verb = words.next(in: text) else { return .nothing }
        if text.starts(with: "TRAFFIC_", at: verb.lowerBound) { return .other }
        guard let kind = kind(of: verb, in: text) else {
            let verb = text.string(verb)
            return .unknown("unknown macro '\(verb)'" + suggestion(for: verb))
        }
        var macro = Macro(kind: kind)
        var problem: String?
        while let word = words.next(in: text) {
            if let complaint = macro.take(word, of: text) { problem = problem ?? complaint }
        }
        return .action(macro, problem: problem)
    }

    /// Whether a word of a macro may hold the byte.
    private static func isPart(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "+")
    }

    private static func kind(of verb: Range<Int>, in text: Span<UInt8>) -> Action.Kind? {
        if text.isWord("execute", at: verb, ignoringCase: true) || text.isWord("exec", at: verb, ignoringCase: true) {
            return .execute
        }
        if text.isWord("copy", at: verb, ignoringCase: true) { return .copy }
        return text.isWord("open", at: verb, ignoringCase: true) ? .open : nil
    }

    private static func suggestion(for verb: String) -> String {
        let near = ["execute", "exec", "copy", "open"].first { Spelling.isNear(verb.lowercased(), to: $0, slips: 2) }
        return near.map { "; did you mean '\($0)'?" } ?? "; known are 'execute', 'exec', 'copy' and 'open'"
    }

    /// Takes in one word after the verb; answers what is wrong with it.
    private mutating func take(_ range: Range<Int>, of text: Span<UInt8>) -> String? {
        if let number = Self.number(in: text, range, after: "t") {
            guard Self.terminals.contains(number) else {
                return "unknown terminal '\(text.string(range))'; terminals are named T1 to "
                    + "T\(Self.terminals.upperBound)"
            }
            terminal = number
        } else if text.isWord("interrupt", at: range, ignoringCase: true) {
            if kind == .execute { kind = .interrupt }
        } else if text.isWord("ctrl-seq", at: range, ignoringCase: true) {
            if kind == .execute || kind == .interrupt { kind = .keys }
            pressesReturn = false
        } else if text.isWord("no-newline", at: range, ignoringCase: true) {
            pressesReturn = false
        } else if let number = Self.number(in: text, range, after: "host") {
            guard Self.terminals.contains(number) else {
                return "unknown host '\(text.string(range))'; hosts are named HOST1, HOST2, …"
            }
            host = number
        } else {
            let word = text.string(range)
            if Self.looksLikeTerminal(word.lowercased()) {
                return "unknown terminal '\(word)'; terminals are named T1, T2, …"
            }
            tags.append(word)
        }
        return nil
    }

    private static func number(in text: Span<UInt8>, _ word: Range<Int>, after prefix: StaticString) -> Int? {
        let start = word.lowerBound + prefix.utf8CodeUnitCount
        guard start < word.upperBound, text.isWord(prefix, at: word.lowerBound..<start, ignoringCase: true) else {
            return nil
        }
        for index in start..<word.upperBound where !text[index].isDigit { return nil }
        return Int(text.string(start..<word.upperBound)) ?? Int.max
    }

    /// `terminal2`, `term-1`, `T`, `host`: meant to name a place, and naming none.
    private static func looksLikeTerminal(_ word: String) -> Bool {
        let stem = word.filter { !$0.isNumber && $0 != "-" && $0 != "_" }
        return stem == "t" || stem == "terminal" || stem == "term" || stem == "tab" || stem == "host"
    }
}

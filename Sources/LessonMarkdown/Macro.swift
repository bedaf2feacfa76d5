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
    static let longest = 160

    /// Reads the text between the braces; words may come in any order and case.
    package static func read(_ bytes: ArraySlice<UInt8>) -> Reading {
        var isEmpty = true
        for byte in bytes where !byte.isBlank {
            guard byte.isLetter || byte.isDigit || byte == 0x2D || byte == 0x5F || byte == 0x2B else { return .other }
            isEmpty = false
        }
        if isEmpty { return .nothing }
        var rest = bytes
        guard let verb = nextWord(in: &rest) else { return .nothing }
        if verb.starts(with: "TRAFFIC_".utf8) { return .other }
        guard let kind = kind(of: verb) else {
            let verb = String(decoding: verb, as: UTF8.self)
            return .unknown("unknown macro '\(verb)'" + suggestion(for: verb))
        }
        var macro = Macro(kind: kind)
        var problem: String?
        while let word = nextWord(in: &rest) {
            if let complaint = macro.take(word) { problem = problem ?? complaint }
        }
        return .action(macro, problem: problem)
    }

    private static func nextWord(in rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let start = rest.firstIndex(where: { !$0.isBlank }) else { return nil }
        let end = rest[start...].firstIndex(where: \.isBlank) ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[start..<end]
    }

    /// Whether the word is this one, in either case.
    private static func isWord(_ word: ArraySlice<UInt8>, _ known: StaticString) -> Bool {
        guard word.count == known.utf8CodeUnitCount else { return false }
        return known.withUTF8Buffer { letters in zip(word, letters).allSatisfy { $0.lowercased == $1 } }
    }

    private static func kind(of verb: ArraySlice<UInt8>) -> Action.Kind? {
        if isWord(verb, "execute") || isWord(verb, "exec") { return .execute }
        if isWord(verb, "copy") { return .copy }
        return isWord(verb, "open") ? .open : nil
    }

    private static func suggestion(for verb: String) -> String {
        let near = ["execute", "exec", "copy", "open"].first { Spelling.isNear(verb.lowercased(), to: $0, slips: 2) }
        return near.map { ", perhaps '\($0)'" } ?? "; known are 'execute', 'exec', 'copy' and 'open'"
    }

    /// Takes in one word after the verb; answers what is wrong with it.
    private mutating func take(_ word: ArraySlice<UInt8>) -> String? {
        if Self.isWord(word, "interrupt") {
            if kind == .execute { kind = .interrupt }
        } else if Self.isWord(word, "ctrl-seq") {
            if kind == .execute || kind == .interrupt { kind = .keys }
            pressesReturn = false
        } else if Self.isWord(word, "no-newline") {
            pressesReturn = false
        } else if let number = Self.number(in: word, after: "t") {
            guard Self.terminals.contains(number) else {
                return "unknown terminal '\(String(decoding: word, as: UTF8.self))'; terminals are named T1 to "
                    + "T\(Self.terminals.upperBound)"
            }
            terminal = number
        } else if let number = Self.number(in: word, after: "host") {
            guard Self.terminals.contains(number) else {
                return "unknown host '\(String(decoding: word, as: UTF8.self))'; hosts are named HOST1, HOST2, …"
            }
            host = number
        } else {
            let word = String(decoding: word, as: UTF8.self)
            if Self.looksLikeTerminal(word.lowercased()) {
                return "unknown terminal '\(word)'; terminals are named T1, T2, …"
            }
            tags.append(word)
        }
        return nil
    }

    private static func number(in word: ArraySlice<UInt8>, after prefix: StaticString) -> Int? {
        let digits = word.dropFirst(prefix.utf8CodeUnitCount)
        guard !digits.isEmpty, isWord(word.prefix(upTo: digits.startIndex), prefix), digits.allSatisfy(\.isDigit)
        else { return nil }
        return Int(String(decoding: digits, as: UTF8.self)) ?? Int.max
    }

    /// `terminal2`, `term-1`, `T`, `host`: meant to name a place, and naming none.
    private static func looksLikeTerminal(_ word: String) -> Bool {
        let stem = word.filter { !$0.isNumber && $0 != "-" && $0 != "_" }
        return stem == "t" || stem == "terminal" || stem == "term" || stem == "tab" || stem == "host"
    }
}

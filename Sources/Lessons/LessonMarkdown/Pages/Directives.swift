import Lessons

/// What one author's comment asks for.
struct Directives {
    var sample: SampleDirectives?
    var action: ActionDirectives?
    /// `sample` forces the block after it to be a sample, `no-sample` denies it.
    var isSample: Bool?
    var timeout: Double?
    /// Codes of problems that the author wants to hear nothing of: `ignore LL012`.
    var ignoredCodes: [(code: String, offset: Int)] = []
    var problems: [Problem] = []
    /// The words so far that are known.
    private var said: [String] = []

    struct Problem {
        /// Offset of the word.
        var offset: Int
        /// How many bytes the word has.
        var length: Int
        var text: String
    }

    /// Reads a comment's body; `nil` for a comment that isn't meant for Lectern.
    init?(comment: Range<Int>, in source: SourceText) {
        var probe = comment.lowerBound
        while probe < comment.upperBound, source.bytes[probe].isWhite { probe += 1 }
        guard source.starts(with: "lectern", at: probe), probe + 7 <= comment.upperBound else { return nil }
        let name = probe
        probe += 7
        if probe < comment.upperBound, source.bytes[probe] == UInt8(ascii: ":") {
            probe += 1
        } else {
            // A remark on Lectern is none for it, unless it consists of its words.
            let words = source.string(probe..<comment.upperBound).split(whereSeparator: \.isWhitespace)
            guard !words.isEmpty, source.bytes[probe].isWhite,
                words.allSatisfy({ DirectiveWords.isWord(String($0)) })
            else { return nil }
            problems.append(
                Problem(offset: name, length: 7, text: "'lectern' must be followed by a colon: '<!-- lectern: … -->'"))
        }
        var isEmpty = true
        var namesCodes = false
        while probe < comment.upperBound {
            if source.bytes[probe].isWhite {
                probe += 1
                continue
            }
            let start = probe
            while probe < comment.upperBound, !source.bytes[probe].isWhite { probe += 1 }
            isEmpty = false
            let word = source.string(start..<probe)
            if word == "ignore", Self.code(at: probe, before: comment.upperBound, in: source) != nil {
                namesCodes = true
            } else if namesCodes, let code = Self.code(at: start, before: probe, in: source) {
                ignoredCodes.append((code, start))
            } else if let problem = take(word) ?? contradiction(word) {
                problems.append(Problem(offset: start, length: probe - start, text: problem))
            }
        }
        if isEmpty {
            problems.append(
                Problem(
                    offset: comment.lowerBound, length: 1,
                    text: "'lectern:' must be followed by a word; " + DirectiveWords.known))
        }
        if let timeout, sample == nil, isSample == nil, action == nil {
            // Alone, it belongs to whatever comes next; the page decides.
            self.timeout = timeout
        } else if let timeout {
            if sample != nil { sample?.timeout = timeout } else { action?.timeout = timeout }
            if sample == nil, action == nil { sample = SampleDirectives(timeout: timeout) }
            self.timeout = nil
        }
    }

    /// The code of a problem (`LL012`, with or without a comma) that is the next word.
    private static func code(at offset: Int, before end: Int, in source: SourceText) -> String? {
        var probe = offset
        while probe < end, source.bytes[probe].isWhite { probe += 1 }
        let word = source.bytes[probe..<end].prefix { !$0.isWhite && $0 != UInt8(ascii: ",") }
        guard word.count > 2, word.starts(with: "LL".utf8), word.dropFirst(2).allSatisfy(\.isDigit) else { return nil }
        return String(decoding: word, as: UTF8.self)
    }

    /// Takes in a word; answers what is wrong with it.
    private mutating func take(_ word: String) -> String? {
        var sample = self.sample ?? SampleDirectives()
        switch word {
        case "exact": sample.wording = .exact
        case "similar": sample.wording = .similar
        case "ignore": sample.comparison = .ignore
        case "contains": sample.comparison = .contains
        case "regex": sample.comparison = .regex
        case "unordered": sample.isUnordered = true
        case "optional": sample.isOptional = true
        case "screen": sample.source = .screen
        case "sample", "no-sample":
            isSample = word == "sample"
            return nil
        case "retry":
            action = action ?? ActionDirectives()
            action?.retries = true
            return nil
        default: return takeValue(word)
        }
        self.sample = sample
        return nil
    }

    /// Takes in a word of the form `NAME=VALUE`.
    private mutating func takeValue(_ word: String) -> String? {
        guard let equals = word.lastIndex(of: "=") else { return DirectiveWords.unknown(word) }
        let name = word[..<equals]
        let value = String(word[word.index(after: equals)...])
        if name == "timeout" {
            guard let seconds = Seconds.read(value) else {
                return "'\(word)' is not a time; write it as 'timeout=10s', '500ms' or '2m', above 0 and at most a day"
            }
            timeout = seconds
            return nil
        }
        if name == "status" {
            let statuses = value.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
            guard !statuses.contains(where: { !(0...255).contains($0 ?? -1) }) else {
                return "'\(word)' does not name an exit status; write it as 'status=1' or 'status=1,2', from 0 to 255"
            }
            action = action ?? ActionDirectives()
            action?.allowedStatuses = Set(statuses.compactMap(\.self))
            return nil
        }
        guard name.hasPrefix("field:") else { return DirectiveWords.unknown(word) }
        guard name.utf8.count > 6, !value.isEmpty else {
            return "'\(word)' does not name a field and a class; write it as 'field:customer.email=email'"
        }
        guard FieldClassNames.all.contains(value) else {
            let meant = NearestWords.suggestion(for: value, among: FieldClassNames.all)
            return "unknown class '\(value)' of a field; "
                + (meant ?? "known are " + FieldClassNames.all.joined(separator: ", "))
        }
        sample = sample ?? SampleDirectives()
        sample?.fieldClasses[String(name.dropFirst(6))] = value
        return nil
    }

    // MARK: Contradictions

    /// Says what the word, which is known, doesn't go with.
    private mutating func contradiction(_ word: String) -> String? {
        defer { said.append(word) }
        for earlier in said {
            if Self.subject(earlier) == Self.subject(word) {
                return earlier == word ? "'\(word)' is given twice" : "'\(word)' contradicts '\(earlier)'"
            }
            if let reason = Self.exclusion(of: earlier, by: word) ?? Self.exclusion(of: word, by: earlier) {
                return "'\(word)' contradicts '\(earlier)': \(reason)"
            }
        }
        return nil
    }

    /// What a word speaks of: one comment says one thing of each.
    private static func subject(_ word: String) -> String {
        switch word {
        case "exact", "similar": "mode"
        case "contains", "regex", "ignore": "comparison"
        case "sample", "no-sample": "block"
        default: word.lastIndex(of: "=").map { String(word[..<$0]) } ?? word
        }
    }

    /// Why the other word leaves nothing for this one to say.
    private static func exclusion(of word: String, by other: String) -> String? {
        let isOfSample = word != "sample" && !["retry", "status", "timeout"].contains(subject(word))
        switch other {
        case "no-sample" where isOfSample: return "a block that is not a sample is not compared"
        case "ignore" where isOfSample: return "nothing is compared"
        case "regex" where isOfSample && word != "optional": return "the expressions alone decide"
        default: return nil
        }
    }
}

/// Spans of time as authors write them.
enum Seconds {
    static let aDay = 86_400.0

    /// `10`, `10s`, `500ms`, `2m`; above 0, at most a day.
    static func read(_ text: String) -> Double? {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let factor: Double
        switch text[digits.endIndex...] {
        case "ms": factor = 0.001
        case "s", "": factor = 1
        case "m", "min": factor = 60
        case "h": factor = 3600
        default: return nil
        }
        guard let number = Double(digits), case let seconds = number * factor, seconds > 0, seconds <= aDay else {
            return nil
        }
        return seconds
    }
}

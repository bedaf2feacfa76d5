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

    struct Problem {
        /// Offset of the word.
        var offset: Int
        var text: String
    }

    /// The words, for messages.
    static let words = [
        "exact", "similar", "ignore", "contains", "regex", "unordered", "optional", "screen", "sample", "no-sample",
        "retry",
        "timeout=SECONDS", "status=N", "field:PATH=CLASS",
    ]

    /// Reads a comment's body; `nil` for a comment that isn't meant for Lectern.
    init?(comment: Range<Int>, in source: SourceText) {
        var probe = comment.lowerBound
        while probe < comment.upperBound, source.bytes[probe].isWhite { probe += 1 }
        guard source.starts(with: "lectern:", at: probe), probe + 8 <= comment.upperBound else { return nil }
        probe += 8
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
            } else if let problem = take(word) {
                problems.append(Problem(offset: start, text: problem))
            }
        }
        if isEmpty {
            problems.append(
                Problem(offset: comment.lowerBound, text: "'lectern:' is followed by no word; " + Self.known))
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

    private static var known: String { "known are " + words.joined(separator: ", ") }

    private mutating func take(_ word: String) -> String? {
        var sample = self.sample ?? SampleDirectives()
        switch word {
        case "exact", "similar":
            let wording = Wording(rawValue: word)
            if let earlier = sample.wording, earlier != wording { return "'\(word)' contradicts '\(earlier.rawValue)'" }
            sample.wording = wording
        case "ignore": sample.comparison = .ignore
        case "contains": sample.comparison = .contains
        case "regex": sample.comparison = .regex
        case "unordered": sample.isUnordered = true
        case "optional": sample.isOptional = true
        case "screen": sample.source = .screen
        case "sample":
            isSample = true
            return nil
        case "no-sample":
            isSample = false
            return nil
        case "retry":
            action = action ?? ActionDirectives()
            action?.retries = true
            return nil
        default:
            guard let equals = word.lastIndex(of: "=") else { return "unknown word '\(word)'; " + Self.known }
            let name = word[..<equals]
            let value = String(word[word.index(after: equals)...])
            if name == "timeout" {
                guard let seconds = Seconds.read(value) else {
                    return "'\(word)' is no time; write it as 'timeout=10s', '500ms' or '2m'"
                }
                timeout = seconds
                return nil
            }
            if name == "status" {
                let statuses = value.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
                guard !statuses.contains(where: { !(0...255).contains($0 ?? -1) }) else {
                    return "'\(word)' names no exit status; write it as 'status=1' or 'status=1,2', from 0 to 255"
                }
                action = action ?? ActionDirectives()
                action?.allowedStatuses = Set(statuses.compactMap(\.self))
                return nil
            }
            guard name.hasPrefix("field:"), name.utf8.count > 6, !value.isEmpty else {
                return word.hasPrefix("field:")
                    ? "'\(word)' names no field and class; write it as 'field:customer.email=email'"
                    : "unknown word '\(word)'; " + Self.known
            }
            sample.fieldClasses[String(name.dropFirst(6))] = value
        }
        self.sample = sample
        return nil
    }
}

/// Spans of time as authors write them.
enum Seconds {
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
        guard let number = Double(digits), case let seconds = number * factor, seconds > 0, seconds <= 86_400 else {
            return nil
        }
        return seconds
    }
}

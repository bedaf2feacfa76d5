import ShellLiterals

/// A regular expression, or a plain word, to be looked for in a text.
struct TextPattern {
    struct Match {
        /// UTF-16 units of the text.
        let start: Int
        let end: Int
        /// What the whole expression matched, and each of its groups.
        let groups: [Value]

        /// A replacement with `$&` and `$1` filled in.
        func expanding(_ replacement: String) -> String {
            guard replacement.contains("$") else { return replacement }
            var result = ""
            var rest = Substring(replacement)
            while let character = rest.popFirst() {
                guard character == "$", let next = rest.first else {
                    result.append(character)
                    continue
                }
                if next == "&" || next == "$" {
                    result += next == "&" ? groups[0].joinedText : "$"
                    rest.removeFirst()
                } else if let index = next.wholeNumberValue, index > 0, index < groups.count {
                    result += groups[index].isMissing ? "" : groups[index].joinedText
                    rest.removeFirst()
                } else {
                    result.append(character)
                }
            }
            return result
        }
    }

    /// A backtracking matcher may take long for a text that nearly fits; longer texts are not for a prompt.
    private static let maxTextLength = 100_000

    private enum Kind {
        case word(String)
        case regex(Regex<AnyRegexOutput>)
    }

    let isGlobal: Bool
    private let kind: Kind

    /// - Parameter value: A regular expression; anything else is looked for as its text.
    init(_ value: Value) throws {
        if case .literal(.regex(let pattern, let flags)) = value {
            self = try TextPattern(pattern, flags: flags)
        } else {
            (isGlobal, kind) = (false, .word(value.joinedText))
        }
    }

    /// - Throws: ``ShellError`` for a pattern that isn't one, or that uses what Swift's regular expressions lack.
    init(_ pattern: String, flags: String) throws {
        do {
            var regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
            if flags.contains("i") { regex = regex.ignoresCase() }
            if flags.contains("m") { regex = regex.anchorsMatchLineEndings() }
            if flags.contains("s") { regex = regex.dotMatchesNewlines() }
            (isGlobal, kind) = (flags.contains("g"), .regex(regex))
        } catch {
            throw ShellError("SyntaxError", "Invalid regular expression: /\(pattern)/: \(error)")
        }
    }

    func firstMatch(in text: String) throws -> Match? {
        switch kind {
        case .word(let word):
            return TextSearch.first(word, in: text).map { start in
                Match(start: start, end: start + word.utf16.count, groups: [.string(word)])
            }
        case .regex(let regex):
            try check(text)
            return try regex.firstMatch(in: text).map { match($0, in: text) }
        }
    }

    func matches(in text: String) throws -> [Match] {
        switch kind {
        case .word(let word):
            guard !word.isEmpty else { return [] }
            var result: [Match] = []
            var place = 0
            for piece in TextSearch.pieces(of: text, between: word).dropLast() {
                place += piece.utf16.count
                result.append(Match(start: place, end: place + word.utf16.count, groups: [.string(word)]))
                place += word.utf16.count
            }
            return result
        case .regex(let regex):
            try check(text)
            return text.matches(of: regex).map { match($0, in: text) }
        }
    }

    /// The text between the matches.
    func pieces(of text: String) throws -> [String] {
        let units = Array(text.utf16)
        var result: [String] = []
        var place = 0
        for match in try matches(in: text)
        where match.end > match.start || (match.start > place && match.end < units.count) {
            result.append(String(decoding: units[place..<match.start], as: UTF16.self))
            place = match.end
        }
        return result + [String(decoding: units[place...], as: UTF16.self)]
    }

    private func check(_ text: String) throws {
        guard text.utf8.count <= Self.maxTextLength else {
            throw ShellError("RangeError", "the text is too long for a regular expression in this stand-in for mongosh")
        }
    }

    private func match(_ match: Regex<AnyRegexOutput>.Match, in text: String) -> Match {
        Match(
            start: text.utf16.distance(from: text.startIndex, to: match.range.lowerBound),
            end: text.utf16.distance(from: text.startIndex, to: match.range.upperBound),
            groups: match.output.map { $0.substring.map { .string(String($0)) } ?? .undefined })
    }
}

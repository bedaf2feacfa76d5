import Lessons

/// A line of an output in which some words may be others, as several runs showed them.
struct LineShape: Hashable {
    /// What a word was in every run.
    enum Slot: String, CaseIterable {
        case integer, hex, word, text

        /// The narrowest one that all of some words fit.
        init(fitting words: [Substring]) {
            let lengths = Set(words.map(\.count))
            self =
                Self.allCases.first { slot in
                    guard slot != .hex || lengths.count == 1 && lengths != [1] else { return false }
                    return words.allSatisfy(slot.fits)
                } ?? .text
        }

        func fits(_ word: Substring) -> Bool {
            switch self {
            case .integer: word.allSatisfy(\.isNumber)
            case .hex: word.allSatisfy(\.isHexDigit)
            case .word: word.allSatisfy(\.isLetter)
            case .text: word.allSatisfy(LineShape.isPartOfWord)
            }
        }
    }

    private enum Part: Hashable {
        case literal(String)
        case slot(Slot)
    }

    /// `nil` for a line that may be any.
    private let parts: [Part]?

    /// The shape of a sample's line, by what was printed in its place.
    ///
    /// - Parameter printed: One line a run.
    init(of documented: String, printed: [String]) {
        let words = Self.words(of: documented)
        let runs = printed.map(Self.words)
        guard Set(printed).count > 1 else {
            parts = words.map { .literal(String($0)) }
            return
        }
        guard runs.allSatisfy({ Self.isAlike($0, words) }) else {
            parts = nil
            return
        }
        parts = words.indices.map { index in
            let column = runs.map { $0[index] }
            guard Self.isWord(words[index]), Set(column).count > 1 else { return .literal(String(words[index])) }
            return .slot(Slot(fitting: column + [words[index]]))
        }
    }

    /// A shape as ``description`` writes it; `nil` for another text.
    init?(_ text: String) {
        if text == "{any}" {
            parts = nil
            return
        }
        var found: [Part] = []
        var literal = ""
        func flush() {
            found += Self.words(of: literal).map { .literal(String($0)) }
            literal = ""
        }
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "{" || character == "}" else {
                literal.append(character)
                continue
            }
            if rest.first == character {
                rest.removeFirst()
                literal.append(character)
                continue
            }
            guard character == "{", let end = rest.firstIndex(of: "}"), let slot = Slot(rawValue: String(rest[..<end]))
            else { return nil }
            flush()
            found.append(.slot(slot))
            rest = rest[rest.index(after: end)...]
        }
        flush()
        parts = found
    }

    /// The line with `{integer}` and the like for what varied; braces of the line itself are doubled.
    var description: String {
        guard let parts else { return "{any}" }
        return parts.map { part in
            switch part {
            case .literal(let text): text.replacing("{", with: "{{").replacing("}", with: "}}")
            case .slot(let slot): "{\(slot.rawValue)}"
            }
        }.joined()
    }

    var varies: Bool {
        parts?.contains { if case .slot = $0 { true } else { false } } ?? true
    }

    /// Whether a line is the sample's, but for what varied in the runs and for what always may (dates, identifiers).
    func fits(_ line: String, documented: String) -> Bool {
        guard let parts else { return true }
        var words = Self.words(of: line)
        let wanted = Self.words(of: documented)
        if words.count == parts.count, wanted.count == parts.count {
            for (index, part) in parts.enumerated() {
                if case .slot(let slot) = part, slot.fits(words[index]), Self.isWord(words[index]) {
                    words[index] = wanted[index]
                }
            }
        }
        let text = words.joined(separator: "")
        return text == documented
            || ParsedSample(documented: documented, wording: .exact).compare(with: text).matches
    }

    // MARK: Words

    /// Runs of letters, digits and `_`, runs of blanks, and every other character by itself.
    private static func words(of line: String) -> [Substring] {
        var words: [Substring] = []
        var rest = line[...]
        while let first = rest.first {
            let word =
                isPartOfWord(first)
                ? rest.prefix(while: isPartOfWord)
                : first.isWhitespace ? rest.prefix(while: \.isWhitespace) : rest.prefix(1)
            words.append(word)
            rest = rest[word.endIndex...]
        }
        return words
    }

    private static func isPartOfWord(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    private static func isWord(_ text: Substring) -> Bool { text.first.map(isPartOfWord) ?? false }

    /// Whether two lines differ in words only; blanks may be wider.
    private static func isAlike(_ words: [Substring], _ others: [Substring]) -> Bool {
        words.count == others.count
            && zip(words, others).allSatisfy { word, other in
                isWord(word)
                    ? isWord(other)
                    : word == other || word.allSatisfy(\.isWhitespace) && other.allSatisfy(\.isWhitespace)
            }
    }
}

/// An expression as it was read.
indirect enum PatternNode: Sendable {
    case empty
    case character(Character)
    case set(CharacterSet)
    case assertion(Assertion)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    /// `most` is `nil` without an upper bound.
    case repetition(PatternNode, least: Int, most: Int?)

    enum Assertion: Sendable { case start, end, wordEdge, noWordEdge }
}

/// A set of characters: `.`, `\d`, `[a-z]`.
struct CharacterSet: Sendable {
    enum Class: Sendable { case any, digit, word, space }

    enum Member: Sendable {
        case one(Character)
        case range(ClosedRange<UInt32>)
        case kind(Class, isNegated: Bool)
    }

    var members: [Member]
    var isNegated = false

    func contains(_ character: Character, ignoringCase: Bool) -> Bool {
        var isMember = holds(character)
        if !isMember, ignoringCase, character.isCased {
            isMember = holds(Self.folded(character.lowercased())) || holds(Self.folded(character.uppercased()))
        }
        return isMember != isNegated
    }

    private func holds(_ character: Character) -> Bool {
        members.contains { member in
            switch member {
            case .one(let other): other == character
            case .range(let range):
                character.unicodeScalars.count == 1
                    && character.unicodeScalars.first.map { range.contains($0.value) } ?? false
            case .kind(let kind, let isNegated): Self.isOf(kind, character) != isNegated
            }
        }
    }

    private static func folded(_ text: String) -> Character { text.count == 1 ? Character(text) : "\u{FFFD}" }

    static func isOf(_ kind: Class, _ character: Character) -> Bool {
        switch kind {
        case .any: true
        case .digit: character.isNumber && character.isWholeNumber
        case .word: character.isLetter || character.isNumber || character == "_"
        case .space: character.isWhitespace
        }
    }
}

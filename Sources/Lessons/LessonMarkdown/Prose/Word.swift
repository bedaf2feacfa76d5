/// A word of a page's prose: what the rules for leads know of it.
struct Word {
    var classes: Classes = []
    /// Of a terminal, for a word that can name one.
    var number = 0

    /// A code span.
    static let code = Word(classes: .opener)
    static let comma = Word(classes: [.opener, .endsPurpose, .joins])

    func isAny(of classes: Classes) -> Bool { !self.classes.isDisjoint(with: classes) }

    /// What a word can be in a sentence; most are nothing.
    struct Classes: OptionSet {
        let rawValue: UInt128

        private init(bit: Int) { rawValue = 1 << bit }
        init(rawValue: UInt128) { self.rawValue = rawValue }

        // Output

        /// Speaks of what a program prints, or is nearly "output" or "response".
        static let output = Self(bit: 0)
        static let nearOutput = Self(bit: 1)
        /// A noun that "output" may describe.
        static let described = Self(bit: 2)
        /// What readers do with output, after "you" or a modal.
        static let sense = Self(bit: 3)
        static let subject = Self(bit: 4)
        static let see = Self(bit: 5)
        static let expected = Self(bit: 6)
        static let tells = Self(bit: 7)
        static let shouldOrWill = Self(bit: 8)
        /// What output does after "should" and "will".
        static let shows = Self(bit: 9)
        /// After "to": what a command is run for.
        static let purpose = Self(bit: 10)
        static let to = Self(bit: 11)
        /// Before "to": words after which no purpose follows.
        static let beforeTo = Self(bit: 12)
        static let endsPurpose = Self(bit: 13)
        /// What the reader does as well as a program.
        static let prints = Self(bit: 54)
        static let returns = Self(bit: 55)
        /// What readers do to come by something.
        static let comesBy = Self(bit: 56)
        /// "from", "using": how they do.
        static let means = Self(bit: 57)
        static let can = Self(bit: 58)
        static let have = Self(bit: 59)
        static let reads = Self(bit: 60)
        /// What is there is only a part of a line.
        static let part = Self(bit: 75)
        static let here = Self(bit: 76)
        /// What stands for a command in "this will start the following".
        static let doer = Self(bit: 61)
        /// Before "output": the stream, not what is on it.
        static let standard = Self(bit: 62)
        /// What a program says: no file, whatever else is named.
        static let said = Self(bit: 73)

        // Instructions

        static let order = Self(bit: 14)
        static let lookingBack = Self(bit: 15)
        static let modal = Self(bit: 16)
        static let reader = Self(bit: 17)
        /// A word after which a verb is an order.
        static let opener = Self(bit: 18)
        static let command = Self(bit: 19)
        /// What "the following" announces for the reader to put in.
        static let input = Self(bit: 20)
        static let pointing = Self(bit: 21)
        static let `if` = Self(bit: 22)
        static let youOrWe = Self(bit: 23)
        static let trouble = Self(bit: 24)
        /// Done with output that is there.
        static let scroll = Self(bit: 74)
        /// What is done to a file: "by adding the following".
        static let writing = Self(bit: 63)
        static let line = Self(bit: 64)
        static let how = Self(bit: 65)
        static let `do` = Self(bit: 66)
        /// Joins clauses: what comes after isn't said of what came before.
        static let joins = Self(bit: 67)
        /// Before "to": what comes about by itself.
        static let tends = Self(bit: 68)
        static let would = Self(bit: 69)

        // Files and pages

        static let file = Self(bit: 25)
        /// The name of a file, by its extension.
        static let place = Self(bit: 26)
        static let inside = Self(bit: 27)
        /// After "in": names no place.
        static let noPlace = Self(bit: 70)
        static let browser = Self(bit: 28)

        // Likeness

        static let nearSimilar = Self(bit: 29)
        static let nearSimilarly = Self(bit: 30)
        static let nearSomething = Self(bit: 31)
        static let nearFollows = Self(bit: 32)
        static let nearFollowing = Self(bit: 33)
        static let resembles = Self(bit: 34)
        /// The block is one of many, or not quite this.
        static let instance = Self(bit: 35)
        static let like = Self(bit: 36)
        static let afterLike = Self(bit: 37)
        static let looks = Self(bit: 38)
        static let exactly = Self(bit: 39)
        static let such = Self(bit: 40)
        static let `as` = Self(bit: 41)
        static let along = Self(bit: 42)
        static let the = Self(bit: 43)
        static let or = Self(bit: 44)
        static let so = Self(bit: 45)
        static let this = Self(bit: 46)
        static let below = Self(bit: 47)
        static let example = Self(bit: 71)
        static let mayDiffer = Self(bit: 48)
        static let differs = Self(bit: 49)

        // What no program prints

        /// What a page works out by itself.
        static let told = Self(bit: 93)
        static let byHand = Self(bit: 94)
        static let by = Self(bit: 95)
        static let be = Self(bit: 96)

        // Parts of an output

        /// What an output does with a part of itself.
        static let includes = Self(bit: 77)
        /// What is only a part, whatever it is of.
        static let excerpt = Self(bit: 78)
        /// What is a part when it is "of" an output.
        static let fragment = Self(bit: 79)
        /// What a part is of.
        static let source = Self(bit: 80)
        /// Where in an output a part is.
        static let edge = Self(bit: 81)
        static let few = Self(bit: 82)
        static let at = Self(bit: 83)
        static let begins = Self(bit: 84)
        static let with = Self(bit: 85)
        static let somewhere = Self(bit: 86)
        static let among = Self(bit: 87)
        static let lookUp = Self(bit: 88)
        static let forWord = Self(bit: 89)
        static let find = Self(bit: 90)
        static let a = Self(bit: 91)
        /// "Command line", "new line": no line of an output.
        static let standardOrCommand = Self(bit: 92)

        // Labels

        /// Before a sentence: "Note: if you …".
        static let label = Self(bit: 97)

        // Terminals

        static let terminalNoun = Self(bit: 50)
        static let digits = Self(bit: 51)
        static let ordinal = Self(bit: 52)
        /// `t2`.
        static let terminalName = Self(bit: 53)
        static let new = Self(bit: 72)
    }
}

/// The bytes of a lower-case word in two machine words: words are compared and looked up more often than anything else.
struct Letters: Hashable {
    private var head: UInt64 = 0
    private var tail: UInt64 = 0
    /// All bytes count; only the first 16 are kept, and no word that is known has more.
    private(set) var count = 0

    init() {}

    init(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    var isEmpty: Bool { count == 0 }

    mutating func append(_ byte: UInt8) {
        if count < 8 {
            head |= UInt64(byte) << (8 * UInt64(count))
        } else if count < 16 {
            tail |= UInt64(byte) << (8 * UInt64(count - 8))
        }
        count += 1
    }

    /// One of the first 16 bytes.
    subscript(_ index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: index < 8 ? head >> (8 * UInt64(index)) : tail >> (8 * UInt64(index - 8)))
    }

    func hash(into hasher: inout Hasher) { hasher.combine(head ^ tail.byteSwapped) }

    /// Whether at most one letter was dropped, added, changed or swapped with its neighbour.
    func isNear(_ other: Letters) -> Bool {
        guard abs(count - other.count) <= 1, min(count, other.count) > 1, max(count, other.count) <= 16 else {
            return self == other
        }
        let shorter = min(count, other.count)
        var start = 0
        while start < shorter, self[start] == other[start] { start += 1 }
        var end = 0
        while end < shorter - start, self[count - 1 - end] == other[other.count - 1 - end] { end += 1 }
        let (left, right) = (count - start - end, other.count - start - end)
        if left <= 1, right <= 1 { return true }
        return left == 2 && right == 2 && self[start] == other[start + 1] && self[start + 1] == other[start]
    }

    /// The number that the digits from the index on are, up to 32; `nil` for anything else.
    func number(from index: Int) -> Int? {
        guard index < count, count <= 16 else { return nil }
        var number = 0
        for position in index..<count {
            guard self[position].isDigit else { return nil }
            number = min(number * 10 + Int(self[position] - 0x30), 1000)
        }
        return Macro.terminals.contains(number) ? number : nil
    }
}

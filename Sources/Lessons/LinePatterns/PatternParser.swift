/// Reads an expression; says where it stops being one.
struct PatternParser {
    /// Groups nest no deeper.
    private static let maxDepth = 100
    /// A bound of a repetition is no larger; the size of the whole is bounded besides.
    private static let maxBound = 1_000

    private let text: [Character]
    private var at = 0
    private var depth = 0
    private(set) var ignoresCase = false

    init(_ text: String) { self.text = Array(text) }

    mutating func parse() throws(LinePatternError) -> PatternNode {
        if starts(with: "(?i)") {
            ignoresCase = true
            at = 4
        }
        let node = try alternatives()
        if at < text.count { throw error("a ) without its (") }
        return node
    }

    private func error(_ reason: String, at offset: Int? = nil) -> LinePatternError {
        LinePatternError(reason: reason, offset: min(offset ?? at, max(text.count - 1, 0)))
    }

    private var next: Character? { at < text.count ? text[at] : nil }

    private func starts(with prefix: String) -> Bool { text[at...].starts(with: prefix) }

    private mutating func take(_ character: Character) -> Bool {
        guard next == character else { return false }
        at += 1
        return true
    }

    // MARK: Structure

    private mutating func alternatives() throws(LinePatternError) -> PatternNode {
        guard depth < Self.maxDepth else { throw error("groups nest deeper than \(Self.maxDepth)") }
        depth += 1
        defer { depth -= 1 }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(LinePatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let character = next, character != "|", character != ")" {
            let start = at
            let node = try atom(character)
            nodes.append(try repeated(node, from: start))
        }
        return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
    }

    private mutating func atom(_ character: Character) throws(LinePatternError) -> PatternNode {
        at += 1
        switch character {
        case "(": return try group()
        case "[": return .set(try bracketed())
        case "\\": return try escaped()
        case ".": return .set(CharacterSet(members: [.kind(.any, isNegated: false)]))
        case "^": return .assertion(.start)
        case "$": return .assertion(.end)
        case "*", "+", "?": throw error("there is nothing before \(character) to repeat", at: at - 1)
        default: return .character(character)
        }
    }

    private mutating func group() throws(LinePatternError) -> PatternNode {
        let start = at - 1
        if take("?") {
            if starts(with: "<"), !starts(with: "<="), !starts(with: "<!") {
                while let character = next, character != ">" {
                    guard character == "<" || character.isLetter || character.isNumber || character == "_" else {
                        break
                    }
                    at += 1
                }
                guard take(">") else { throw error("the name of a group is not closed", at: start) }
            } else if !take(":") {
                throw error("(?\(next.map(String.init) ?? "") is not supported; use (?:…) or a plain group", at: start)
            }
        }
        let node = try alternatives()
        guard take(")") else { throw error("a group is not closed", at: start) }
        return node
    }

    // MARK: Repetition

    private mutating func repeated(_ node: PatternNode, from start: Int) throws(LinePatternError) -> PatternNode {
        var least = 0
        var most: Int?
        switch next {
        case "*": at += 1
        case "+": (least, at) = (1, at + 1)
        case "?": (most, at) = (1, at + 1)
        case "{":
            guard let bounds = try bounds() else { return node }
            (least, most) = bounds
        default: return node
        }
        if case .assertion = node { throw error("a place can't be repeated", at: start) }
        // Lazy or possessive: the same for a whole line.
        if next == "?" || next == "+" { at += 1 }
        if let character = next, "*+?".contains(character) {
            throw error("a repetition is repeated; put it into a group", at: at)
        }
        return .repetition(node, least: least, most: most)
    }

    /// The numbers of `{3}`, `{3,}`, `{,5}`, `{3,5}`; `nil` for a brace that stands for itself.
    private mutating func bounds() throws(LinePatternError) -> (Int, Int?)? {
        let start = at
        guard let close = text[at...].prefix(20).firstIndex(of: "}") else { return nil }
        let parts = text[(at + 1)..<close].split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            parts.contains(where: { !$0.isEmpty })
        else { return nil }
        let numbers = parts.map { $0.isEmpty ? nil : Int(String($0)) ?? Int.max }
        at = close + 1
        let least = numbers[0] ?? 0
        let most = numbers.count == 2 ? numbers[1] : least
        guard max(least, most ?? 0) <= Self.maxBound else {
            throw error("repeats more than \(Self.maxBound) times", at: start)
        }
        guard most.map({ $0 >= least }) ?? true else { throw error("the bounds are the wrong way round", at: start) }
        return (least, most)
    }

    // MARK: Characters

    private mutating func escaped() throws(LinePatternError) -> PatternNode {
        let start = at - 1
        guard let character = next else { throw error("a backslash at the end", at: start) }
        switch character {
        case "b", "B":
            at += 1
            return .assertion(character == "b" ? .wordEdge : .noWordEdge)
        case "A", "z", "Z":
            at += 1
            return .assertion(character == "A" ? .start : .end)
        default:
            let member = try escapedMember()
            if case .one(let single) = member { return .character(single) }
            return .set(CharacterSet(members: [member]))
        }
    }

    /// What a backslash makes of the characters behind it, in a set or outside.
    private mutating func escapedMember() throws(LinePatternError) -> CharacterSet.Member {
        let start = at - 1
        guard let character = next else { throw error("a backslash at the end", at: start) }
        at += 1
        switch character {
        case "d", "D": return .kind(.digit, isNegated: character == "D")
        case "w", "W": return .kind(.word, isNegated: character == "W")
        case "s", "S": return .kind(.space, isNegated: character == "S")
        case "t": return .one("\t")
        case "n": return .one("\n")
        case "r": return .one("\r")
        case "e": return .one("\u{1B}")
        case "x": return .one(try numbered(digits: 2, from: start))
        case "u": return .one(try numbered(digits: 4, from: start))
        default:
            guard !character.isLetter, !character.isNumber else {
                let kind = character.isNumber ? "a back reference" : "\\\(character)"
                throw error("\(kind) is not supported", at: start)
            }
            return .one(character)
        }
    }

    private mutating func numbered(digits: Int, from start: Int) throws(LinePatternError) -> Character {
        var number: ArraySlice<Character>
        if take("{") {
            guard let close = text[at...].prefix(8).firstIndex(of: "}") else {
                throw error("the number of a character is not closed", at: start)
            }
            number = text[at..<close]
            at = close + 1
        } else {
            number = text[at...].prefix(digits)
            at += number.count
        }
        guard let value = UInt32(String(number), radix: 16), let scalar = Unicode.Scalar(value) else {
            throw error("a character's number is hexadecimal", at: start)
        }
        return Character(scalar)
    }

    private mutating func bracketed() throws(LinePatternError) -> CharacterSet {
        let start = at - 1
        var set = CharacterSet(members: [])
        set.isNegated = take("^")
        var isFirst = true
        while true {
            guard let character = next else { throw error("a set is not closed", at: start) }
            at += 1
            if character == "]", !isFirst { return set }
            isFirst = false
            let member: CharacterSet.Member
            if character == "[", next == ":" {
                member = try named(from: at - 1)
            } else if character == "\\" {
                member = try escapedMember()
            } else {
                member = .one(character)
            }
            set.members.append(try ranged(member))
        }
    }

    /// The member, or the range that begins with it.
    private mutating func ranged(_ member: CharacterSet.Member) throws(LinePatternError) -> CharacterSet.Member {
        guard case .one(let first) = member, next == "-", at + 1 < text.count, text[at + 1] != "]" else {
            return member
        }
        let start = at - 1
        at += 1
        let second = text[at]
        at += 1
        var last = CharacterSet.Member.one(second)
        if second == "\\" { last = try escapedMember() }
        guard case .one(let end) = last, let low = first.soleScalar, let high = end.soleScalar, low <= high else {
            throw error("a range goes from a lower character to a higher one", at: start)
        }
        return .range(low...high)
    }

    /// `[:digit:]` inside a set.
    private mutating func named(from start: Int) throws(LinePatternError) -> CharacterSet.Member {
        let names: [(String, CharacterSet.Member)] = [
            (":digit:]", .kind(.digit, isNegated: false)), (":alnum:]", .kind(.word, isNegated: false)),
            (":space:]", .kind(.space, isNegated: false)), (":upper:]", .range(0x41...0x5A)),
            (":lower:]", .range(0x61...0x7A)),
        ]
        for (name, member) in names where starts(with: name) {
            at += name.count
            return member
        }
        throw error("not the name of a set of characters", at: start)
    }
}

extension Character {
    fileprivate var soleScalar: UInt32? { unicodeScalars.count == 1 ? unicodeScalars.first?.value : nil }
}

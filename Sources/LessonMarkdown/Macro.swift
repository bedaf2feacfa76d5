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
        let text = bytes.filter { !$0.isBlank }
        if text.isEmpty { return .nothing }
        guard text.allSatisfy({ $0.isLetter || $0.isDigit || $0 == 0x2D || $0 == 0x5F || $0 == 0x2B }) else {
            return .other
        }
        let words = bytes.split(whereSeparator: \.isBlank).map { String(decoding: $0, as: UTF8.self) }
        guard let verb = words.first else { return .nothing }
        if verb.hasPrefix("TRAFFIC_") { return .other }
        guard let kind = kind(of: verb) else {
            return .unknown("unknown macro '\(verb)'" + suggestion(for: verb))
        }
        var macro = Macro(kind: kind)
        var problem: String?
        for word in words.dropFirst() {
            if let complaint = macro.take(word) { problem = problem ?? complaint }
        }
        return .action(macro, problem: problem)
    }

    private static func kind(of verb: String) -> Action.Kind? {
        switch verb.lowercased() {
        case "execute", "exec": .execute
        case "copy": .copy
        case "open": .open
        default: nil
        }
    }

    private static func suggestion(for verb: String) -> String {
        let near = ["execute", "exec", "copy", "open"].first { Spelling.isNear(verb.lowercased(), to: $0, slips: 2) }
        return near.map { ", perhaps '\($0)'" } ?? "; known are 'execute', 'exec', 'copy' and 'open'"
    }

    /// Takes in one word after the verb; answers what is wrong with it.
    private mutating func take(_ word: String) -> String? {
        let lowercased = word.lowercased()
        switch lowercased {
        case "interrupt":
            if kind == .execute { kind = .interrupt }
        case "ctrl-seq":
            if kind == .execute || kind == .interrupt { kind = .keys }
            pressesReturn = false
        case "no-newline":
            pressesReturn = false
        default:
            if let number = Self.number(in: lowercased, after: "t") {
                guard Self.terminals.contains(number) else {
                    return "unknown terminal '\(word)'; terminals are named T1 to T\(Self.terminals.upperBound)"
                }
                terminal = number
            } else if let number = Self.number(in: lowercased, after: "host") {
                guard Self.terminals.contains(number) else {
                    return "unknown host '\(word)'; hosts are named HOST1, HOST2, …"
                }
                host = number
            } else if Self.looksLikeTerminal(lowercased) {
                return "unknown terminal '\(word)'; terminals are named T1, T2, …"
            } else {
                tags.append(word)
            }
        }
        return nil
    }

    private static func number(in word: String, after prefix: String) -> Int? {
        guard word.hasPrefix(prefix), word.utf8.count > prefix.utf8.count else { return nil }
        let digits = word.dropFirst(prefix.count)
        guard digits.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int(digits) ?? Int.max
    }

    /// `terminal2`, `term-1`, `T`, `host`: meant to name a place, and naming none.
    private static func looksLikeTerminal(_ word: String) -> Bool {
        let stem = word.filter { !$0.isNumber && $0 != "-" && $0 != "_" }
        return stem == "t" || stem == "terminal" || stem == "term" || stem == "tab" || stem == "host"
    }
}

/// Slips of the pen in words that a rule looks for.
package enum Spelling {
    /// Whether at most one letter was dropped, added, changed or swapped with its neighbour.
    package static func isNear(_ left: String, to right: String) -> Bool {
        var left = left.utf8[...]
        var right = right.utf8[...]
        guard abs(left.count - right.count) <= 1, min(left.count, right.count) > 1 else {
            return left.elementsEqual(right)
        }
        while let first = left.first, first == right.first {
            left.removeFirst()
            right.removeFirst()
        }
        while let last = left.last, last == right.last {
            left.removeLast()
            right.removeLast()
        }
        if left.count <= 1, right.count <= 1 { return true }
        return left.count == 2 && right.count == 2 && left.first == right.last && left.last == right.first
    }

    /// Whether at most `slips` letters were; words of more than 24 bytes are never near.
    package static func isNear(_ leftWord: String, to rightWord: String, slips: Int) -> Bool {
        let left = Array(leftWord.utf8)
        let right = Array(rightWord.utf8)
        if left == right { return true }
        guard abs(left.count - right.count) <= slips, 1...24 ~= left.count, 1...24 ~= right.count else { return false }
        var before = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for row in 1...left.count {
            var current = [row] + [Int](repeating: 0, count: right.count)
            for column in 1...right.count {
                let same = left[row - 1] == right[column - 1]
                var cost = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, before[column - 2] + 1)
                }
                current[column] = cost
            }
            before = previous
            previous = current
        }
        return previous[right.count] <= slips
    }
}

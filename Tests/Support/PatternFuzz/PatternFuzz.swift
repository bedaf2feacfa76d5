import LinePatterns
import SeededNumbers

/// Random expressions and lines over a small alphabet, held against what the expression's structure says.
package struct PatternFuzz {
    package private(set) var compared = 0
    package private(set) var matched = 0
    package private(set) var firstDisagreement: String?
    private var random: SplitMix

    package init(seed: UInt64) { random = SplitMix(state: seed) }

    /// Compares as many random pairs; stops at the first on which the two disagree.
    package mutating func run(_ rounds: Int) {
        for _ in 0..<rounds where firstDisagreement == nil {
            let node = sequence(depth: 3)
            let line = String((0..<Int.random(in: 0...8, using: &random)).map { _ in pick(Array("aab0_ ")) })
            compared += 1
            let expected = node.ends(Places(at: 0), in: Line(line)).contains(Places(at: line.utf8.count))
            if expected { matched += 1 }
            let outcome = try? LinePattern(node.text).match(line)
            if outcome != (expected ? .matches : .differs) {
                let got = outcome.map { "\($0)" } ?? "refused"
                firstDisagreement =
                    "\(node.text.debugDescription) on \(line.debugDescription): \(got), expected \(expected)"
            }
        }
    }

    /// Reads as many expressions with random characters in them, and matches those that are read; what is written at random
    /// must be refused or end within the steps that a line is given.
    ///
    /// - Returns: How many were read.
    package mutating func runDamaged(_ rounds: Int) -> Int {
        var read = 0
        for _ in 0..<rounds {
            var text = Array(sequence(depth: 2).text)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                text.insert(pick(Self.marks), at: Int.random(in: 0...text.count, using: &random))
            }
            guard let pattern = try? LinePattern(String(text)) else { continue }
            read += 1
            // Any outcome will do, as long as there is one.
            _ = pattern.match(String((0..<Int.random(in: 0...8, using: &random)).map { _ in pick(Array("aab0_ é")) }))
        }
        return read
    }

    private static let marks: [Character] =
        Array(#"()[]{}|*+?.^$\:<>=!-,0123456789abxudwsnrteAzBpkZ/ "#) + ["é", "\u{301}", "\0"]

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    private mutating func sequence(depth: Int) -> ReferenceNode {
        .sequence((0..<Int.random(in: 1...3, using: &random)).map { _ in repetition(depth: depth) })
    }

    private mutating func repetition(depth: Int) -> ReferenceNode {
        let node = depth > 0 && Bool.random(using: &random) ? group(depth: depth) : pick(ReferenceNode.atoms)
        guard Bool.random(using: &random) else { return node }
        let (sign, least, most) = pick([
            ("*", 0, nil), ("+", 1, nil), ("?", 0, 1), ("{2}", 2, 2), ("{1,3}", 1, 3), ("*?", 0, nil),
        ])
        return .repetition(node, sign: sign, least: least, most: most)
    }

    private mutating func group(depth: Int) -> ReferenceNode {
        .alternatives(
            (0..<Int.random(in: 1...3, using: &random)).map { _ in
                Int.random(in: 0..<8, using: &random) == 0 ? .sequence([]) : sequence(depth: depth - 1)
            })
    }
}

/// An expression whose matches are found by sets of places: slow, and plainly right.
private indirect enum ReferenceNode: Sendable {
    case atom(String, members: String)
    case sequence([ReferenceNode])
    case alternatives([ReferenceNode])
    case repetition(ReferenceNode, sign: String, least: Int, most: Int?)

    static let atoms: [ReferenceNode] = [
        .atom("a", members: "a"), .atom("b", members: "b"), .atom("0", members: "0"), .atom(".", members: "ab0_ "),
        .atom("[ab]", members: "ab"), .atom("[^a]", members: "b0_ "), .atom(#"\d"#, members: "0"),
        .atom(#"\w"#, members: "ab0_"), .atom(#"\S"#, members: "ab0_"), .atom(#"[\s_]"#, members: " _"),
        .atom("[a-b0]", members: "ab0"),
    ]

    var text: String {
        switch self {
        case .atom(let text, _): text
        case .sequence(let nodes): nodes.map(\.text).joined()
        case .alternatives(let nodes): "(" + nodes.map(\.text).joined(separator: "|") + ")"
        case .repetition(let node, let sign, _, _): node.text + sign
        }
    }

    /// Where a match that starts at one of the places can end.
    func ends(_ starts: Places, in line: Line) -> Places {
        switch self {
        case .atom(_, let members): return line.places(of: members).intersection(starts).shiftedByOne
        case .sequence(let nodes): return nodes.reduce(starts) { $1.ends($0, in: line) }
        case .alternatives(let nodes): return nodes.reduce([]) { $0.union($1.ends(starts, in: line)) }
        case .repetition(let node, _, let least, let most):
            var now = (0..<least).reduce(starts) { places, _ in node.ends(places, in: line) }
            var all = now
            for _ in 0..<(most.map { $0 - least } ?? line.count + 1) {
                now = node.ends(now, in: line)
                all.formUnion(now)
            }
            return all
        }
    }
}

/// A set of places in a line of at most 31 characters: a bit each.
private struct Places: OptionSet {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(at place: Int) { rawValue = 1 << UInt32(place) }

    var shiftedByOne: Places { Places(rawValue: rawValue << 1) }
}

private struct Line {
    let count: Int
    private let placesByByte: [UInt8: Places]

    init(_ text: String) {
        var places: [UInt8: Places] = [:]
        for (place, byte) in text.utf8.enumerated() { places[byte, default: []].insert(Places(at: place)) }
        placesByByte = places
        count = text.utf8.count
    }

    func places(of members: String) -> Places {
        members.utf8.reduce(into: []) { $0.formUnion(placesByByte[$1] ?? []) }
    }
}

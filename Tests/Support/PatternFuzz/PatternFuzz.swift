import LinePatterns

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
            let expected = node.ends([0], in: Array(line)).contains(line.count)
            if expected { matched += 1 }
            let outcome = try? LinePattern(node.text).match(line)
            if outcome != (expected ? .matches : .differs) {
                let got = outcome.map { "\($0)" } ?? "refused"
                firstDisagreement =
                    "\(node.text.debugDescription) on \(line.debugDescription): \(got), expected \(expected)"
            }
        }
    }

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
    case atom(String, Set<Character>)
    case sequence([ReferenceNode])
    case alternatives([ReferenceNode])
    case repetition(ReferenceNode, sign: String, least: Int, most: Int?)

    static let atoms: [ReferenceNode] = [
        .atom("a", ["a"]), .atom("b", ["b"]), .atom("0", ["0"]), .atom(".", Set("ab0_ ")), .atom("[ab]", ["a", "b"]),
        .atom("[^a]", Set("b0_ ")), .atom(#"\d"#, ["0"]), .atom(#"\w"#, Set("ab0_")), .atom(#"\S"#, Set("ab0_")),
        .atom(#"[\s_]"#, [" ", "_"]), .atom("[a-b0]", ["a", "b", "0"]),
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
    func ends(_ starts: Set<Int>, in line: [Character]) -> Set<Int> {
        switch self {
        case .atom(_, let members):
            return Set(starts.filter { $0 < line.count && members.contains(line[$0]) }.map { $0 + 1 })
        case .sequence(let nodes): return nodes.reduce(starts) { $1.ends($0, in: line) }
        case .alternatives(let nodes): return nodes.reduce(into: []) { $0.formUnion($1.ends(starts, in: line)) }
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

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

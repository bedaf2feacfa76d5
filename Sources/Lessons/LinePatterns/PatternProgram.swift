/// An expression as steps of a machine that is in many places at once.
struct PatternProgram: Sendable {
    enum Step: Sendable {
        case character(Character)
        case set(CharacterSet)
        case assertion(PatternNode.Assertion)
        /// Goes on in both places.
        case split(Int, Int)
        case jump(Int)
        case accept
    }

    private(set) var steps: [Step] = []
    let ignoresCase: Bool

    init(_ node: PatternNode, ignoresCase: Bool) throws(LinePatternError) {
        self.ignoresCase = ignoresCase
        try append(node)
        steps.append(.accept)
    }

    private mutating func add(_ step: Step) throws(LinePatternError) -> Int {
        guard steps.count < LinePattern.maxStates else {
            throw LinePatternError(
                reason: "the repetitions multiply to more than \(LinePattern.maxStates) states; repeat less", offset: 0)
        }
        steps.append(step)
        return steps.count - 1
    }

    private mutating func append(_ node: PatternNode) throws(LinePatternError) {
        switch node {
        case .empty: break
        case .character(let character): _ = try add(.character(character))
        case .set(let set): _ = try add(.set(set))
        case .assertion(let assertion): _ = try add(.assertion(assertion))
        case .sequence(let nodes): for node in nodes { try append(node) }
        case .alternatives(let branches): try append(alternatives: branches)
        case .repetition(let node, let least, let most):
            // Repetitions of nothing cost a step each, too, so that many nested ones are bounded.
            for _ in 0..<least {
                _ = try add(.jump(steps.count + 1))
                try append(node)
            }
            try append(optional: node, most: most.map { $0 - least })
        }
    }

    private mutating func append(alternatives branches: [PatternNode]) throws(LinePatternError) {
        var ends: [Int] = []
        for (index, branch) in branches.enumerated() {
            guard index < branches.count - 1 else {
                try append(branch)
                break
            }
            let split = try add(.split(steps.count + 1, 0))
            try append(branch)
            ends.append(try add(.jump(0)))
            steps[split] = .split(split + 1, steps.count)
        }
        for end in ends { steps[end] = .jump(steps.count) }
    }

    /// The node at most this many times; any number of times without a bound.
    private mutating func append(optional node: PatternNode, most: Int?) throws(LinePatternError) {
        guard let most else {
            let split = try add(.split(steps.count + 1, 0))
            try append(node)
            _ = try add(.jump(split))
            steps[split] = .split(split + 1, steps.count)
            return
        }
        var splits: [Int] = []
        for _ in 0..<most {
            splits.append(try add(.split(steps.count + 1, 0)))
            try append(node)
        }
        for split in splits { steps[split] = .split(split + 1, steps.count) }
    }
}

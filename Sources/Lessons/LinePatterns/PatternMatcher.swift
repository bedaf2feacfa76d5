/// Runs a program over a line, in all places at once.
struct PatternMatcher {
    private let program: PatternProgram
    private let line: [Character]
    private var stepsLeft: Int
    /// The position at which each place of the program was last entered, so that none is entered twice.
    private var entered: [Int]
    private var pending: [Int] = []

    init(_ program: PatternProgram, line: [Character], maxSteps: Int) {
        self.program = program
        self.line = line
        stepsLeft = maxSteps
        entered = Array(repeating: -1, count: program.steps.count)
    }

    mutating func run() -> LinePattern.Outcome {
        var places: [Int] = []
        enter(0, at: 0, into: &places)
        for position in line.indices {
            if places.isEmpty { return .differs }
            if stepsLeft <= 0 { return .inconclusive }
            var following: [Int] = []
            for place in places where consumes(place, line[position]) {
                enter(place + 1, at: position + 1, into: &following)
            }
            places = following
        }
        return places.contains { if case .accept = program.steps[$0] { true } else { false } } ? .matches : .differs
    }

    private func consumes(_ place: Int, _ character: Character) -> Bool {
        switch program.steps[place] {
        case .character(let wanted):
            wanted == character
                || program.ignoresCase && wanted.isCased && wanted.lowercased() == character.lowercased()
        case .set(let set): set.contains(character, ignoringCase: program.ignoresCase)
        default: false
        }
    }

    /// Follows the steps that take no character, and collects those that take one.
    private mutating func enter(_ start: Int, at position: Int, into places: inout [Int]) {
        pending.append(start)
        while let place = pending.popLast() {
            guard entered[place] != position else { continue }
            entered[place] = position
            stepsLeft -= 1
            switch program.steps[place] {
            case .jump(let target): pending.append(target)
            case .split(let first, let second):
                pending.append(second)
                pending.append(first)
            case .assertion(let assertion): if holds(assertion, at: position) { pending.append(place + 1) }
            case .character, .set, .accept: places.append(place)
            }
        }
    }

    private func holds(_ assertion: PatternNode.Assertion, at position: Int) -> Bool {
        func isWord(_ index: Int) -> Bool {
            line.indices.contains(index) && CharacterSet.isOf(.word, line[index])
        }
        let isEdge = isWord(position - 1) != isWord(position)
        switch assertion {
        case .start: return position == 0
        case .end: return position == line.count
        case .wordEdge: return isEdge
        case .noWordEdge: return !isEdge
        }
    }
}

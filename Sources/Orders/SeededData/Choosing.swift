extension Faker {
    /// One of the elements, each equally likely.
    ///
    /// - Precondition: There is at least one.
    public mutating func pick<Elements: RandomAccessCollection>(from elements: Elements) -> Elements.Element {
        precondition(!elements.isEmpty, "there is nothing to pick from")
        let offset = Int(generator.number(below: UInt64(elements.count)))
        return elements[elements.index(elements.startIndex, offsetBy: offset)]
    }

    /// Elements from `count` different places, in the order in which they were drawn.
    ///
    /// - Precondition: There are at least `count`, and `count` is not negative.
    public mutating func pick<Elements: Collection>(_ count: Int, from elements: Elements) -> [Elements.Element] {
        var pool = Array(elements)
        precondition(count >= 0 && count <= pool.count, "there are \(pool.count) elements to pick \(count) from")
        for place in 0..<count { pool.swapAt(place, place + below(pool.count - place)) }
        return Array(pool.prefix(count))
    }

    /// The elements in an order of which each is equally likely (Fisher–Yates in Durstenfeld's form, from the end).
    public mutating func shuffled<Element>(_ elements: some Sequence<Element>) -> [Element] {
        var result = Array(elements)
        for last in stride(from: result.count - 1, to: 0, by: -1) { result.swapAt(last, below(last + 1)) }
        return result
    }

    /// One of the values, as likely as its share of all weights.
    ///
    /// Weights are integers because sums of floating-point numbers depend on their order.
    ///
    /// - Precondition: No weight is negative, and their sum is at least 1.
    public mutating func weighted<Value>(_ choices: [(value: Value, weight: Int)]) -> Value {
        precondition(choices.allSatisfy { $0.weight >= 0 }, "a weight is negative")
        var rest = below(choices.reduce(0) { $0 + $1.weight })
        for choice in choices {
            if rest < choice.weight { return choice.value }
            rest -= choice.weight
        }
        preconditionFailure("the weights add up to what was drawn from")
    }

    /// `true` with a probability of `part` in `whole`.
    ///
    /// - Precondition: `whole` is positive.
    public mutating func chance(_ part: Int, in whole: Int) -> Bool {
        below(whole) < part
    }

    mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "there is nothing to draw from")
        return Int(generator.number(below: UInt64(bound)))
    }

    /// Replaces each `#` of a pattern by a decimal digit.
    mutating func digits(_ pattern: String) -> String {
        var text = ""
        for character in pattern {
            if character == "#" { text += String(below(10)) } else { text.append(character) }
        }
        return text
    }
}

/// Numbers; see ``Faker/number``.
public struct NumberFaker: Sendable {
    var faker: Faker

    /// A number in the range, each equally likely.
    public mutating func int(in range: ClosedRange<Int>) -> Int {
        faker.generator.integer(in: range)
    }

    /// A number of the range with at most so many decimals, each equally likely: the double nearest to that decimal.
    ///
    /// - Precondition: `decimals` is 0–15, the range holds such a number, and neither bound times 10 to the power of
    ///   `decimals` exceeds 2⁵³: beyond, doubles don't tell neighbours apart.
    public mutating func double(in range: ClosedRange<Double>, decimals: Int = 2) -> Double {
        guard let steps = DecimalSteps(range, decimals: decimals) else {
            preconditionFailure("\(range) holds no number with \(decimals) decimals, or is too wide for them")
        }
        return Double(faker.generator.integer(in: steps.counts)) / steps.scale
    }
}

/// The numbers of a range that have a given number of decimals, as multiples of the smallest step.
struct DecimalSteps: Hashable, Sendable {
    let counts: ClosedRange<Int>
    let scale: Double

    init?(_ range: ClosedRange<Double>, decimals: Int) {
        guard (0...15).contains(decimals) else { return nil }
        // Powers of ten up to 10²² are exact doubles, and so is each product on the way.
        let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
        guard
            abs(range.lowerBound * scale) <= 0x1p53, abs(range.upperBound * scale) <= 0x1p53
        else { return nil }
        // The product may be rounded past a bound that is itself such a number, so compare after the division.
        var lower = (range.lowerBound * scale).rounded()
        if lower / scale < range.lowerBound { lower += 1 }
        var upper = (range.upperBound * scale).rounded()
        if upper / scale > range.upperBound { upper -= 1 }
        guard lower <= upper else { return nil }
        counts = Int(lower)...Int(upper)
        self.scale = scale
    }
}

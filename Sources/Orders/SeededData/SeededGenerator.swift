/// xoshiro256\*\*, seeded through SplitMix64: the same seed gives the same numbers on every platform and for good.
///
/// The conformance lets the generator serve code that asks for a `RandomNumberGenerator`. What the standard library
/// makes of it there (`Int.random(in:using:)`, `shuffle(using:)`) is not promised to stay the same between versions of
/// Swift; the derivations of this type are, so prefer them wherever data must be repeatable.
///
/// Not for secrets: the state can be computed from a few outputs.
///
/// - SeeAlso: D. Blackman, S. Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47 (2021).
public struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Expands the seed to the 256 bits of state with four outputs of SplitMix64, as the authors of xoshiro advise.
    public init(seed: UInt64) {
        var expansion = SplitMix64(state: seed)
        state = (expansion.next(), expansion.next(), expansion.next(), expansion.next())
    }

    /// Continues from a state, as published test vectors do.
    ///
    /// - Precondition: Not all four words are zero; from there the generator would give nothing but zeros.
    public init(state: (UInt64, UInt64, UInt64, UInt64)) {
        precondition(state != (0, 0, 0, 0), "a state of zeros gives nothing but zeros")
        self.state = state
    }

    /// The next 64 bits; the sequence repeats after 2²⁵⁶ − 1 of them.
    public mutating func next() -> UInt64 {
        let result = Self.rotated(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Self.rotated(state.3, by: 45)
        return result
    }

    /// A number in `0..<bound`, each equally likely.
    ///
    /// Takes one output almost always, and another one for each rejection.
    ///
    /// - Precondition: `bound` is not 0.
    /// - SeeAlso: D. Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 29 (2019).
    public mutating func number(below bound: UInt64) -> UInt64 {
        precondition(bound > 0, "there is no number below 0")
        var product = bound.multipliedFullWidth(by: next())
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = bound.multipliedFullWidth(by: next()) }
        }
        return product.high
    }

    /// A number in the range, each equally likely; the range of all integers is allowed.
    public mutating func integer(in range: ClosedRange<Int>) -> Int {
        let lower = Int64(range.lowerBound)
        let width = UInt64(bitPattern: Int64(range.upperBound) &- lower)
        let offset = width == .max ? next() : number(below: width + 1)
        return Int(lower &+ Int64(bitPattern: offset))
    }

    /// One of the 2⁵³ multiples of 2⁻⁵³ in `0..<1`, each equally likely.
    public mutating func unitInterval() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// Generators are equal when they give the same numbers from here on.
    public static func == (left: Self, right: Self) -> Bool { left.state == right.state }

    /// Takes in the whole state, so that equal generators agree.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(state.0)
        hasher.combine(state.1)
        hasher.combine(state.2)
        hasher.combine(state.3)
    }

    private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
        word << count | word >> (64 - count)
    }
}

/// The generator that seeds the other one, and the source of its mixing function.
///
/// - SeeAlso: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
struct SplitMix64 {
    /// The odd integer nearest to 2⁶⁴ divided by the golden ratio.
    static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= Self.increment
        return Self.mixed(state)
    }

    /// A bijection of the 64-bit words in which every input bit reaches every output bit.
    static func mixed(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

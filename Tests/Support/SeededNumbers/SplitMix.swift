/// A small seeded generator, so that a failing input can be made again: equal seeds give equal numbers on every machine.
///
/// - SeeAlso: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
public struct SplitMix: RandomNumberGenerator, Sendable {
    /// What the next number is made of.
    public var state: UInt64

    /// Starts the sequence; any number will do, and neighbouring ones give unrelated sequences.
    public init(state: UInt64) { self.state = state }

    /// The next 64 bits; the sequence repeats after 2⁶⁴ of them.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

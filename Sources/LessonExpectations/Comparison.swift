/// What came of comparing an output with its sample.
public struct Comparison: Sendable {
    /// Empty when the output is as documented; at most a few dozen, in the order of the output.
    public let differences: [Difference]
    let documented: SourceText
    let actual: SourceText

    /// Whether the output is what the sample documents.
    public var holds: Bool { differences.isEmpty }

    /// Whether output that is still to come could make the comparison hold.
    ///
    /// `false` as soon as something stands in the output that no honest run prints there.
    public var mayStillHold: Bool { differences.allSatisfy(\.mayBeMended) }

    public func explanation(colour: Bool = false) -> String {
        differences.map(\.sentence).joined(separator: "\n")
    }
}

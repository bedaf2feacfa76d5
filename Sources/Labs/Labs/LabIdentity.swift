/// Who a lab is to its engine.
public struct LabIdentity: Hashable, Codable, Sendable {
    /// Random, so that labs of the same name don't mix, one after the other or side by side.
    public var id: String
    /// As people call it; unique only among the labs of one user.
    public var name: String
    /// The directory that the lesson comes from.
    public var checkout: String

    /// With a new random ``id``.
    public init(name: String, checkout: String) {
        id = String(UInt64.random(in: .min ... .max), radix: 36)
        self.name = name
        self.checkout = checkout
    }
}

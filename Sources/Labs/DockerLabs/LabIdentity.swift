/// Who a lab is to its engine.
public struct LabIdentity: Hashable, Codable, Sendable {
    /// Random, so that labs of the same name don't mix, one after the other or side by side.
    public var id: String
    /// As people call it; unique only among the labs of one user.
    public var name: String
    /// The directory that the lesson comes from.
    public var checkout: String

    public init(name: String, checkout: String) {
        id = String(UInt64.random(in: .min ... .max), radix: 36)
        self.name = name
        self.checkout = checkout
    }

    var labels: [String: String] {
        [
            LabLabels.lab: id, LabLabels.name: name, LabLabels.checkout: checkout,
            LabLabels.owner: LabOwner.current.description,
        ]
    }
}

/// What a lab's things are called in the engine, for people who look there.
struct LabNames: Sendable {
    /// `lectern-NAME`, longer where another lab has that.
    let prefix: String

    var network: String { prefix }

    /// - Parameter number: Counts the containers of a service, from 1: a reset replaces them.
    func container(_ service: String, _ number: Int) -> String { "\(prefix)-\(service)-\(number)" }

    func volume(_ key: String, _ number: Int) -> String { "\(prefix)-\(key)-\(number)" }
}

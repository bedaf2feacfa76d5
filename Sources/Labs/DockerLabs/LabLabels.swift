import Labs

/// The labels that everything Lectern makes in an engine carries.
enum LabLabels {
    /// The lab's id; unlike its name never used twice.
    static let lab = "lectern.lab"
    static let name = "lectern.name"
    /// The directory that the lesson comes from.
    static let checkout = "lectern.checkout"
    /// The supervisor; see ``LabOwner``.
    static let owner = "lectern.owner"
    static let service = "lectern.service"
    /// On containers whose network others join.
    static let ownsNetwork = "lectern.network"
}

extension LabIdentity {
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

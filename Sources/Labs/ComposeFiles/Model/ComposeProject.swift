public import Diagnostics

/// What one or several Compose files, merged, say.
public struct ComposeProject: Hashable, Codable, Sendable {
    /// The top-level `name`; `nil` when no file gives one.
    public var name: String?
    /// The directory of the first file, as the user can open it.
    public var directory: String
    /// The files as given, in the order in which they were merged; files reached through `extends` aren't listed.
    public var files: [String]
    /// In the order of the files.
    public var services: [Service]
    /// In the order of the files.
    public var volumes: [NamedVolume]
    /// In the order of the files; without the default network unless a file mentions it.
    public var networks: [NamedNetwork]
    /// What the files say of the lab as a whole.
    public var lab: LabConfiguration
    /// What was passed to the lesson when the files were read.
    public var variables: [String: String]
    /// What was read but is ignored, and what is probably a slip, by place; at most 200.
    public var warnings: [ComposeWarning]

    /// All published ports, those of joined networks at their owner.
    public var forwardedPorts: [PublishedPort] { services.flatMap(\.ports) }

    /// The service of this name, or `nil`.
    public subscript(service: String) -> Service? {
        services.first { $0.name == service }
    }
}

/// An entry under the top-level `volumes`.
public struct NamedVolume: Hashable, Codable, Sendable {
    /// The key in the file.
    public var key: String
    /// The volume's name in the engine when the file fixes one.
    public var name: String?
    /// `true` when the volume must be there already and outlives the project.
    public var isExternal: Bool
    /// `nil` for `local`.
    public var driver: String?
    /// What the driver makes of them is its own business.
    public var driverOptions: [String: String]
    /// Those of the file.
    public var labels: [String: String]
    /// Of the key.
    public var place: SourcePlace
}

/// An entry under the top-level `networks`.
public struct NamedNetwork: Hashable, Codable, Sendable {
    /// The key in the file.
    public var key: String
    /// The network's name in the engine when the file fixes one.
    public var name: String?
    /// `true` when the network must be there already and outlives the project.
    public var isExternal: Bool
    /// `true` when the network has no way out.
    public var isInternal: Bool
    /// `nil` for `bridge`.
    public var driver: String?
    /// What the driver makes of them is its own business.
    public var driverOptions: [String: String]
    /// Those of the file.
    public var labels: [String: String]
    /// Of the key.
    public var place: SourcePlace
}

/// Something in a Compose file that has no effect here, or looks like a slip.
public struct ComposeWarning: Hashable, Codable, Sendable {
    /// Of what has no effect.
    public var place: SourcePlace
    /// Lower case, subject quoted, no full stop.
    public var problem: String
}

extension ComposeWarning: CustomStringConvertible {
    /// `file:line:column: problem`.
    public var description: String { "\(place): \(problem)" }
}

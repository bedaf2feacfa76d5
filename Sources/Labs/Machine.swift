/// What stands in a lab for a machine that a lesson names (`backend.imageid`).
public struct Machine: Hashable, Codable, Sendable {
    /// The image that engines which run containers take for the workspace; `nil` for their own.
    public var docker: String?
    /// Programs that the workspace must have, with the Debian package that brings each.
    public var needs: [String: String]
    /// Why no engine has such a machine, as the end of a sentence; `nil` for one that can be had.
    public var unsupported: String?

    public init(docker: String? = nil, needs: [String: String] = [:], unsupported: String? = nil) {
        self.docker = docker
        self.needs = needs
        self.unsupported = unsupported
    }

    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        docker = try members.decodeIfPresent(String.self, forKey: .docker)
        needs = try members.decodeIfPresent([String: String].self, forKey: .needs) ?? [:]
        unsupported = try members.decodeIfPresent(String.self, forKey: .unsupported)
    }
}

/// Machines by the names that lessons give them.
///
/// A name in the table may end in `*`. The exact name goes first, then the longest that fits. Written as JSON:
/// `{"images": {"ubuntu*": {"docker": "debian:bookworm", "needs": {"jq": "jq"}}}}`.
public struct MachineTable: Hashable, Codable, Sendable {
    public var images: [String: Machine]

    public init(images: [String: Machine]) {
        self.images = images
    }

    public subscript(_ name: String) -> Machine? {
        if let exact = images[name] { return exact }
        let fitting = images.keys.filter { $0.hasSuffix("*") && name.hasPrefix($0.dropLast()) }
        return fitting.max { ($0.count, $0) < ($1.count, $1) }.flatMap { images[$0] }
    }
}

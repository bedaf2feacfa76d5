/// What a lab has for a machine that a lesson names (`backend.imageid`).
public struct Machine: Hashable, Codable, Sendable {
    /// What a lab needs to stand in for the machine.
    public enum Kind: String, Codable, Sendable {
        /// An ordinary Linux machine, which any workspace stands in for.
        case shell
        /// One with programs that a workspace has to bring.
        case tools
        case cluster
        /// One with a container engine of its own.
        case containers
    }

    /// What a lab needs to stand in for it.
    public var kind: Kind
    /// The image that engines which run containers take for the workspace; `nil` for their own.
    public var docker: String?
    /// Programs that the workspace must have, with the Debian package that brings each.
    public var needs: [String: String]
    /// Why no engine has such a machine, as the end of a sentence; `nil` for one that can be had.
    public var unsupported: String?
    /// How many machines it really is; `nil` where the name doesn't tell.
    public var hosts: Int?

    /// By default an ordinary machine, which any workspace can replace.
    public init(
        _ kind: Kind = .shell, docker: String? = nil, needs: [String: String] = [:], unsupported: String? = nil,
        hosts: Int? = nil
    ) {
        self.kind = kind
        self.docker = docker
        self.needs = needs
        self.unsupported = unsupported
        self.hosts = hosts
    }

    /// Reads a machine of which any member may be missing; unknown members are ignored.
    ///
    /// - Throws: `DecodingError` for an unknown kind, or a member of the wrong type.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        kind = try members.decodeIfPresent(Kind.self, forKey: .kind) ?? .shell
        docker = try members.decodeIfPresent(String.self, forKey: .docker)
        needs = try members.decodeIfPresent([String: String].self, forKey: .needs) ?? [:]
        unsupported = try members.decodeIfPresent(String.self, forKey: .unsupported)
        hosts = try members.decodeIfPresent(Int.self, forKey: .hosts)
    }
}

/// Machines by the names that lessons give them.
///
/// A name in the table may end in `*`. The exact name goes first, then the longest that fits. Written as JSON:
/// `{"images": {"ubuntu*": {"docker": "debian:bookworm", "needs": {"jq": "jq"}}}}`.
public struct MachineTable: Hashable, Codable, Sendable {
    /// Machines by the name of their image, where `*` at the end stands for any rest.
    public var images: [String: Machine]

    /// Takes the names as they are; `*` means something only at the end of a name.
    public init(images: [String: Machine]) {
        self.images = images
    }

    /// The machine with the name, else that of the longest pattern which the name matches; `nil` when there is none.
    public subscript(_ name: String) -> Machine? {
        if let exact = images[name] { return exact }
        let fitting = images.keys.filter { $0.hasSuffix("*") && name.hasPrefix($0.dropLast()) }
        return fitting.max { ($0.count, $0) < ($1.count, $1) }.flatMap { images[$0] }
    }

    /// The names without what may follow them, sorted.
    public var names: [String] {
        images.keys.map { $0.hasSuffix("*") ? String($0.dropLast()) : $0 }.sorted()
    }
}

/// A version of the Engine API, such as 1.41.
public struct APIVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number before the dot; 1 in all versions so far.
    public let major: Int
    /// The number after the dot, not a fraction: 1.9 is older than 1.41.
    public let minor: Int

    /// For versions known in advance; nothing is checked.
    public init(_ major: Int, _ minor: Int) {
        self.major = major
        self.minor = minor
    }

    /// - Returns: `nil` for anything but two numbers with a dot between them.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let major = Int(parts[0]), let minor = Int(parts[1]) else { return nil }
        self.init(major, minor)
    }

    /// By ``major``, then by ``minor``.
    public static func < (left: APIVersion, right: APIVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    /// The two numbers with a dot between them, as requests have them in their path.
    public var description: String { "\(major).\(minor)" }
}

extension APIVersion: Codable {
    /// Decodes a string such as `"1.41"`, which is how engines send it.
    /// - Throws: `DecodingError` for anything but two numbers with a dot between them.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let version = APIVersion(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a version")
        }
        self = version
    }

    /// Encodes a string such as `"1.41"`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// How an engine introduces itself.
public struct EngineVersion: Hashable, Codable, Sendable, CustomStringConvertible {
    /// A program that the engine is made of.
    public struct Component: Hashable, Codable, Sendable {
        /// Such as `Engine`, `containerd` or `runc`; Podman's begins with `Podman`.
        public var name: String
        /// In the component's own scheme, which need not be numbers.
        public var version: String

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case version = "Version"
        }
    }

    /// Of the engine itself, such as `20.10.24`; for people, as Docker and Podman count differently.
    public var version: String
    /// The newest that it speaks.
    public var apiVersion: APIVersion
    /// The oldest that it speaks; `nil` when it doesn't say.
    public var minimumAPIVersion: APIVersion?
    /// Where the engine runs, in Go's words: `linux`, say.
    public var operatingSystem: String
    /// Of the engine's host, in Go's words: `amd64`, `arm64`, …
    public var architecture: String
    /// The release of the host's kernel, such as `6.1.0-18-amd64`; `nil` when the engine doesn't say.
    public var kernel: String?
    /// `nil` for an engine that lists none, which is then taken for Docker.
    public var components: [Component]?

    enum CodingKeys: String, CodingKey {
        case version = "Version"
        case apiVersion = "ApiVersion"
        case minimumAPIVersion = "MinAPIVersion"
        case operatingSystem = "Os"
        case architecture = "Arch"
        case kernel = "KernelVersion"
        case components = "Components"
    }

    /// Judged by ``components``: Podman names itself there, though it speaks Docker's API.
    public var isPodman: Bool { components?.contains { $0.name.hasPrefix("Podman") } ?? false }

    /// `Docker` or `Podman`.
    public var name: String { isPodman ? "Podman" : "Docker" }

    /// Such as `Docker 20.10.24`.
    public var description: String { "\(name) \(version)" }
}

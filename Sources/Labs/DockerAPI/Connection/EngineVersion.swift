/// A version of the Engine API, such as 1.41.
public struct APIVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let major: Int
    public let minor: Int

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

    public static func < (left: APIVersion, right: APIVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    public var description: String { "\(major).\(minor)" }
}

extension APIVersion: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let version = APIVersion(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a version")
        }
        self = version
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// How an engine introduces itself.
public struct EngineVersion: Hashable, Codable, Sendable, CustomStringConvertible {
    public struct Component: Hashable, Codable, Sendable {
        public var name: String
        public var version: String

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case version = "Version"
        }
    }

    public var version: String
    /// The newest that it speaks.
    public var apiVersion: APIVersion
    /// The oldest that it speaks; `nil` when it doesn't say.
    public var minimumAPIVersion: APIVersion?
    public var operatingSystem: String
    public var architecture: String
    public var kernel: String?
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

    public var isPodman: Bool { components?.contains { $0.name.hasPrefix("Podman") } ?? false }

    /// `Docker` or `Podman`.
    public var name: String { isPodman ? "Podman" : "Docker" }

    /// Such as `Docker 20.10.24`.
    public var description: String { "\(name) \(version)" }
}

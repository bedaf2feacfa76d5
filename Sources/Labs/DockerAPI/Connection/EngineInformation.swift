/// What an engine says about itself and its host, as far as a doctor needs it.
public struct EngineInformation: Hashable, Codable, Sendable {
    public var storageDriver: String
    /// Where images and containers lie on the engine's host.
    public var rootDirectory: String?
    /// `cgroupfs` or `systemd`; `none` when limits can't be set.
    public var cgroupDriver: String?
    /// `1` or `2`.
    public var cgroupVersion: String?
    /// Such as `name=seccomp,profile=default` or `name=rootless`.
    public var securityOptions: [String]?
    /// Bytes.
    public var memory: Int64?
    public var processors: Int?
    public var hostSystem: String?
    /// Things the engine itself holds to be wrong.
    public var warnings: [String]?

    enum CodingKeys: String, CodingKey {
        case storageDriver = "Driver"
        case rootDirectory = "DockerRootDir"
        case cgroupDriver = "CgroupDriver"
        case cgroupVersion = "CgroupVersion"
        case securityOptions = "SecurityOptions"
        case memory = "MemTotal"
        case processors = "NCPU"
        case hostSystem = "OperatingSystem"
        case warnings = "Warnings"
    }

    public var isRootless: Bool { securityOptions?.contains { $0.hasPrefix("name=rootless") } ?? false }
}

extension DockerClient {
    /// - SeeAlso: Docker Engine API, `GET /info`.
    public func information() async throws -> EngineInformation {
        try await value(EngineRequest(.get, "/info", about: .engine))
    }
}

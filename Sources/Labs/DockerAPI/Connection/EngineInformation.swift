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
    /// Pairs of a word and a value, such as `Backing Filesystem` and `xfs`.
    public var storageStatus: [[String]]?
    /// Whether containers can be held to so much memory; likewise below. `nil` when the engine doesn't say.
    public var boundsMemory: Bool?
    public var boundsSwap: Bool?
    public var boundsProcesses: Bool?
    public var boundsProcessors: Bool?

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
        case storageStatus = "DriverStatus"
        case boundsMemory = "MemoryLimit"
        case boundsSwap = "SwapLimit"
        case boundsProcesses = "PidsLimit"
        case boundsProcessors = "CpuCfsQuota"
    }

    /// Whether containers have an option, such as `seccomp`, `apparmor`, `userns` or `no-new-privileges`, switched on.
    public func hasSecurityOption(_ name: String) -> Bool {
        securityOptions?.contains { $0 == "name=\(name)" || $0.hasPrefix("name=\(name),") } ?? false
    }

    public var isRootless: Bool { securityOptions?.contains { $0.hasPrefix("name=rootless") } ?? false }
}

extension DockerClient {
    /// - SeeAlso: Docker Engine API, `GET /info`.
    public func information() async throws -> EngineInformation {
        try await value(EngineRequest(.get, "/info", about: .engine))
    }
}

/// What an engine says about itself and its host, as far as a doctor needs it.
public struct EngineInformation: Hashable, Codable, Sendable {
    /// What keeps the layers of images and containers, such as `overlay2` or `vfs`.
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
    /// How many processors, as the kernel counts them, the engine has; `nil` when it doesn't say.
    public var processors: Int?
    /// The distribution of the engine's host as people write it, such as `Debian GNU/Linux 12 (bookworm)`.
    public var hostSystem: String?
    /// Things the engine itself holds to be wrong.
    public var warnings: [String]?
    /// Pairs of a word and a value, such as `Backing Filesystem` and `xfs`.
    public var storageStatus: [[String]]?
    /// Whether containers can be held to so much memory; likewise below. `nil` when the engine doesn't say.
    public var boundsMemory: Bool?
    /// Whether a limit of memory can include swap space; without that a container may swap as much as it likes.
    public var boundsSwap: Bool?
    /// Whether the number of processes and threads in a container can be limited.
    public var boundsProcesses: Bool?
    /// Whether a container's processor time can be limited, by a quota of the kernel's scheduler (CFS).
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

    /// Whether the engine runs without root's rights; `false` also when it lists no security options.
    public var isRootless: Bool { securityOptions?.contains { $0.hasPrefix("name=rootless") } ?? false }
}

extension DockerClient {
    /// - SeeAlso: Docker Engine API, `GET /info`.
    public func information() async throws -> EngineInformation {
        try await value(EngineRequest(.get, "/info", about: .engine))
    }
}

import ComposeFiles
import DockerAPI
import Labs

/// How much of the machine one container may use: what the lab may at most, and less where the Compose file asks for less.
///
/// An engine bounds containers one by one. So each service, and the workspace, has the whole lab's limits to itself; see
/// "What a lesson can and cannot do in containers".
struct ContainerBounds: Hashable, Sendable {
    /// Bytes, swapped-out ones and memory file systems included.
    let memory: Int64
    let processes: Int64
    /// Bytes of `/dev/shm`.
    let sharedMemory: Int64
    /// Bytes of a memory file system for which the file gives no size.
    let temporaryFiles: Int64
    /// Bytes that one file may have; ``storage`` bounds all of them where the engine can.
    let file: Int64
    /// Bytes of the container's own file system; `nil` where the engine's storage driver can't bound it.
    let storage: Int64?
    /// Processors; `nil` for all of them.
    let processors: Double?

    /// What engines give `/dev/shm` when nobody says otherwise.
    private static let usualSharedMemory: Int64 = 64 << 20
    /// Half of what other containers of the engine have: they come first when the processors are busy.
    private static let processorWeight: Int64 = 512
    /// What ends first when the host itself runs out of memory.
    private static let outOfMemoryScore = 500
    /// Limits of `setrlimit` that a file may set; the others reach beyond the container: real-time and negative nice values
    /// take processors away from the host, message queues its memory.
    static let allowedLimits: Set<String> = [
        "as", "core", "cpu", "data", "fsize", "locks", "memlock", "nofile", "nproc", "rss", "sigpending", "stack",
    ]

    /// - Parameters:
    ///   - asked: What the Compose file asks for.
    ///   - lab: What it may have at most.
    ///   - engine: What there is to give.
    init(_ asked: ResourceLimits, within lab: LabLimits, on engine: EngineAbilities = EngineAbilities()) {
        memory = Self.least(asked.memory, Int64(clamping: lab.memory))
        processes = Self.least(asked.pids.map(Int64.init), Int64(clamping: lab.processes))
        sharedMemory = min(Self.least(asked.sharedMemory, Self.usualSharedMemory, orMore: true), memory)
        temporaryFiles = max(1 << 20, memory / 2)
        file = Self.least(asked.ulimits["fsize"].map { Int64($0.hard) }, Int64(clamping: lab.disk))
        storage = engine.boundsStorage ? Int64(clamping: lab.disk) : nil
        let present = engine.processors.map(Double.init)
        processors = asked.cpus.flatMap { $0 > 0 ? min($0, present ?? $0) : nil }
    }

    /// Zero and less mean "no bound" to Compose, which nobody is given.
    private static func least(_ asked: Int64?, _ bound: Int64, orMore: Bool = false) -> Int64 {
        guard let asked, asked > 0 else { return bound }
        return orMore ? asked : min(asked, bound)
    }

    func apply(to host: inout HostConfiguration, asked: ResourceLimits) {
        host.memory = memory
        // No swap: what doesn't fit ends the service rather than the host's patience.
        host.memoryAndSwap = memory
        host.reservedMemory = asked.reservedMemory.map { min($0, memory) }
        host.sharedMemory = sharedMemory
        host.pids = processes
        host.nanoCPUs = processors.map { Int64($0 * 1e9) }
        host.cpuShares = Self.processorWeight
        host.outOfMemoryScore = Self.outOfMemoryScore
        host.storageOptions = storage.map { ["size": "\($0)"] }
        let limits = asked.ulimits.filter {
            Self.allowedLimits.contains($0.key) && !["core", "fsize"].contains($0.key)
        }
        host.ulimits =
            limits.map { HostConfiguration.Ulimit(name: $0.key, soft: $0.value.soft, hard: $0.value.hard) } + [
                // One byte: a limit of none would still hand a crashed process to the host's program that collects them.
                HostConfiguration.Ulimit(name: "core", soft: 1, hard: 1),
                HostConfiguration.Ulimit(name: "fsize", soft: Int(file), hard: Int(file)),
            ]
        host.ulimits.sort { $0.name < $1.name }
        // A flood of output must not fill the disk.
        host.log = HostConfiguration.Log(driver: "json-file", options: ["max-size": "32m", "max-file": "1"])
    }
}

/// What an engine can hold containers to.
struct EngineAbilities: Hashable, Sendable {
    /// `nil` when it doesn't say.
    var processors: Int?
    /// Whether its storage driver can bound a container's own file system.
    var boundsStorage = false
}

extension EngineAbilities {
    /// Drivers that bound by themselves. `overlay2` does so on XFS with project quotas alone, which an engine doesn't tell.
    private static let boundingDrivers: Set<String> = ["btrfs", "zfs", "windowsfilter"]

    init(_ information: EngineInformation) {
        self.init(
            processors: information.processors,
            boundsStorage: Self.boundingDrivers.contains(information.storageDriver))
    }
}

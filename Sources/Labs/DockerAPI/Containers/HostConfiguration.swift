/// What a container may use of its host.
public struct HostConfiguration: Hashable, Codable, Sendable {
    /// Binds, volumes and memory file systems; an earlier one may hold the target of a later one.
    public var mounts: [ContainerMount] = []
    /// Mount options by path, such as `size=64m,mode=1777`; empty for the engine's.
    public var temporaryFileSystems: [String: String] = [:]
    /// `bridge`, `none`, `host`, `container:ID`, or the name of a network.
    public var networkMode: String?
    /// Several addresses of the host may lead to one port.
    public var portBindings: [ContainerPort: [PortBinding]] = [:]
    /// Over the engine's default set, such as `NET_ADMIN`.
    public var addedCapabilities: [String] = []
    /// From the engine's default set; `ALL` leaves only those that are added.
    public var droppedCapabilities: [String] = []
    /// Such as `no-new-privileges:true` and `seccomp=` with a profile in JSON.
    public var securityOptions: [String] = []
    /// Whether the root file system may not be written; mounts are not affected.
    public var isReadOnly = false
    /// `true` for an init process that reaps what is left.
    public var runsInit: Bool?
    /// Bytes.
    public var memory: Int64?
    /// Bytes, together with the memory; -1 for no bound.
    public var memoryAndSwap: Int64?
    /// Bytes.
    public var reservedMemory: Int64?
    /// Bytes of `/dev/shm`.
    public var sharedMemory: Int64?
    /// Billionths of a processor.
    public var nanoCPUs: Int64?
    /// The weight among those who want a processor at the same time; 1024 is usual.
    public var cpuShares: Int64?
    /// From -1000 to 1000: which process the kernel ends first when the host has no memory left.
    public var outOfMemoryScore: Int?
    /// Of the storage driver, such as `size`; few drivers take any.
    public var storageOptions: [String: String]?
    /// Processes and threads; -1 for no bound, `nil` for the engine's.
    public var pids: Int64?
    /// Instead of the engine's, by name.
    public var ulimits: [Ulimit] = []
    /// `nil` for none: a container that ends stays as it is.
    public var restartPolicy: RestartPolicy?
    /// `host:address` entries for the hosts file.
    public var extraHosts: [String] = []
    /// Addresses of name servers; `nil` for the host's.
    public var nameServers: [String]?
    /// Of the resolver, such as `timeout:1`.
    public var nameServerOptions: [String]?
    /// What is appended to names without a dot; `nil` for the host's.
    public var searchedDomains: [String]?
    /// `host`, or `container:ID`; `nil` for one of its own.
    public var pidMode: String?
    /// `private`, `shareable`, `none`, …; `nil` for the engine's.
    public var ipcMode: String?
    /// `private` or `host`; `nil` for the engine's.
    public var cgroupNamespace: String?
    /// `true` when the engine removes the container once it ends.
    public var removesItself = false
    /// `nil` for the engine's usual driver.
    public var log: Log?

    enum CodingKeys: String, CodingKey {
        case mounts = "Mounts"
        case temporaryFileSystems = "Tmpfs"
        case networkMode = "NetworkMode"
        case portBindings = "PortBindings"
        case addedCapabilities = "CapAdd"
        case droppedCapabilities = "CapDrop"
        case securityOptions = "SecurityOpt"
        case isReadOnly = "ReadonlyRootfs"
        case runsInit = "Init"
        case memory = "Memory"
        case memoryAndSwap = "MemorySwap"
        case reservedMemory = "MemoryReservation"
        case sharedMemory = "ShmSize"
        case nanoCPUs = "NanoCpus"
        case cpuShares = "CpuShares"
        case outOfMemoryScore = "OomScoreAdj"
        case storageOptions = "StorageOpt"
        case pids = "PidsLimit"
        case ulimits = "Ulimits"
        case restartPolicy = "RestartPolicy"
        case extraHosts = "ExtraHosts"
        case nameServers = "Dns"
        case nameServerOptions = "DnsOptions"
        case searchedDomains = "DnsSearch"
        case pidMode = "PidMode"
        case ipcMode = "IpcMode"
        case cgroupNamespace = "CgroupnsMode"
        case removesItself = "AutoRemove"
        case log = "LogConfig"
    }

    /// Leaves everything to the engine.
    public init() {}

    /// A resource limit of all processes in the container (setrlimit(2)).
    public struct Ulimit: Hashable, Codable, Sendable {
        /// As in `ulimit`s of Compose files: `nofile`, `nproc`, without `RLIMIT_`.
        public var name: String
        /// -1 for no bound.
        public var soft: Int
        /// At least ``soft``; -1 for no bound.
        public var hard: Int

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case soft = "Soft"
            case hard = "Hard"
        }

        /// Takes the numbers unchecked.
        public init(name: String, soft: Int, hard: Int) {
            self.name = name
            self.soft = soft
            self.hard = hard
        }
    }

    /// What the engine does when a container ends.
    public struct RestartPolicy: Hashable, Codable, Sendable {
        /// The raw values are the API's.
        public enum Name: String, Codable, Sendable {
            case no
            case always
            case onFailure = "on-failure"
            case unlessStopped = "unless-stopped"
        }

        /// Which ends are followed by a restart.
        public var name: Name
        /// 0 for no bound.
        public var attempts: Int

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case attempts = "MaximumRetryCount"
        }

        /// - Parameter attempts: For `.onFailure` only; 0 for no bound.
        public init(_ name: Name, attempts: Int = 0) {
            self.name = name
            self.attempts = attempts
        }
    }

    /// Where the container's output goes.
    public struct Log: Hashable, Codable, Sendable {
        /// Such as `json-file`; only some can be read back.
        public var driver: String
        /// Of the driver, such as `max-size` with `10m`; an unknown one keeps the container from being made.
        public var options: [String: String]

        enum CodingKeys: String, CodingKey {
            case driver = "Type"
            case options = "Config"
        }

        /// Takes names unchecked; the engine refuses drivers that it doesn't have.
        public init(driver: String, options: [String: String] = [:]) {
            self.driver = driver
            self.options = options
        }
    }
}

/// Something mounted into a container.
public struct ContainerMount: Hashable, Codable, Sendable {
    /// Where the contents come from; the raw values are the API's.
    public enum Kind: String, Codable, Sendable {
        case bind
        case volume
        case temporary = "tmpfs"
    }

    /// Decides which of the three kinds of options counts.
    public var kind: Kind
    /// A path of the engine's host, or a volume's name; `nil` for a volume of the container's own, and for memory.
    public var source: String?
    /// Absolute path in the container.
    public var target: String
    /// For the container; the source may still change.
    public var isReadOnly: Bool
    /// For ``Kind/bind`` only.
    public var bindOptions: BindOptions?
    /// For ``Kind/volume`` only.
    public var volumeOptions: VolumeOptions?
    /// For ``Kind/temporary`` only.
    public var temporaryOptions: TemporaryOptions?

    enum CodingKeys: String, CodingKey {
        case kind = "Type"
        case source = "Source"
        case target = "Target"
        case isReadOnly = "ReadOnly"
        case bindOptions = "BindOptions"
        case volumeOptions = "VolumeOptions"
        case temporaryOptions = "TmpfsOptions"
    }

    /// - Parameters:
    ///   - source: A path of the engine's host or a volume's name; `nil` for a volume without a name, and for memory.
    ///   - target: Absolute path in the container.
    public init(kind: Kind, source: String? = nil, target: String, isReadOnly: Bool = false) {
        self.kind = kind
        self.source = source
        self.target = target
        self.isReadOnly = isReadOnly
    }

    /// Options of a path of the host.
    public struct BindOptions: Hashable, Codable, Sendable {
        /// Such as `rprivate` or `rslave`.
        public var propagation: String?

        enum CodingKeys: String, CodingKey { case propagation = "Propagation" }

        /// - Parameter propagation: `nil` for the engine's, which is `rprivate`.
        public init(propagation: String? = nil) { self.propagation = propagation }
    }

    /// Options of a volume.
    public struct VolumeOptions: Hashable, Codable, Sendable {
        /// `true` when a new volume isn't filled with what the image has at the target.
        public var staysEmpty: Bool
        /// For a volume that this mount makes.
        public var labels: [String: String]

        enum CodingKeys: String, CodingKey {
            case staysEmpty = "NoCopy"
            case labels = "Labels"
        }

        /// - Parameter labels: Of the volume, if this mount makes it; one that exists keeps its own.
        public init(staysEmpty: Bool = false, labels: [String: String] = [:]) {
            self.staysEmpty = staysEmpty
            self.labels = labels
        }
    }

    /// Options of a file system in memory.
    public struct TemporaryOptions: Hashable, Codable, Sendable {
        /// Bytes; 0 for no bound.
        public var size: Int64
        /// Permission bits.
        public var mode: Int

        enum CodingKeys: String, CodingKey {
            case size = "SizeBytes"
            case mode = "Mode"
        }

        /// - Parameters:
        ///   - size: Bytes; 0 for no bound.
        ///   - mode: Permission bits of its root; by default those of `/tmp`.
        public init(size: Int64 = 0, mode: Int = 0o1777) {
            self.size = size
            self.mode = mode
        }
    }
}

/// What a container may use of its host.
public struct HostConfiguration: Hashable, Codable, Sendable {
    public var mounts: [ContainerMount] = []
    /// Mount options by path, such as `size=64m,mode=1777`; empty for the engine's.
    public var temporaryFileSystems: [String: String] = [:]
    /// `bridge`, `none`, `host`, `container:ID`, or the name of a network.
    public var networkMode: String?
    public var portBindings: [ContainerPort: [PortBinding]] = [:]
    public var addedCapabilities: [String] = []
    public var droppedCapabilities: [String] = []
    public var securityOptions: [String] = []
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
    public var pids: Int64?
    public var ulimits: [Ulimit] = []
    public var restartPolicy: RestartPolicy?
    /// `host:address` entries for the hosts file.
    public var extraHosts: [String] = []
    /// Addresses of name servers; `nil` for the host's.
    public var nameServers: [String]?
    /// Of the resolver, such as `timeout:1`.
    public var nameServerOptions: [String]?
    public var searchedDomains: [String]?
    /// `host`, or `container:ID`; `nil` for one of its own.
    public var pidMode: String?
    /// `private`, `shareable`, `none`, …; `nil` for the engine's.
    public var ipcMode: String?
    /// `private` or `host`; `nil` for the engine's.
    public var cgroupNamespace: String?
    /// `true` when the engine removes the container once it ends.
    public var removesItself = false
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

    public init() {}

    public struct Ulimit: Hashable, Codable, Sendable {
        public var name: String
        /// -1 for no bound.
        public var soft: Int
        public var hard: Int

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case soft = "Soft"
            case hard = "Hard"
        }

        public init(name: String, soft: Int, hard: Int) {
            self.name = name
            self.soft = soft
            self.hard = hard
        }
    }

    public struct RestartPolicy: Hashable, Codable, Sendable {
        public enum Name: String, Codable, Sendable {
            case no
            case always
            case onFailure = "on-failure"
            case unlessStopped = "unless-stopped"
        }

        public var name: Name
        /// 0 for no bound.
        public var attempts: Int

        enum CodingKeys: String, CodingKey {
            case name = "Name"
            case attempts = "MaximumRetryCount"
        }

        public init(_ name: Name, attempts: Int = 0) {
            self.name = name
            self.attempts = attempts
        }
    }

    /// Where the container's output goes.
    public struct Log: Hashable, Codable, Sendable {
        /// Such as `json-file`; only some can be read back.
        public var driver: String
        public var options: [String: String]

        enum CodingKeys: String, CodingKey {
            case driver = "Type"
            case options = "Config"
        }

        public init(driver: String, options: [String: String] = [:]) {
            self.driver = driver
            self.options = options
        }
    }
}

/// Something mounted into a container.
public struct ContainerMount: Hashable, Codable, Sendable {
    public enum Kind: String, Codable, Sendable {
        case bind
        case volume
        case temporary = "tmpfs"
    }

    public var kind: Kind
    /// A path of the engine's host, or a volume's name; `nil` for a volume of the container's own, and for memory.
    public var source: String?
    /// Absolute path in the container.
    public var target: String
    public var isReadOnly: Bool
    public var bindOptions: BindOptions?
    public var volumeOptions: VolumeOptions?
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

    public init(kind: Kind, source: String? = nil, target: String, isReadOnly: Bool = false) {
        self.kind = kind
        self.source = source
        self.target = target
        self.isReadOnly = isReadOnly
    }

    public struct BindOptions: Hashable, Codable, Sendable {
        /// Such as `rprivate` or `rslave`.
        public var propagation: String?

        enum CodingKeys: String, CodingKey { case propagation = "Propagation" }

        public init(propagation: String? = nil) { self.propagation = propagation }
    }

    public struct VolumeOptions: Hashable, Codable, Sendable {
        /// `true` when a new volume isn't filled with what the image has at the target.
        public var staysEmpty: Bool
        /// For a volume that this mount makes.
        public var labels: [String: String]

        enum CodingKeys: String, CodingKey {
            case staysEmpty = "NoCopy"
            case labels = "Labels"
        }

        public init(staysEmpty: Bool = false, labels: [String: String] = [:]) {
            self.staysEmpty = staysEmpty
            self.labels = labels
        }
    }

    public struct TemporaryOptions: Hashable, Codable, Sendable {
        /// Bytes; 0 for no bound.
        public var size: Int64
        /// Permission bits.
        public var mode: Int

        enum CodingKeys: String, CodingKey {
            case size = "SizeBytes"
            case mode = "Mode"
        }

        public init(size: Int64 = 0, mode: Int = 0o1777) {
            self.size = size
            self.mode = mode
        }
    }
}

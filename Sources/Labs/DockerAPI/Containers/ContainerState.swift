/// The engine's own name of a container; a container's given name may be used instead.
public struct ContainerID: Hashable, Codable, Sendable, CustomStringConvertible {
    /// Usually 64 hexadecimal digits.
    public let rawValue: String

    /// - Parameter rawValue: An id, the beginning of one that no other container's has, or a name; not checked.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// Reads a single string.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The first twelve digits, as engines show it.
    public var description: String { String(rawValue.prefix(rawValue.count == 64 ? 12 : rawValue.count)) }
}

/// A container as it is right now.
///
/// - SeeAlso: Docker Engine API, `GET /containers/{id}/json`.
public struct ContainerState: Hashable, Codable, Sendable {
    /// The full id.
    public var id: ContainerID
    /// The id of the image, not its reference.
    public var image: String
    /// What runs in it, or how that ended.
    public var process: Process
    /// What it was made from.
    public var configuration: Configuration
    /// Its addresses and published ports.
    public var network: Network
    /// What it may use; `nil` when the engine doesn't say.
    public var bounds: Bounds?
    /// With a slash before it.
    private var slashedName: String

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case slashedName = "Name"
        case image = "Image"
        case process = "State"
        case configuration = "Config"
        case network = "NetworkSettings"
        case bounds = "HostConfig"
    }

    /// In bytes and numbers; 0, -1 and `nil` mean that there's no bound.
    public struct Bounds: Hashable, Codable, Sendable {
        /// Bytes of main memory.
        public var memory: Int64?
        /// Bytes of main memory and swap together.
        public var memoryAndSwap: Int64?
        /// Processes and threads.
        public var pids: Int64?
        /// Bytes of `/dev/shm`.
        public var sharedMemory: Int64?

        enum CodingKeys: String, CodingKey {
            case memory = "Memory"
            case memoryAndSwap = "MemorySwap"
            case pids = "PidsLimit"
            case sharedMemory = "ShmSize"
        }
    }

    /// The given name, without the slash that the API puts before it.
    public var name: String { slashedName.hasPrefix("/") ? String(slashedName.dropFirst()) : slashedName }
    /// Also `true` for a container that is paused or about to be restarted.
    public var isRunning: Bool { process.isRunning }
    /// On the engine's host; `nil` when nothing runs.
    public var pid: Int? { process.pid > 0 ? process.pid : nil }
    /// `nil` while it runs, and before it has run.
    public var exitCode: Int? { process.isRunning || process.status == "created" ? nil : process.exitCode }
    /// Those of the image included.
    public var labels: [String: String] { configuration.labels ?? [:] }
    /// The host's ports by the container's; only those that are published right now.
    public var ports: [ContainerPort: [PortBinding]] { (network.ports ?? [:]).compactMapValues(\.self) }
    /// By network.
    public var addresses: [String: String] {
        (network.networks ?? [:]).compactMapValues { $0.address == "" ? nil : $0.address }
    }

    /// The first process of a container.
    public struct Process: Hashable, Codable, Sendable {
        /// `created`, `running`, `paused`, `restarting`, `removing`, `exited` or `dead`.
        public var status: String
        /// Also `true` while it is paused or waits for a restart.
        public var isRunning: Bool
        /// On the engine's host; 0 when nothing runs.
        public var pid: Int
        /// 0–255; 0 as well while it runs and before it has run.
        public var exitCode: Int
        /// `true` when the kernel ended it for want of memory.
        public var ranOutOfMemory: Bool
        /// Why it couldn't be started; empty otherwise.
        public var error: String?
        /// RFC 3339; the year 1 before the first start.
        public var startedAt: String?
        /// RFC 3339; the year 1 before it has ended for the first time.
        public var finishedAt: String?
        /// `nil` without a health check.
        public var health: Health?

        enum CodingKeys: String, CodingKey {
            case status = "Status"
            case isRunning = "Running"
            case pid = "Pid"
            case exitCode = "ExitCode"
            case ranOutOfMemory = "OOMKilled"
            case error = "Error"
            case startedAt = "StartedAt"
            case finishedAt = "FinishedAt"
            case health = "Health"
        }
    }

    /// What the container's health check found.
    public struct Health: Hashable, Codable, Sendable {
        /// `starting`, `healthy`, `unhealthy`, or `none` (Podman: empty).
        public var status: String
        /// Checks that failed since the last success.
        public var failingStreak: Int?
        /// The last few looks, oldest first.
        public var log: [Look]?

        enum CodingKeys: String, CodingKey {
            case status = "Status"
            case failingStreak = "FailingStreak"
            case log = "Log"
        }

        /// One run of the health check.
        public struct Look: Hashable, Codable, Sendable {
            /// 0 for healthy; -1 when the check could not be run or took too long.
            public var exitCode: Int
            /// At most 4 KiB, cut by the engine.
            public var output: String

            enum CodingKeys: String, CodingKey {
                case exitCode = "ExitCode"
                case output = "Output"
            }
        }
    }

    /// How the container was configured when it was made; it doesn't change.
    public struct Configuration: Hashable, Codable, Sendable {
        /// The reference that the container was made from.
        public var image: String
        /// Those of the image included.
        public var labels: [String: String]?
        /// Whether its output is a terminal's: one stream, and no frames around it.
        public var hasTerminal: Bool?
        /// `NAME=value` entries, those of the image included.
        public var environment: [String]?
        /// Empty for the root.
        public var workingDirectory: String?

        enum CodingKeys: String, CodingKey {
            case image = "Image"
            case labels = "Labels"
            case hasTerminal = "Tty"
            case environment = "Env"
            case workingDirectory = "WorkingDir"
        }
    }

    /// A container's place in the engine's networks.
    public struct Network: Hashable, Codable, Sendable {
        /// A container's place in one network.
        public struct Attachment: Hashable, Codable, Sendable {
            /// The network's id; empty before the container was started.
            public var id: String?
            /// IPv4; empty while the container doesn't run.
            public var address: String?

            enum CodingKeys: String, CodingKey {
                case id = "NetworkID"
                case address = "IPAddress"
            }
        }

        var ports: [ContainerPort: [PortBinding]?]?
        /// By the network's name.
        public var networks: [String: Attachment]?

        enum CodingKeys: String, CodingKey {
            case ports = "Ports"
            case networks = "Networks"
        }
    }
}

/// A container in a list.
public struct ContainerSummary: Hashable, Codable, Sendable {
    /// The full id.
    public var id: ContainerID
    /// With slashes before them.
    private var slashedNames: [String]
    /// The reference that the container was made from, or an id where the tag has moved on.
    public var image: String
    /// Those of the image included.
    public var labels: [String: String]?
    /// `created`, `running`, `paused`, `restarting`, `removing`, `exited` or `dead`.
    public var state: String
    /// For people, such as `Up 3 minutes (healthy)`.
    public var status: String
    /// Seconds since 1970.
    public var created: Int64

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case slashedNames = "Names"
        case image = "Image"
        case labels = "Labels"
        case state = "State"
        case status = "Status"
        case created = "Created"
    }

    /// The first of its names, without the slash; the short id of a container that has none.
    public var name: String {
        guard let name = slashedNames.first else { return id.description }
        return name.hasPrefix("/") ? String(name.dropFirst()) : name
    }
}

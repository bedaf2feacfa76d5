/// The engine's own name of a container; a container's given name may stand in its place.
public struct ContainerID: Hashable, Codable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

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
    public var id: ContainerID
    /// The id of the image, not its reference.
    public var image: String
    public var process: Process
    public var configuration: Configuration
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
        public var memory: Int64?
        public var memoryAndSwap: Int64?
        public var pids: Int64?
        public var sharedMemory: Int64?

        enum CodingKeys: String, CodingKey {
            case memory = "Memory"
            case memoryAndSwap = "MemorySwap"
            case pids = "PidsLimit"
            case sharedMemory = "ShmSize"
        }
    }

    public var name: String { slashedName.hasPrefix("/") ? String(slashedName.dropFirst()) : slashedName }
    public var isRunning: Bool { process.isRunning }
    /// On the engine's host; `nil` when nothing runs.
    public var pid: Int? { process.pid > 0 ? process.pid : nil }
    /// `nil` while it runs, and before it has run.
    public var exitCode: Int? { process.isRunning || process.status == "created" ? nil : process.exitCode }
    public var labels: [String: String] { configuration.labels ?? [:] }
    /// The host's ports by the container's; only those that are published right now.
    public var ports: [ContainerPort: [PortBinding]] { (network.ports ?? [:]).compactMapValues(\.self) }
    /// By network.
    public var addresses: [String: String] {
        (network.networks ?? [:]).compactMapValues { $0.address == "" ? nil : $0.address }
    }

    public struct Process: Hashable, Codable, Sendable {
        /// `created`, `running`, `paused`, `restarting`, `removing`, `exited` or `dead`.
        public var status: String
        public var isRunning: Bool
        public var pid: Int
        public var exitCode: Int
        /// `true` when the kernel ended it for want of memory.
        public var ranOutOfMemory: Bool
        /// Why it couldn't be started; empty otherwise.
        public var error: String?
        /// RFC 3339; the year 1 before the first start.
        public var startedAt: String?
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

    public struct Health: Hashable, Codable, Sendable {
        /// `starting`, `healthy`, `unhealthy`, or `none` (Podman: empty).
        public var status: String
        public var failingStreak: Int?
        /// The last few looks, oldest first.
        public var log: [Look]?

        enum CodingKeys: String, CodingKey {
            case status = "Status"
            case failingStreak = "FailingStreak"
            case log = "Log"
        }

        public struct Look: Hashable, Codable, Sendable {
            public var exitCode: Int
            public var output: String

            enum CodingKeys: String, CodingKey {
                case exitCode = "ExitCode"
                case output = "Output"
            }
        }
    }

    public struct Configuration: Hashable, Codable, Sendable {
        /// The reference that the container was made from.
        public var image: String
        public var labels: [String: String]?
        public var hasTerminal: Bool?
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

    public struct Network: Hashable, Codable, Sendable {
        public struct Attachment: Hashable, Codable, Sendable {
            public var id: String?
            public var address: String?

            enum CodingKeys: String, CodingKey {
                case id = "NetworkID"
                case address = "IPAddress"
            }
        }

        var ports: [ContainerPort: [PortBinding]?]?
        public var networks: [String: Attachment]?

        enum CodingKeys: String, CodingKey {
            case ports = "Ports"
            case networks = "Networks"
        }
    }
}

/// A container in a list.
public struct ContainerSummary: Hashable, Codable, Sendable {
    public var id: ContainerID
    /// With slashes before them.
    private var slashedNames: [String]
    public var image: String
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

    public var name: String {
        guard let name = slashedNames.first else { return id.description }
        return name.hasPrefix("/") ? String(name.dropFirst()) : name
    }
}

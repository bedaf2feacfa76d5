public import Diagnostics

/// A container port that the host can reach.
public struct PublishedPort: Hashable, Codable, Sendable {
    /// The protocol of a port.
    public enum Transport: String, Codable, Sendable {
        case tcp
        case udp
    }

    /// The host's address that is listened on, without brackets; `nil` for the engine's default (all of them).
    public var hostAddress: String?
    /// `nil` when the engine is to choose one.
    public var hostPort: Int?
    /// As programs of the service know it.
    public var containerPort: Int
    /// TCP unless the file says otherwise.
    public var transport: Transport
    /// Of the entry under `ports`.
    public var place: SourcePlace

    /// `true` when only the host itself can reach the port (`127.0.0.0/8`, `::1`, `localhost`).
    public var isLoopback: Bool {
        guard let hostAddress else { return false }
        return hostAddress.hasPrefix("127.") || hostAddress == "::1" || hostAddress == "localhost"
    }
}

/// Something mounted into a service's file system.
public struct Mount: Hashable, Codable, Sendable {
    /// What is mounted.
    public enum Source: Hashable, Codable, Sendable {
        /// A path of the host, resolved against the directory of the file that names it; it may not exist.
        case bind(String)
        /// A lab's own copy of such a path, which takes its place before an engine sees it; absolute.
        case copy(String)
        /// A key of ``ComposeProject/volumes``, or a volume of the container's own (`nil`).
        case volume(String?)
        /// Memory; at most `size` bytes when given. `mode` holds the permission bits.
        case temporary(size: Int64?, mode: Int?)
    }

    /// A lab puts copies in the place of paths of the host before it mounts anything.
    public var source: Source
    /// Absolute path in the container.
    public var target: String
    /// What the file says; an engine may refuse writing nevertheless.
    public var isReadOnly: Bool
    /// `true` when a missing bind source is made as a directory, as the short form does.
    public var createsSource: Bool
    /// Mount options as written that have no field of their own (`z`, `rslave`, `noexec`).
    public var options: [String]
    /// Of the entry under `volumes` or `tmpfs`.
    public var place: SourcePlace
}

/// Whose network a service uses.
public enum NetworkMode: Hashable, Codable, Sendable {
    case none
    case host
    case bridge
    /// That of another service of the project.
    case service(String)
    /// That of a container of the engine, by name or id.
    case container(String)
    /// A network of the engine by name.
    case named(String)
}

/// A network of the project that a service joins.
public struct NetworkAttachment: Hashable, Codable, Sendable {
    /// A key of ``ComposeProject/networks``.
    public var network: String
    /// Further names under which others on the network reach the service.
    public var aliases: [String]
    /// As written; `nil` for one that the engine chooses.
    public var ipv4Address: String?
    /// As written; `nil` for one that the engine chooses.
    public var ipv6Address: String?
    /// Of the network's name in the service.
    public var place: SourcePlace
}

/// Bounds on what a service may use; `nil` wherever the file sets none.
///
/// `deploy.resources` and the older service keys (`mem_limit`, `cpus`, `pids_limit`) land here alike.
public struct ResourceLimits: Hashable, Codable, Sendable {
    /// Bytes.
    public var memory: Int64?
    /// Bytes that the engine tries to keep free for the service.
    public var reservedMemory: Int64?
    /// Bytes of memory and swap together; -1 for no bound on swap.
    public var memoryAndSwap: Int64?
    /// Bytes of `/dev/shm`.
    public var sharedMemory: Int64?
    /// Processors, fractions allowed.
    public var cpus: Double?
    /// Processes and threads; -1 for no bound.
    public var pids: Int?
    /// By name (`nofile`).
    public var ulimits: [String: Ulimit] = [:]

    /// A limit as `setrlimit` knows it; -1 for no bound.
    public struct Ulimit: Hashable, Codable, Sendable {
        /// What holds until a process raises it; -1 for no bound.
        public var soft: Int
        /// How far a process may raise it; -1 for no bound.
        public var hard: Int
    }

    init() {}
}

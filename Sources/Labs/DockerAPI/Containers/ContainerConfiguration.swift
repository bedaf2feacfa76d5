/// What a container is made of.
///
/// Values that are `nil` are left to the image or the engine.
///
/// - SeeAlso: Docker Engine API, `POST /containers/create`.
public struct ContainerConfiguration: Hashable, Codable, Sendable {
    /// A reference or an id; the engine must have it, it isn't pulled.
    public var image: String
    /// Replaces the image's command; empty for none.
    public var command: [String]?
    /// Replaces the image's entry point; empty for none.
    public var entrypoint: [String]?
    /// `NAME=value` entries, over the image's.
    public var environment: [String]?
    /// A name or a number, with a group behind a colon if need be.
    public var user: String?
    /// Absolute; created when the image doesn't have it.
    public var workingDirectory: String?
    /// At most 63 bytes; by default the first twelve digits of the id.
    public var hostname: String?
    /// Over the image's.
    public var labels: [String: String] = [:]
    /// `true` for a terminal as input and outputs, which then are one stream.
    public var hasTerminal: Bool?
    /// `true` when the input stays open while nobody is attached to it.
    public var keepsInputOpen: Bool?
    /// `true` when the input ends with the first who was attached to it.
    public var endsInputOnce: Bool?
    /// Replaces the image's.
    public var healthCheck: HealthCheck?
    /// A name or a number.
    public var stopSignal: String?
    /// Seconds.
    public var stopTimeout: Int?
    /// What ``publish(_:at:)`` needs; a port that is only exposed can't be reached from the host.
    public var exposedPorts: [ContainerPort: Empty]?
    /// What it may use of its host.
    public var host = HostConfiguration()
    /// `nil` for the engine's usual network; set by ``join(_:aliases:)``.
    public var networking: Networking?

    enum CodingKeys: String, CodingKey {
        case image = "Image"
        case command = "Cmd"
        case entrypoint = "Entrypoint"
        case environment = "Env"
        case user = "User"
        case workingDirectory = "WorkingDir"
        case hostname = "Hostname"
        case labels = "Labels"
        case hasTerminal = "Tty"
        case keepsInputOpen = "OpenStdin"
        case endsInputOnce = "StdinOnce"
        case healthCheck = "Healthcheck"
        case stopSignal = "StopSignal"
        case stopTimeout = "StopTimeout"
        case exposedPorts = "ExposedPorts"
        case host = "HostConfig"
        case networking = "NetworkingConfig"
    }

    /// - Parameter image: A reference or an id; the engine must have it.
    public init(image: String) {
        self.image = image
    }

    /// Makes a port of the container reachable from the host.
    public mutating func publish(_ port: ContainerPort, at binding: PortBinding) {
        exposedPorts = (exposedPorts ?? [:]).merging([port: Empty()]) { $1 }
        host.portBindings[port, default: []].append(binding)
    }

    /// Joins a network of the engine, under its name or id.
    public mutating func join(_ network: String, aliases: [String] = []) {
        host.networkMode = network
        networking = Networking(endpoints: [network: .init(aliases: aliases)])
    }

    /// How the engine finds out whether a container works.
    public struct HealthCheck: Hashable, Codable, Sendable {
        /// `["CMD", …]`, `["CMD-SHELL", line]`, `["NONE"]` to switch the image's off, empty to inherit it.
        public var test: [String]
        /// Nanoseconds, as all times here; 0 inherits.
        public var interval: Int64
        /// Nanoseconds that one check may take; 0 inherits.
        public var timeout: Int64
        /// Failures in a row after which the container is unhealthy; 0 inherits.
        public var retries: Int
        /// Nanoseconds after the start in which failures don't count; 0 inherits.
        public var startPeriod: Int64

        enum CodingKeys: String, CodingKey {
            case test = "Test"
            case interval = "Interval"
            case timeout = "Timeout"
            case retries = "Retries"
            case startPeriod = "StartPeriod"
        }

        /// - Parameters:
        ///   - test: With `CMD`, `CMD-SHELL` or `NONE` first.
        ///   - retries: `nil` inherits, as for the three times.
        public init(
            test: [String], interval: Duration? = nil, timeout: Duration? = nil, retries: Int? = nil,
            startPeriod: Duration? = nil
        ) {
            self.test = test
            self.interval = interval?.nanoseconds ?? 0
            self.timeout = timeout?.nanoseconds ?? 0
            self.retries = retries ?? 0
            self.startPeriod = startPeriod?.nanoseconds ?? 0
        }
    }

    /// The networks that a container joins when it is started.
    public struct Networking: Hashable, Codable, Sendable {
        /// A container's place in one network.
        public struct Endpoint: Hashable, Codable, Sendable {
            /// Names that other containers of the network find it by, beside its own.
            public var aliases: [String]
            enum CodingKeys: String, CodingKey { case aliases = "Aliases" }
        }

        /// By the network's name or id; engines before API 1.44 take one.
        public var endpoints: [String: Endpoint]
        enum CodingKeys: String, CodingKey { case endpoints = "EndpointsConfig" }
    }

    /// `{}`.
    public struct Empty: Hashable, Codable, Sendable {
        /// The only value.
        public init() {}
    }
}

/// A port inside a container, in the API's own form `80/tcp`.
public struct ContainerPort: Hashable, Codable, Sendable, CodingKeyRepresentable, CustomStringConvertible {
    /// 1–65535.
    public var number: Int
    /// `tcp`, `udp` or `sctp`.
    public var transport: String

    /// - Parameter transport: `tcp`, `udp` or `sctp`.
    public init(_ number: Int, transport: String = "tcp") {
        self.number = number
        self.transport = transport
    }

    /// Reads `80/tcp`, and `80` as a TCP port.
    public init?(codingKey: some CodingKey) {
        let parts = codingKey.stringValue.split(separator: "/", maxSplits: 1)
        guard let number = parts.first.flatMap({ Int($0) }) else { return nil }
        self.init(number, transport: parts.count > 1 ? String(parts[1]) : "tcp")
    }

    /// The API's form, for dictionaries that are keyed by ports.
    public var codingKey: any CodingKey { Key(stringValue: description) }

    /// The API's form, `80/tcp`.
    public var description: String { "\(number)/\(transport)" }

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

/// Where the host listens for a container's port.
public struct PortBinding: Hashable, Codable, Sendable {
    /// An address of the host; empty for all of them.
    public var address: String
    /// A number; empty when the engine is to choose a free one.
    public var port: String

    enum CodingKeys: String, CodingKey {
        case address = "HostIp"
        case port = "HostPort"
    }

    /// - Parameter port: `nil` for a free one.
    public init(address: String = "127.0.0.1", port: Int?) {
        self.address = address
        self.port = port.map(String.init) ?? ""
    }
}

extension Duration {
    var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}

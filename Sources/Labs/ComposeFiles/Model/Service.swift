public import Diagnostics

/// One entry under `services`, interpolated, merged and with everything it extends taken in.
///
/// Where Compose allows a short and a long form, only the long one is left.
public struct Service: Hashable, Codable, Sendable {
    public var name: String
    /// Where the name stands in the last file that speaks of the service.
    public var place: SourcePlace

    public var image: String?
    /// Where the value of `image` stands.
    public var imagePlace: SourcePlace?
    public var build: ImageBuild?
    /// Replaces the image's command; an empty list clears it, `nil` leaves it.
    public var command: [String]?
    /// Replaces the image's entry point; an empty list clears it, `nil` leaves it.
    public var entrypoint: [String]?
    /// The files of `env_file` and, over them, `environment`. A variable without a value there takes the caller's, and is
    /// absent when the caller has none.
    public var environment: [String: String] = [:]
    public var user: String?
    public var workingDirectory: String?
    public var hostname: String?
    public var labels: [String: String] = [:]
    /// Names of profiles; empty when the service is always part of the project.
    public var profiles: [String] = []
    /// `host:address` pairs for the container's hosts file.
    public var extraHosts: [String] = []

    /// In the order of the file.
    public var dependencies: [Dependency] = []
    public var healthCheck: HealthCheck?
    /// Ranges are written out, one entry a port.
    public var ports: [PublishedPort] = []
    public var mounts: [Mount] = []
    /// `nil` when the file says nothing: the service joins ``networks``, or the default network when that is empty.
    public var networkMode: NetworkMode?
    public var networks: [NetworkAttachment] = []

    /// Upper case, without `CAP_`.
    public var addedCapabilities: [String] = []
    /// Upper case, without `CAP_`; `ALL` for all.
    public var droppedCapabilities: [String] = []
    public var securityOptions: [String] = []
    /// `true` when the container's root file system can't be written.
    public var isReadOnly = false
    public var limits = ResourceLimits()
    /// Keys, none of them honoured, by which the file asks for something of the host itself.
    public var hostAccess: [HostAccess] = []

    public var restart: RestartPolicy?
    /// A name (`SIGTERM`) or a number, as written.
    public var stopSignal: String?
    public var stopGracePeriod: Duration?
    /// `true` when an init process reaps what the service leaves.
    public var runsInit: Bool?
    public var hasTerminal = false
    public var keepsInputOpen = false

    /// How the service runs as a local process; `nil` without `x-lectern`.
    public var local: ProcessConfiguration?

    /// What a local process of the service is given: ``environment`` and, over it, the local form's.
    public var localEnvironment: [String: String] {
        environment.merging(local?.environment ?? [:]) { $1 }
    }

    public init(name: String, place: SourcePlace) {
        self.name = name
        self.place = place
    }
}

/// Something of the host that a service would see or command, such as `privileged: true` or `pid: host`.
public struct HostAccess: Hashable, Codable, Sendable {
    public var key: String
    public var place: SourcePlace
}

/// How an image is made from a Dockerfile.
public struct ImageBuild: Hashable, Codable, Sendable {
    /// An absolute or working-directory-relative path that can be opened, or a URL as written.
    public var context: String
    /// Relative to ``context`` unless absolute; `nil` for `Dockerfile`.
    public var dockerfile: String?
    /// A Dockerfile's text in the Compose file itself, instead of ``dockerfile``.
    public var inlineDockerfile: String?
    public var arguments: [String: String]
    public var target: String?
    public var labels: [String: String]
    /// The network of `RUN` lines, such as `host`.
    public var network: String?
    public var cacheFrom: [String]
}

/// Another service that must have come this far before a service starts.
public struct Dependency: Hashable, Codable, Sendable {
    public enum Condition: String, Codable, Sendable, CaseIterable {
        case started = "service_started"
        case healthy = "service_healthy"
        case completedSuccessfully = "service_completed_successfully"
    }

    public var service: String
    public var condition: Condition
    /// `false` when the service may start without the other, should that be missing or fail.
    public var isRequired: Bool
    /// `true` when the service restarts whenever the other one is replaced.
    public var restarts: Bool
    public var place: SourcePlace
}

/// How an engine finds out that a service works.
public struct HealthCheck: Hashable, Codable, Sendable {
    public enum Test: Hashable, Codable, Sendable {
        /// The check that the image brings, if any.
        case inherited
        /// No check, not even the image's.
        case disabled
        case command([String])
        /// A line for the container's default shell.
        case shell(String)
    }

    public var test: Test
    public var interval: Duration?
    public var timeout: Duration?
    public var retries: Int?
    public var startPeriod: Duration?
    public var startInterval: Duration?
}

extension HealthCheck {
    /// With the engine's own times.
    public init(test: Test) { self.init(test: test, interval: nil) }
}

public enum RestartPolicy: Hashable, Codable, Sendable {
    case never
    case always
    case unlessStopped
    /// After a non-zero exit status, at most `attempts` times (`nil`: no bound).
    case onFailure(attempts: Int?)
}

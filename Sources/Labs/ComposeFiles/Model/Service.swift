public import Diagnostics

/// One entry under `services`, interpolated, merged and with everything it extends taken in.
///
/// Where Compose allows a short and a long form, only the long one is left.
public struct Service: Hashable, Codable, Sendable {
    /// Its key in the file.
    public var name: String
    /// Where the name is in the last file that speaks of the service.
    public var place: SourcePlace

    /// As written, variables put in; `nil` when the file names none.
    public var image: String?
    /// Where the value of `image` is.
    public var imagePlace: SourcePlace?
    /// `nil` for an image that is only pulled.
    public var build: ImageBuild?
    /// Replaces the image's command; an empty list clears it, `nil` leaves it.
    public var command: [String]?
    /// Replaces the image's entry point; an empty list clears it, `nil` leaves it.
    public var entrypoint: [String]?
    /// The files of `env_file` and, over them, `environment`. A variable without a value there takes the caller's, and is
    /// absent when the caller has none.
    public var environment: [String: String] = [:]
    /// `name`, `number` or `user:group`; `nil` for that of the image.
    public var user: String?
    /// `nil` for that of the image.
    public var workingDirectory: String?
    /// `nil` for the engine's choice.
    public var hostname: String?
    /// Those of the container, not of its image.
    public var labels: [String: String] = [:]
    /// Names of profiles; empty when the service is always part of the project.
    public var profiles: [String] = []
    /// `host:address` pairs for the container's hosts file.
    public var extraHosts: [String] = []

    /// In the order of the file.
    public var dependencies: [Dependency] = []
    /// `nil` when the file says nothing: the image's own check holds.
    public var healthCheck: HealthCheck?
    /// Ranges are written out, one entry a port.
    public var ports: [PublishedPort] = []
    /// Of `volumes` and `tmpfs`, each target once.
    public var mounts: [Mount] = []
    /// `nil` when the file says nothing: the service joins ``networks``, or the default network when that is empty.
    public var networkMode: NetworkMode?
    /// In the order of the file; empty with a ``networkMode``.
    public var networks: [NetworkAttachment] = []

    /// Upper case, without `CAP_`.
    public var addedCapabilities: [String] = []
    /// Upper case, without `CAP_`; `ALL` for all.
    public var droppedCapabilities: [String] = []
    /// As written, such as `no-new-privileges:true`.
    public var securityOptions: [String] = []
    /// `true` when the container's root file system can't be written.
    public var isReadOnly = false
    /// Of memory, processors, processes and files.
    public var limits = ResourceLimits()
    /// Keys, all of them ignored, by which the file asks for something of the host itself.
    public var hostAccess: [HostAccess] = []

    /// `nil` when the file says nothing. Labs restart nothing.
    public var restart: RestartPolicy?
    /// A name (`SIGTERM`) or a number, as written.
    public var stopSignal: String?
    /// How long a service may take to stop before it is killed; `nil` for the engine's choice.
    public var stopGracePeriod: Duration?
    /// `true` when an init process reaps what the service leaves.
    public var runsInit: Bool?
    /// `tty` of the file.
    public var hasTerminal = false
    /// `stdin_open` of the file.
    public var keepsInputOpen = false

    /// How the service runs as a local process; `nil` without `x-lectern`.
    public var local: ProcessConfiguration?

    /// What the service is given when it runs as a process: ``environment`` and, over it, the process configuration's.
    public var processEnvironment: [String: String] {
        environment.merging(local?.environment ?? [:]) { $1 }
    }

    /// Of which nothing is known yet.
    public init(name: String, place: SourcePlace) {
        self.name = name
        self.place = place
    }
}

/// Something of the host that a service would see or command, such as `privileged: true` or `pid: host`.
public struct HostAccess: Hashable, Codable, Sendable {
    /// As in the file, such as `privileged`.
    public var key: String
    /// Of the key.
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
    /// `args` of the file; one without a value takes the caller's.
    public var arguments: [String: String]
    /// The stage of the Dockerfile; `nil` for the last one.
    public var target: String?
    /// Those of the image.
    public var labels: [String: String]
    /// The network of `RUN` lines, such as `host`.
    public var network: String?
    /// Images whose layers may be used again.
    public var cacheFrom: [String]
}

/// Another service that must have come this far before a service starts.
public struct Dependency: Hashable, Codable, Sendable {
    /// How far the other service must have come; raw values as in the file.
    public enum Condition: String, Codable, Sendable, CaseIterable {
        case started = "service_started"
        case healthy = "service_healthy"
        case completedSuccessfully = "service_completed_successfully"
    }

    /// The other service's name.
    public var service: String
    /// `.started` in the short form.
    public var condition: Condition
    /// `false` when the service may start without the other, should that be missing or fail.
    public var isRequired: Bool
    /// `true` when the service restarts whenever the other one is replaced.
    public var restarts: Bool
    /// Of the name in `depends_on`.
    public var place: SourcePlace
}

/// How an engine finds out that a service works.
public struct HealthCheck: Hashable, Codable, Sendable {
    /// What is run to find out.
    public enum Test: Hashable, Codable, Sendable {
        /// The check that the image brings, if any.
        case inherited
        /// No check, not even the image's.
        case disabled
        case command([String])
        /// A line for the container's default shell.
        case shell(String)
    }

    /// Status 0 means that the service works.
    public var test: Test
    /// Between two looks; `nil` for the image's, or the engine's choice. So with the other times.
    public var interval: Duration?
    /// Of one look.
    public var timeout: Duration?
    /// How many looks must fail, one after the other.
    public var retries: Int?
    /// For so long after the start a failed look doesn't count.
    public var startPeriod: Duration?
    /// Between two looks during ``startPeriod``.
    public var startInterval: Duration?
}

extension HealthCheck {
    /// With the engine's own times.
    public init(test: Test) { self.init(test: test, interval: nil) }
}

/// Whether an engine starts a service again that has ended.
public enum RestartPolicy: Hashable, Codable, Sendable {
    case never
    case always
    case unlessStopped
    /// After a non-zero exit status, at most `attempts` times (`nil`: no bound).
    case onFailure(attempts: Int?)
}

public import AgentProtocol
public import ComposeFiles
public import LabAgents

/// What a lab runs on.
public enum EngineKind: String, Codable, Sendable, CaseIterable {
    /// Ordinary processes in one sandbox of this host.
    case process
    /// Containers of a Docker engine, or of one that speaks its language.
    case docker
}

/// What someone wants a lab to run on.
public enum EngineChoice: String, Codable, Sendable, CaseIterable {
    case process
    case docker
    /// Whichever can run the lesson here; see `EngineSelection`.
    case auto
}

/// Something that can stand a lab up: processes in a sandbox, containers, a pod of a cluster.
public protocol LabEngine: Sendable {
    /// Makes the lab's network, file system and agent; no service runs yet.
    ///
    /// - Parameters:
    ///   - project: `nil` for a workspace without services.
    ///   - progress: Told what takes a while, such as data directories that are made for the first time.
    func open(_ project: ComposeProject?, progress: @escaping @Sendable (LabEvent) -> Void) async throws -> any LabPod
}

/// Where services run; the part of an engine that starting a lab needs.
public protocol ServiceHost: Sendable {
    /// `false` for what only holds the lab's network or its workspace, and so is not a service to a person.
    func isShown(_ service: Service) -> Bool
    /// What a service must meet, in this order, before it counts as ready.
    ///
    /// - Throws: ``LabError`` when the Compose file asks for something that can't be looked for.
    func conditions(of service: Service) throws -> [ReadinessCondition]
    /// Starts a service, and returns once its process runs, ready or not.
    func start(_ service: Service) async throws -> any LabService
}

/// Where services run that can be put back to how they began; the part of an engine that a reset needs.
public protocol RestorableHost: ServiceHost {
    /// Ends a service at once, without a chance to tidy up; returns when it's gone. One that doesn't run isn't an error.
    func stop(_ service: Service) async throws
    /// Puts the data of a stopped service back to what it was before its first start.
    func restoreData(of service: Service) async throws
    /// Ends what the terminals started and still runs, and puts the workspace's files back. Mounted folders of the host
    /// are left alone.
    func restoreWorkspace() async throws
}

/// One lab as its engine made it: services and terminals share a network namespace.
public protocol LabPod: RestorableHost {
    /// What the lab consists of, in the order of the file, as this engine runs it.
    var services: [Service] { get }
    /// Reaches into the lab's network and its workspace; waits until it's there.
    var agent: LabAgent { get async throws }
    /// How commands and shells of the workspace are run; waits until it's there.
    var workspace: Workspace { get async throws }
    /// The memory of the whole lab.
    func memory() async throws -> PodMemory
    /// Hands over what a service has printed, from the beginning.
    ///
    /// - Parameter follow: Goes on with what comes, until the task is cancelled or `body` throws.
    func readLog(
        of service: String, follow: Bool, _ body: @Sendable ([UInt8]) async throws -> Void
    ) async throws
    /// Opens a TCP stream to a port of a service, from inside the lab.
    ///
    /// - Throws: `AgentError` with code `.refused` when nothing listens there.
    func connect(to service: Service, port: Int) async throws -> AgentStream
    /// Says that the services are ready and nobody has worked in the lab yet: what lies in the workspace now is what
    /// ``restoreWorkspace()`` comes back to.
    func captureBaseline() async throws
    /// Returns when the lab has ended by itself, and says why.
    func waitUntilEnded() async -> LabError
    /// Ends everything in the lab; returns when nothing is left of it but its files. Closing twice isn't an error.
    ///
    /// - Throws: ``LabError`` when something may be left; whoever finds the lab's files tries again.
    func close() async throws
}

/// Where commands and shells of a lab run.
public struct Workspace: Sendable {
    /// `NAME=value` strings.
    public var environment: [String]
    /// Where they start.
    public var directory: String
    /// A directory of Lectern's own, for what a shell reads when it starts.
    public var ownFiles: String

    /// Arguments as the properties of the same name.
    public init(environment: [String], directory: String, ownFiles: String) {
        self.environment = environment
        self.directory = directory
        self.ownFiles = ownFiles
    }

    /// The last `HOME` of the environment; `/` without one.
    public var home: String {
        environment.last { $0.hasPrefix("HOME=") }.map { String($0.dropFirst(5)) } ?? "/"
    }

    /// A process of the workspace, such as a shell.
    public func process(_ arguments: [String]) -> ProcessSpec {
        ProcessSpec(arguments: arguments, environment: environment, directory: directory)
    }
}

/// Memory in use, in bytes.
public struct MemoryUse: Hashable, Codable, Sendable {
    /// Shared pages counted in parts (PSS): sums add up.
    public var proportional: UInt64
    /// Shared pages counted whole (RSS).
    public var resident: UInt64

    /// In bytes; nothing unless said.
    public init(proportional: UInt64 = 0, resident: UInt64 = 0) {
        self.proportional = proportional
        self.resident = resident
    }
}

/// The memory of a whole lab.
public struct PodMemory: Sendable {
    /// Of everything in it, terminals included.
    public var total: MemoryUse
    /// By service; a service without a process is missing.
    public var services: [String: MemoryUse]

    /// Arguments as the properties of the same name.
    public init(total: MemoryUse, services: [String: MemoryUse]) {
        self.total = total
        self.services = services
    }
}

/// One service of a lab that was started.
public protocol LabService: Sendable {
    var name: String { get }
    /// Inside the sandbox; `nil` when the service is not a process of its own, or the engine doesn't say.
    var pid: Int32? { get }
    /// Its container's name in the engine; `nil` where services aren't containers.
    var containerName: String? { get }
    /// `true` when something listens on this port of the lab's loopback address.
    func accepts(port: Int) async throws -> Bool
    /// - Returns: The status of the answer to a GET, or `nil` when none came.
    func status(ofGetting url: LabURL) async throws -> Int?
    /// The end of what the service has printed, at most so many bytes.
    func log(last bytes: Int) async throws -> String
    /// Runs a command beside the service, with its environment.
    func run(_ command: [String], timeout: Duration) async throws -> ExitStatus
    /// Asks the service to end, with a chance to tidy up; returns once it's asked. One that has ended isn't an error.
    func terminate() async
    /// Waits for the end of the service; `nil` when the whole lab ended, or the service has no process.
    func exit() async -> ExitStatus?
    /// How the service has ended by now, asked where it runs; `nil` while it runs, or when it has no process.
    ///
    /// Unlike ``exit()``, which may be a moment late, this is true of the moment of the question.
    func currentExit() async throws -> ExitStatus?
}

extension LabService {
    /// None: services are processes unless an engine says otherwise.
    public var containerName: String? { nil }
}

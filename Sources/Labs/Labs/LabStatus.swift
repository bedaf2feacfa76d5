public import AgentProtocol
public import ComposeFiles

/// A lab as `status` shows it.
public struct LabStatus: Hashable, Codable, Sendable {
    /// How far a lab has come, and whether it can be used.
    public enum Phase: String, Codable, Sendable {
        case starting
        case ready
        /// A service ended by itself, or a reset failed; ``LabStatus/problem`` says what.
        case degraded
        /// On its way back to the state after seeding.
        case resetting
        case stopping
    }

    /// As people call it; unique among this user's labs.
    public var name: String
    /// What it runs on; of a lab that is to choose by itself, what it chose.
    public var engine: EngineKind
    /// At the moment of the question.
    public var phase: Phase
    /// Why the lab isn't as it should be: a reset that failed, an agent that doesn't answer; `nil` when all is well, or only
    /// a service is lost.
    public var problem: String?
    /// Those that a person knows as services, in the order of the Compose files.
    public var services: [ServiceStatus]
    /// All that the host reaches.
    public var ports: [ForwardedPort]
    /// Of everything in the lab, terminals included; not of the supervisor.
    public var memory: MemoryUse
    /// Bytes resident of the supervisor itself.
    public var supervisorMemory: UInt64
    /// Since the supervisor began.
    public var uptimeSeconds: Double
    /// From the request to the readiness of the last service; `nil` while the lab starts.
    public var startSeconds: Double?
    /// Absolute paths, in the order in which they were merged; empty for a workspace without services.
    public var composeFiles: [String]
    /// Names of those that have been opened, in their order as text.
    public var terminals: [String]
    /// The absolute directory of the scenario that the lab was made for; `nil` for a lab without a lesson.
    public var lesson: String?
    /// How the lab is seeded; `nil` when its Compose files don't say, or haven't been read yet.
    public var seeder: Seeder?

    /// Arguments as the properties of the same name.
    public init(
        name: String, engine: EngineKind, phase: Phase, problem: String?, services: [ServiceStatus],
        ports: [ForwardedPort], memory: MemoryUse,
        supervisorMemory: UInt64, uptimeSeconds: Double, startSeconds: Double?, composeFiles: [String],
        terminals: [String], lesson: String? = nil, seeder: Seeder? = nil
    ) {
        self.name = name
        self.engine = engine
        self.phase = phase
        self.problem = problem
        self.services = services
        self.ports = ports
        self.memory = memory
        self.supervisorMemory = supervisorMemory
        self.uptimeSeconds = uptimeSeconds
        self.startSeconds = startSeconds
        self.composeFiles = composeFiles
        self.terminals = terminals
        self.lesson = lesson
        self.seeder = seeder
    }
}

/// One service of a lab as `status` shows it.
public struct ServiceStatus: Hashable, Codable, Sendable {
    /// How far a service has come.
    public enum State: Hashable, Codable, Sendable {
        case waiting
        case starting
        case ready
        case died(ExitStatus)
        /// Did what others waited for, and ended.
        case completed
        /// A reset that failed stopped it.
        case stopped
    }

    /// Its key in the Compose files.
    public var name: String
    /// At the moment of the question.
    public var state: State
    /// Inside the sandbox.
    public var pid: Int32?
    /// Its name in the engine; `nil` where services aren't containers.
    public var container: String?
    /// From the start of the service to its readiness.
    public var readySeconds: Double?
    /// `nil` when the engine doesn't say, or nothing runs.
    public var memory: MemoryUse?

    /// Arguments as the properties of the same name.
    public init(
        name: String, state: State = .waiting, pid: Int32? = nil, readySeconds: Double? = nil, memory: MemoryUse? = nil
    ) {
        self.name = name
        self.state = state
        self.pid = pid
        self.readySeconds = readySeconds
        self.memory = memory
    }
}

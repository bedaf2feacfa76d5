public import Labs

/// A lab that someone wants to have.
public struct LabRequest: Codable, Hashable, Sendable {
    /// Letters, digits and hyphens; `nil` for a free name.
    public var name: String?
    /// Absolute paths, merged in this order; empty for a workspace without services.
    public var composeFiles: [String]
    /// What the lab is to run on; `.auto` leaves the choice to what suits the lesson and this host.
    public var engine: EngineChoice
    /// Seconds that a readiness condition without a limit of its own may take.
    public var startTimeout: Double
    /// The image of a workspace that no Compose file describes, for engines that run containers; `nil` for their own.
    public var workspaceImage: String?
    /// What the user passes to the lesson, for its Compose files; not kept.
    public var variables: [String: String]?
    /// The absolute directory of the scenario whose assets the lab has; `nil` for a lab without a lesson.
    public var lesson: String?
    /// What the lab may take of this host.
    public var limits: LabLimits
    /// Whether the lesson asks for the internet and the user agrees; it takes both.
    public var internet: InternetAccess

    /// A lab of processes without services or internet, under a free name, unless said otherwise; `startTimeout` in seconds.
    public init(
        name: String? = nil, composeFiles: [String] = [], engine: EngineChoice = .process, startTimeout: Double = 60,
        workspaceImage: String? = nil, lesson: String? = nil, variables: [String: String]? = nil,
        limits: LabLimits = LabLimits(), internet: InternetAccess = InternetAccess()
    ) {
        self.variables = variables
        self.limits = limits
        self.internet = internet
        self.workspaceImage = workspaceImage
        self.lesson = lesson
        self.name = name
        self.composeFiles = composeFiles
        self.engine = engine
        self.startTimeout = startTimeout
    }
}

/// What is known of a lab as long as its files are there, whether its supervisor lives or not.
package struct LabRecord: Codable, Sendable {
    package var request: LabRequest
    package var engine: EngineKind
    /// Who the lab is to its engine.
    package var identity: LabIdentity?
    /// Commands that filled the lab with data, in their order; a reset runs them again.
    package var seedings: [[String]] = []
    /// Whether the lab goes on without the client that made it; `nil` as `false`.
    package var isKept: Bool?

    package init(request: LabRequest, engine: EngineKind) {
        self.request = request
        self.engine = engine
    }
}

/// A lab of this user, running or left behind.
public struct LabSummary: Codable, Hashable, Sendable {
    /// At most 32 lower-case letters, digits and hyphens; no two labs of a user share one.
    public var name: String
    /// `false` when its supervisor is gone and only files are left.
    public var isRunning: Bool
    /// `nil` before the lab has one.
    public var engine: EngineKind?
    /// Absolute paths, in the order in which they are merged; empty also when the lab's record can't be read.
    public var composeFiles: [String]
    /// Of the supervisor; `nil` before it has said so.
    public var pid: Int32?

    package init(name: String, isRunning: Bool, engine: EngineKind?, composeFiles: [String], pid: Int32?) {
        self.name = name
        self.isRunning = isRunning
        self.engine = engine
        self.composeFiles = composeFiles
        self.pid = pid
    }
}

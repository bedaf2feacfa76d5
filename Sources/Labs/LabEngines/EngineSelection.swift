public import ComposeFiles
import Diagnostics
import DockerLabs
import FoundationEssentials
public import Labs
public import NIOCore
import ProcessLabs

/// Knows what a lab can run on.
public protocol EngineChoosing: Sendable {
    /// Decides what a lab runs on.
    ///
    /// - Throws: `LabError` when nothing here can run it.
    func decide(_ choice: EngineChoice, for project: ComposeProject?) async throws -> EngineDecision
    /// - Parameters:
    ///   - workspaceImage: What containers take for a workspace that no Compose file describes; `nil` for their own.
    ///   - limits: What the lab may take of this host.
    ///   - internet: For engines that can lead a lab to the internet.
    func engine(
        _ kind: EngineKind, workspaceImage: String?, limits: LabLimits, internet: InternetAccess
    ) -> any LabEngine
}

/// What a lab runs on, and why.
public struct EngineDecision: Sendable {
    /// Never a choice that is still open.
    public var kind: EngineKind
    /// Completes "… runs on …, since"; `nil` when nothing was to be decided.
    public var reason: String?

    /// Arguments as the properties of the same name.
    public init(kind: EngineKind, reason: String? = nil) {
        self.kind = kind
        self.reason = reason
    }
}

/// Makes the engine that a lab runs on; with ``EngineRemains`` and ``LabDoctor`` the only place that knows all of them.
public struct EngineSelection: EngineChoosing {
    private let directory: String
    private let stateDirectory: String
    private let identity: LabIdentity
    private let group: any EventLoopGroup
    private let environment = ProcessInfo.processInfo.environment

    /// - Parameters:
    ///   - directory: The lab's own on this host; it's there already.
    ///   - stateDirectory: Where all labs of this user are, and what they share.
    ///   - identity: Who the lab is to an engine that isn't this host alone.
    public init(directory: String, stateDirectory: String, identity: LabIdentity, group: any EventLoopGroup) {
        self.directory = directory
        self.stateDirectory = stateDirectory
        self.identity = identity
        self.group = group
    }

    /// `auto` takes processes wherever this host has all that the services need: they start in a fraction of the time,
    /// and nothing is pulled. Otherwise it takes containers.
    public func decide(_ choice: EngineChoice, for project: ComposeProject?) async throws -> EngineDecision {
        switch choice {
        case .process: return EngineDecision(kind: .process)
        case .docker: return EngineDecision(kind: .docker)
        case .auto:
            guard let obstacle = await processObstacle(project) else {
                return EngineDecision(kind: .process, reason: "this host has all that its services need")
            }
            return EngineDecision(kind: .docker, reason: obstacle)
        }
    }

    /// Nothing is made or looked for before the engine opens a lab.
    public func engine(
        _ kind: EngineKind, workspaceImage: String?, limits: LabLimits, internet: InternetAccess
    ) -> any LabEngine {
        switch kind {
        case .process:
            return ProcessEngine(
                name: identity.name, directory: directory, templates: "\(stateDirectory)/templates",
                installation: installation, limits: limits, group: group)
        case .docker:
            return DockerEngine(
                identity: identity, agentProgram: installation.programs[Installation.agentName] ?? "",
                workspaceImage: workspaceImage, limits: limits, internet: internet, environment: environment,
                group: group)
        }
    }

    private var installation: Installation { .find(beside: "/proc/self/exe", environment: environment) }

    /// Why the lab can't run as processes, or `nil`.
    private func processObstacle(_ project: ComposeProject?) async -> String? {
        let services = project?.services ?? []
        if let service = services.first(where: { $0.local?.command == nil }) {
            return "'\(service.name)' does not say how it runs without a container"
        }
        let doctor = HostDoctor(installation: installation, stateDirectory: stateDirectory)
        return await doctor.examine(for: project).first { $0.severity == .missing }?.problem
    }
}

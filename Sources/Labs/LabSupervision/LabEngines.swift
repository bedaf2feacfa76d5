import ComposeFiles
import DockerLabs
import FoundationEssentials
import Labs
import Lessons
import NIOCore
import ProcessLabs

/// Makes the engine that a lab runs on; the only place that knows all of them.
struct LabEngines {
    let directory: LabDirectory
    /// Who the lab is to an engine that isn't this host alone.
    let identity: LabIdentity
    let group: any EventLoopGroup
    private let environment = ProcessInfo.processInfo.environment

    init(directory: LabDirectory, identity: LabIdentity, group: any EventLoopGroup) {
        self.directory = directory
        self.identity = identity
        self.group = group
    }

    /// What `auto` decided, and why.
    struct Decision {
        var kind: EngineKind
        /// Completes "… runs on …, since"; `nil` when nothing was to be decided.
        var reason: String?
    }

    /// Decides what a lab runs on.
    ///
    /// `auto` takes processes wherever this host has all that the services need: they start in a fraction of the time,
    /// and nothing is pulled. Otherwise it takes containers.
    func decide(_ choice: EngineChoice, for project: ComposeProject?) async throws -> Decision {
        switch choice {
        case .process: return Decision(kind: .process)
        case .docker: return Decision(kind: .docker)
        case .auto:
            guard let obstacle = await processObstacle(project) else {
                return Decision(kind: .process, reason: "this host has all that its services need")
            }
            return Decision(kind: .docker, reason: obstacle)
        }
    }

    func engine(_ kind: EngineKind, for request: LabRequest) -> any LabEngine {
        switch kind {
        case .process:
            return ProcessEngine(
                name: directory.name, directory: directory.path, templates: StateDirectory.current.templates,
                installation: installation, limits: request.limits, group: group)
        case .docker:
            return DockerEngine(
                identity: identity, agentProgram: installation.programs["lectern-agent"] ?? "",
                workspaceImage: request.workspaceImage, environment: environment, group: group)
        }
    }

    private var installation: Installation { .find(beside: "/proc/self/exe", environment: environment) }

    /// Why the lab can't run as processes, or `nil`.
    private func processObstacle(_ project: ComposeProject?) async -> String? {
        let services = project?.services ?? []
        if let service = services.first(where: { $0.local?.command == nil }) {
            return "'\(service.name)' doesn't say how it runs without a container"
        }
        let doctor = HostDoctor(installation: installation, stateDirectory: StateDirectory.current.path)
        return await doctor.examine(services: services).first { $0.severity == .missing }?.problem
    }
}

import ComposeFiles
import FoundationEssentials
import Labs
import Lessons
import NIOCore
import ProcessLabs

/// Makes the engine that a lab runs on; the only place that knows all of them.
struct LabEngines {
    let directory: LabDirectory
    let group: any EventLoopGroup
    private let environment = ProcessInfo.processInfo.environment

    init(directory: LabDirectory, group: any EventLoopGroup) {
        self.directory = directory
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

    func engine(_ kind: EngineKind) throws -> any LabEngine {
        switch kind {
        case .process:
            return ProcessEngine(
                name: directory.name, directory: directory.path, templates: StateDirectory.current.templates,
                installation: installation, group: group)
        case .docker:
            throw LabError(
                code: .engineMissing, problem: "this build of Lectern has no engine for containers",
                remedy: "let the lab run as processes")
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

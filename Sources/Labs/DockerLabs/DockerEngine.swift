public import ComposeFiles
import Diagnostics
import DockerAPI
import FoundationEssentials
public import Labs
public import NIOCore

/// Runs a lab's services as containers of a Docker engine, or of one that speaks its language.
///
/// The network belongs to the containers that the Compose file says; everything that is made is labelled with the lab, so that
/// it's found again after a crash.
public struct DockerEngine: LabEngine {
    private let identity: LabIdentity
    private let agentProgram: String
    private let workspaceImage: String?
    private let limits: LabLimits
    private let internet: InternetAccess
    private let environment: [String: String]
    private let group: any EventLoopGroup

    /// - Parameters:
    ///   - agentProgram: A path of this host; the program runs in any container, without libraries.
    ///   - workspaceImage: What a workspace that the project doesn't describe is made of; one that is not available is a
    ///     warning, and the engine's own stands in. `nil` for the engine's own.
    ///   - limits: What each of the lab's containers may use at most.
    ///   - internet: What the lesson's index asks for, and whoever runs the lab allows.
    ///   - environment: `DOCKER_HOST` and the like say where the engine is.
    public init(
        identity: LabIdentity, agentProgram: String, workspaceImage: String? = nil, limits: LabLimits = LabLimits(),
        internet: InternetAccess = InternetAccess(), environment: [String: String], group: any EventLoopGroup
    ) {
        self.identity = identity
        self.agentProgram = agentProgram
        self.workspaceImage = workspaceImage
        self.limits = limits
        self.internet = internet
        self.environment = environment
        self.group = group
    }

    /// Connects to the engine, pulls what images are missing, and makes the lab's network and workspace.
    ///
    /// What was made is removed again when this throws, or when its task is cancelled.
    ///
    /// - Throws: `LabError`, also for a project that containers must not run.
    public func open(
        _ project: ComposeProject?, progress: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> any LabPod {
        if let project { try LessonPolicy.check(project) }
        let asksForInternet = internet.isAskedFor || project?.lab.asksForInternet == true
        if asksForInternet {
            progress(
                .warning(
                    internet.isAllowed
                        ? "the lab can reach the internet, and the services that this host and its network offer to others"
                        : "the lesson asks for internet access, which is only given with '--internet'"))
        }
        guard let agent = FileManager.default.contents(atPath: agentProgram) else {
            throw LabError(
                code: .missingPart, problem: "the program 'lectern-agent' is not beside 'lectern'", remedy: "make build"
            )
        }
        let client = try await DockerClient.connect(to: .find(environment: environment), on: group)
        let resources = DockerResources(client: client)
        // Not to be cancelled: what an engine has begun can't be taken back.
        let preparation = Task {
            async let information = client.information()
            // What killed supervisors left may still hold names.
            try await resources.removeOrphans()
            return try await (names: freeNames(client), abilities: EngineAbilities(information))
        }
        do {
            let supply = ImageSupply(client: client, progress: progress)
            let services = try await supply.services(of: project, workspace: WorkspaceImage(wanted: workspaceImage))
            let prepared = try await preparation.value
            func open(under names: LabNames) async throws -> DockerPod {
                let network = LabNetwork(for: services, allowsInternet: asksForInternet && internet.isAllowed)
                return try await opened(
                    DockerPod(
                        client: client, identity: identity, names: names, services: services, limits: limits,
                        abilities: prepared.abilities, network: network, agentProgram: [UInt8](agent), group: group),
                    progress: progress)
            }
            do {
                return try await open(under: prepared.names)
            } catch let error as DockerError where error.code == .nameTaken {
                // Another Lectern was faster.
                try await resources.remove(lab: identity.id)
                return try await open(under: uniqueNames)
            }
        } catch {
            _ = await preparation.result
            try? await resources.remove(lab: identity.id)
            await client.close()
            throw LabError(error)
        }
    }

    private func opened(_ pod: DockerPod, progress: @Sendable (LabEvent) -> Void) async throws -> DockerPod {
        do {
            try await pod.open()
        } catch {
            await pod.settle()
            throw error
        }
        for warning in pod.warnings { progress(.warning(warning)) }
        return pod
    }

    /// Names without an ugly number, unless a lab of the same name from another state directory has them.
    private func freeNames(_ client: DockerClient) async throws -> LabNames {
        let label = "\(LabLabels.name)=\(identity.name)"
        async let networks = client.networks(labels: [label])
        let containers = try await client.containers(labels: [label])
        let isFree = try await networks.isEmpty && containers.isEmpty
        return isFree ? LabNames(prefix: "lectern-\(identity.name)") : uniqueNames
    }

    private var uniqueNames: LabNames {
        LabNames(prefix: "lectern-\(identity.name)-\(identity.id.prefix(4))")
    }
}

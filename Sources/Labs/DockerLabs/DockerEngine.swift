public import ComposeFiles
import DockerAPI
import FoundationEssentials
public import Labs
import Lessons
public import NIOCore

/// Runs a lab's services as containers of a Docker engine, or of one that speaks its language.
///
/// The network belongs to the containers that the Compose file says; everything that is made is labelled with the lab, so that
/// it's found again after a crash.
public struct DockerEngine: LabEngine {
    private let identity: LabIdentity
    private let agentProgram: String
    private let workspaceImage: String?
    private let environment: [String: String]
    private let group: any EventLoopGroup

    /// - Parameters:
    ///   - agentProgram: A path of this host; the program runs in any container, without libraries.
    ///   - workspaceImage: What a workspace that the project doesn't describe is made of; one that can't be had is a
    ///     warning, and the engine's own stands in. `nil` for the engine's own.
    ///   - environment: `DOCKER_HOST` and the like say where the engine is.
    public init(
        identity: LabIdentity, agentProgram: String, workspaceImage: String? = nil, environment: [String: String],
        group: any EventLoopGroup
    ) {
        self.identity = identity
        self.agentProgram = agentProgram
        self.workspaceImage = workspaceImage
        self.environment = environment
        self.group = group
    }

    public func open(
        _ project: ComposeProject?, progress: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> any LabPod {
        if let project { try LessonPolicy.check(project) }
        guard let agent = FileManager.default.contents(atPath: agentProgram) else {
            throw LabError(
                code: .missingPart, problem: "the program 'lectern-agent' isn't beside 'lectern'", remedy: "make build")
        }
        let client = try await DockerClient.connect(to: .find(environment: environment), on: group)
        let remains = DockerRemains(client: client)
        // Not to be cancelled: what an engine has begun can't be taken back.
        let site = Task {
            // What killed supervisors left may still hold names and ports.
            try await remains.removeOrphans()
            return makeSite(named: try await freeNames(client), client)
        }
        do {
            let supply = ImageSupply(client: client, progress: progress)
            let services = try await supply.services(of: project, workspace: WorkspaceImage(wanted: workspaceImage))
            let site = try await site.value
            do {
                return try await open(services, on: site, agent, client, progress)
            } catch let error as DockerError where error.code == .nameTaken {
                // Another Lectern was faster.
                try await remains.remove(lab: identity.id)
                return try await open(services, on: makeSite(named: unmistakableNames, client), agent, client, progress)
            }
        } catch {
            _ = try? await site.value.network.value
            try? await remains.remove(lab: identity.id)
            await client.close()
            throw LabError(error)
        }
    }

    private func open(
        _ services: [Service], on site: Site, _ agent: Data, _ client: DockerClient,
        _ progress: @Sendable (LabEvent) -> Void
    ) async throws -> DockerPod {
        let pod = DockerPod(
            client: client, identity: identity, names: site.names, services: services, agentProgram: [UInt8](agent),
            network: site.network, group: group)
        do {
            try await pod.open()
        } catch {
            await pod.settle()
            throw error
        }
        for warning in pod.warnings { progress(.warning(warning)) }
        return pod
    }

    /// The lab's own network takes as long to make as a container: it's made while the images are looked for.
    private struct Site {
        let names: LabNames
        let network: Task<Void, any Error>
    }

    private func makeSite(named names: LabNames, _ client: DockerClient) -> Site {
        Site(
            names: names,
            network: Task { [identity] in
                _ = try await client.createNetwork(name: names.network, labels: identity.labels)
            })
    }

    /// Names without an ugly number, unless a lab of the same name from another state directory has them.
    private func freeNames(_ client: DockerClient) async throws -> LabNames {
        let namesakes = try await client.networks(labels: ["\(LabLabels.name)=\(identity.name)"])
        return namesakes.isEmpty ? LabNames(prefix: "lectern-\(identity.name)") : unmistakableNames
    }

    private var unmistakableNames: LabNames {
        LabNames(prefix: "lectern-\(identity.name)-\(identity.id.prefix(4))")
    }
}

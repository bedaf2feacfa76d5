import AgentProtocol
import ComposeFiles
import DockerAPI
import LabAgents
import Labs
import NIOCore
import Synchronization

/// One lab in its containers.
///
/// A container is made early, as soon as that whose network it joins is there, and started when the lab asks for it.
final class DockerPod: LabPod {
    let services: [Service]
    let client: DockerClient
    let identity: LabIdentity
    let names: LabNames
    private let agentProgram: [UInt8]
    /// The lab's own network; made beside the containers that are to join it.
    let network: Task<Void, any Error>
    private let group: any EventLoopGroup
    let state: Mutex<State>
    let endings: AsyncStream<LabError>
    let ending: AsyncStream<LabError>.Continuation

    struct State {
        /// Which container of a service is the present one, from 1.
        var numbers: [String: Int] = [:]
        var creations: [String: Task<ContainerID, any Error>] = [:]
        var starts: [String: Task<Void, any Error>] = [:]
        var workspace: Task<RunningWorkspace, any Error>?
        var ports: [String: [PortPlan]]
        var volumes = VolumeNumbers()
        var watch: Task<Void, Never>?
        var isClosed = false
    }

    init(
        client: DockerClient, identity: LabIdentity, names: LabNames, services: [Service], agentProgram: [UInt8],
        network: Task<Void, any Error>, group: any EventLoopGroup
    ) {
        self.client = client
        self.identity = identity
        self.names = names
        self.services = services
        self.network = network
        self.group = group
        self.agentProgram = agentProgram
        state = Mutex(
            State(ports: Dictionary(uniqueKeysWithValues: services.map { ($0.name, $0.ports.map(PortPlan.init)) })))
        (endings, ending) = AsyncStream.makeStream()
    }

    // MARK: Start

    /// Makes the containers, and starts those whose network others join.
    ///
    /// A port that turns out to be taken is left to the engine's choice.
    func open() async throws {
        state.withLock { $0.ports = $0.ports.mapValues(PortPlan.leavingTaken) }
        do {
            try await startOwners()
        } catch let error as DockerError where error.code == .portTaken {
            try await startAgain { PortPlan.leavingTaken(PortPlan.leaving(error.port, $0)) }
        }
        let watch = Task { [weak self] in await self?.watchEngine() ?? () }
        state.withLock { $0.watch = watch }
    }

    /// Makes all containers anew with other ports; at the second time, the engine chooses all of them: many labs may be
    /// starting at once.
    private func startAgain(_ change: @Sendable ([PortPlan]) -> [PortPlan]) async throws {
        let made = state.withLock { state in
            defer {
                state.creations = [:]
                state.starts = [:]
                state.workspace = nil
            }
            state.ports = state.ports.mapValues(change)
            return Array(state.creations.values)
        }
        // Their names are needed.
        for creation in made { if let id = try? await creation.value { try await client.remove(id, force: true) } }
        do {
            try await startOwners()
        } catch let error as DockerError where error.code == .portTaken && !isChoiceLeftToEngine {
            try await startAgain { PortPlan.leaving(nil, $0) }
        }
    }

    private var isChoiceLeftToEngine: Bool {
        state.withLock { $0.ports.values.joined().allSatisfy { $0.hostPort == nil } }
    }

    private func startOwners() async throws {
        // Owners first, so that what joins them needn't wait for long.
        for service in services where isOwner(service) { _ = creation(of: service) }
        for service in services { _ = creation(of: service) }
        // Goes on beside the services.
        _ = runningWorkspace()
        for owner in services where isOwner(owner) { try await starting(owner).value }
        try await network.value
    }

    func isShown(_ service: Service) -> Bool { !isOwner(service) && service.name != workspaceService.name }

    func conditions(of service: Service) throws -> [ReadinessCondition] {
        isShown(service) ? try service.containerConditions() : []
    }

    func start(_ service: Service) async throws -> any LabService {
        if service.name == workspaceService.name {
            _ = try await runningWorkspace().value
        } else {
            try await starting(service).value
        }
        return DockerService(
            service: service, container: try await creation(of: service).value, pod: self,
            sharesNetworkWithWorkspace: sharesNetworkWithWorkspace(service))
    }

    func creation(of service: Service) -> Task<ContainerID, any Error> {
        state.withLock { state in
            if let creation = state.creations[service.name] { return creation }
            if state.isClosed { return Task { throw CancellationError() } }
            let number = state.numbers[service.name] ?? 1
            state.numbers[service.name] = number
            let plan = ContainerPlan(
                identity: identity, names: names, service: service, number: number, volumes: state.volumes,
                ownsNetwork: isOwner(service), isWorkspace: service.name == workspaceService.name)
            let ports = state.ports[service.name] ?? []
            // Awaited by whoever starts the container; when the lab is closed, what it makes is found by label.
            let creation = Task { [client, names] in
                let network = try await self.network(of: service)
                return try await client.createContainer(
                    name: names.container(service.name, number), plan.configuration(network: network, ports: ports))
            }
            state.creations[service.name] = creation
            return creation
        }
    }

    private func starting(_ service: Service) -> Task<Void, any Error> {
        state.withLock { state in
            if let start = state.starts[service.name] { return start }
            let start = Task { [client] in
                let id = try await self.creation(of: service).value
                if let owner = self.owner(of: service) { try await self.starting(owner).value }
                try await self.network.value
                try await client.start(id)
                try await self.notePorts(of: service, id)
            }
            state.starts[service.name] = start
            state.volumes.use(service)
            return start
        }
    }

    // MARK: Workspace

    var workspaceService: Service {
        services.first { $0.local?.hasTerminals == true } ?? services[services.count - 1]
    }

    var agent: LabAgent { get async throws { try await runningWorkspace().value.agent } }
    var workspace: Workspace { get async throws { try await runningWorkspace().value.workspace } }

    func runningWorkspace() -> Task<RunningWorkspace, any Error> {
        state.withLock { state in
            if let workspace = state.workspace { return workspace }
            let service = workspaceService
            let workspace = Task { [client, agentProgram, group] in
                let archive = RunningWorkspace.archive(of: agentProgram)
                let id = try await self.creation(of: service).value
                try await client.putArchive(archive, in: id, at: "/")
                try await self.starting(service).value
                let running = try await RunningWorkspace.start(in: id, client, on: group)
                self.watch(running)
                return running
            }
            state.workspace = workspace
            return workspace
        }
    }

    /// Ends the lab with the agent, unless a reset has replaced it.
    private func watch(_ running: RunningWorkspace) {
        // Ends with the agent, and at the latest with the lab.
        Task { [weak self] in
            await running.agent.waitUntilClosed()
            guard let self, let present = try? await state.withLock({ $0.workspace })?.value else { return }
            guard present.container == running.container, !state.withLock({ $0.isClosed }) else { return }
            await end(LabError(code: .labEnded, problem: "the agent in the lab's workspace ended"))
        }
    }
}

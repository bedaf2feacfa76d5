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
    let limits: LabLimits
    let abilities: EngineAbilities
    private let agentProgram: [UInt8]
    let networkKind: LabNetwork
    /// The lab's own bridge, if it has one; made beside the containers that are to join it.
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
        var volumes = VolumeNumbers()
        var watch: Task<Void, Never>?
        var isClosed = false
    }

    /// - Parameters:
    ///   - services: With the workspace.
    ///   - limits: What the lab may use.
    ///   - network: What its services reach.
    init(
        client: DockerClient, identity: LabIdentity, names: LabNames, services: [Service], limits: LabLimits,
        abilities: EngineAbilities, network: LabNetwork, agentProgram: [UInt8], group: any EventLoopGroup
    ) {
        self.client = client
        self.identity = identity
        self.names = names
        self.services = services
        self.limits = limits
        self.abilities = abilities
        self.agentProgram = agentProgram
        self.group = group
        networkKind = network
        self.network = Task {
            guard network.hasBridge else { return }
            _ = try await client.createNetwork(
                name: names.network, labels: identity.labels, isInternal: network == .inner, options: network.options)
        }
        state = Mutex(State())
        (endings, ending) = AsyncStream.makeStream()
    }

    // MARK: Start

    /// Makes the containers, and starts those whose network others join.
    func open() async throws {
        try await startOwners()
        let watch = Task { [weak self] in await self?.watchEngine() ?? () }
        state.withLock { $0.watch = watch }
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
            service: service, container: try await creation(of: service).value, pod: self)
    }

    func creation(of service: Service) -> Task<ContainerID, any Error> {
        state.withLock { state in
            if let creation = state.creations[service.name] { return creation }
            if state.isClosed { return Task { throw CancellationError() } }
            let number = state.numbers[service.name] ?? 1
            state.numbers[service.name] = number
            let plan = ContainerPlan(
                identity: identity, names: names, service: service, number: number, volumes: state.volumes,
                ownsNetwork: isOwner(service), isWorkspace: service.name == workspaceService.name,
                bounds: ContainerBounds(service.limits, within: limits, on: abilities))
            // Awaited by whoever starts the container; when the lab is closed, what it makes is found by label.
            let creation = Task {
                try await self.create(plan.configuration(in: try await self.networkPlace(of: service)), of: plan)
            }
            state.creations[service.name] = creation
            return creation
        }
    }

    /// Makes a container; without a bound on its own file system where the engine can't set one.
    private func create(_ container: ContainerConfiguration, of plan: ContainerPlan) async throws -> ContainerID {
        let name = names.container(plan.service.name, plan.number)
        do {
            return try await client.createContainer(name: name, container)
        } catch let error as DockerError
            where container.host.storageOptions != nil && error.message?.contains("storage-opt") == true
        {
            var container = container
            container.host.storageOptions = nil
            return try await client.createContainer(name: name, container)
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
                let running = try await RunningWorkspace.start(
                    service, in: id, client, on: group, starting: { try await self.starting(service).value })
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

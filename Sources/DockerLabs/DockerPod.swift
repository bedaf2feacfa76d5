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
    private let agentArchive: [UInt8]
    private let group: any EventLoopGroup
    private let state: Mutex<State>
    private let endings: AsyncStream<LabError>
    private let ending: AsyncStream<LabError>.Continuation

    private struct State {
        /// Which container of a service is the present one, from 1.
        var numbers: [String: Int] = [:]
        var creations: [String: Task<ContainerID, any Error>] = [:]
        var starts: [String: Task<Void, any Error>] = [:]
        var workspace: Task<RunningWorkspace, any Error>?
        /// The lab's own network; made beside the containers that are to join it.
        var network: Task<Void, any Error>?
        var ports: [String: [PortPlan]]
        var volumes = VolumeNumbers()
        var watch: Task<Void, Never>?
        var isClosed = false
    }

    init(
        client: DockerClient, identity: LabIdentity, names: LabNames, services: [Service], agentProgram: [UInt8],
        group: any EventLoopGroup
    ) {
        self.client = client
        self.identity = identity
        self.names = names
        self.services = services
        self.group = group
        agentArchive = RunningWorkspace.archive(of: agentProgram)
        state = Mutex(
            State(ports: Dictionary(uniqueKeysWithValues: services.map { ($0.name, $0.ports.map(PortPlan.init)) })))
        (endings, ending) = AsyncStream.makeStream()
    }

    // MARK: Start

    /// Makes the containers, and starts those whose network others join.
    ///
    /// A port that turns out to be taken is left to the engine's choice.
    func open() async throws {
        let network = Task { [client, identity, names] in
            _ = try await client.createNetwork(name: names.network, labels: identity.labels)
        }
        state.withLock { state in
            state.network = network
            state.ports = state.ports.mapValues(PortPlan.leavingTaken)
        }
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
        try await state.withLock { $0.network }?.value
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

    private func creation(of service: Service) -> Task<ContainerID, any Error> {
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
                try await self.state.withLock { $0.network }?.value
                try await client.start(id)
                try await self.notePorts(of: service, id)
            }
            state.starts[service.name] = start
            state.volumes.use(service)
            return start
        }
    }

    // MARK: Network

    private func isOwner(_ service: Service) -> Bool {
        services.contains { owner(of: $0)?.name == service.name }
    }

    /// The service whose network this one joins, however long the chain.
    private func owner(of service: Service) -> Service? {
        guard var name = service.joinedService else { return nil }
        // Bounded: a chain can be no longer than the list.
        for _ in services {
            guard let owner = services.first(where: { $0.name == name }) else { return nil }
            guard let next = owner.joinedService else { return owner }
            name = next
        }
        return nil
    }

    private func network(of service: Service) async throws -> String {
        if service.joinedService != nil {
            guard let owner = owner(of: service) else {
                throw LabError(
                    code: .badDefinition,
                    problem: "\(service.place): service '\(service.name)' joins a network that leads back to it",
                    remedy: "let it join the service that owns the network")
            }
            return "container:\(try await creation(of: owner).value.rawValue)"
        }
        return service.networkMode == NetworkMode.none ? "none" : names.network
    }

    private func sharesNetworkWithWorkspace(_ service: Service) -> Bool {
        (owner(of: service) ?? service).name == (owner(of: workspaceService) ?? workspaceService).name
    }

    private func notePorts(of service: Service, _ id: ContainerID) async throws {
        guard !service.ports.isEmpty else { return }
        let published = try await client.inspect(id).ports
        state.withLock { state in
            state.ports[service.name] = state.ports[service.name]?.map { plan in
                var plan = plan
                plan.hostPort = published[plan.inside]?.compactMap { Int($0.port) }.first ?? plan.hostPort
                return plan
            }
        }
    }

    var publishedPorts: [ForwardedPort]? {
        let ports = state.withLock { $0.ports }
        return services.flatMap { ports[$0.name] ?? [] }.compactMap { plan in
            guard plan.inside.transport == "tcp", let port = plan.hostPort else { return nil }
            return ForwardedPort(
                labPort: plan.inside.number, hostPort: port, wanted: plan.wanted == port ? nil : plan.wanted)
        }
    }

    var warnings: [String] {
        services.flatMap(\.unhonouredInContainers)
    }

    // MARK: Workspace

    private var workspaceService: Service {
        services.first { $0.local?.hasTerminals == true } ?? services[services.count - 1]
    }

    var agent: LabAgent { get async throws { try await runningWorkspace().value.agent } }
    var workspace: Workspace { get async throws { try await runningWorkspace().value.workspace } }

    private func runningWorkspace() -> Task<RunningWorkspace, any Error> {
        state.withLock { state in
            if let workspace = state.workspace { return workspace }
            let service = workspaceService
            let workspace = Task { [client, agentArchive, group] in
                let id = try await self.creation(of: service).value
                try await client.putArchive(agentArchive, in: id, at: "/")
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

    // MARK: What is asked of it

    func memory() async throws -> PodMemory {
        let containers = state.withLock { $0.creations }
        return try await withThrowingTaskGroup(of: (String, MemoryUse?).self) { group in
            for (name, creation) in containers {
                group.addTask { [client] in
                    let memory = try await client.memory(of: try await creation.value)
                    return (name, memory.map { MemoryUse(proportional: $0.used, resident: $0.used) })
                }
            }
            return try await group.reduce(into: PodMemory(total: MemoryUse(), services: [:])) { total, entry in
                guard let use = entry.1 else { return }
                total.services[entry.0] = use
                total.total.proportional += use.proportional
                total.total.resident += use.resident
            }
        }
    }

    func readLog(
        of service: String, follow: Bool, _ body: @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        guard let creation = state.withLock({ $0.creations[service] }) else { return }
        for try await chunk in try await client.logs(of: try await creation.value, follow: follow) {
            try await body(chunk.bytes)
        }
    }

    func containerName(of service: String) -> String? {
        state.withLock { $0.numbers[service] }.map { names.container(service, $0) }
    }

    // MARK: Reset

    /// Images don't change: there's nothing to note.
    func markPristine() async throws {}

    func stop(_ service: Service) async throws {
        try await discard(service)
    }

    func restoreData(of service: Service) async throws {
        renumberVolumes()
        // Made while others are still being put back.
        _ = try await creation(of: service).value
    }

    func restoreWorkspace() async throws {
        renumberVolumes()
        let service = workspaceService
        let old = state.withLock { state in
            defer { state.workspace = nil }
            return state.workspace
        }
        async let discarded: Void = discard(service)
        _ = try? await old?.value.agent.close()
        try await discarded
        _ = try await runningWorkspace().value
    }

    /// Ends a container at once, and lets the service's next one be another.
    private func discard(_ service: Service) async throws {
        let old = state.withLock { state in
            guard let creation = state.creations.removeValue(forKey: service.name) else {
                return nil as Task<ContainerID, any Error>?
            }
            state.starts[service.name] = nil
            state.numbers[service.name, default: 1] += 1
            state.volumes.release(service)
            return creation
        }
        guard let id = try? await old?.value else { return }
        do {
            try await client.kill(id)
            _ = try await client.wait(for: id)
        } catch let error as DockerError where [.notRunning, .noSuchContainer].contains(error.code) {}
        // Nothing waits for what is no longer used; the lab's end finds it by label, whatever becomes of this.
        Task { [client] in try await client.remove(id, force: true) }
    }

    /// Gives volumes that nobody uses any more new names, so that what starts next finds them empty.
    private func renumberVolumes() {
        let unused = state.withLock { state in
            state.volumes.release(workspaceService)
            return state.volumes.renumber().map { names.volume($0.key, $0.number) }
        }
        guard !unused.isEmpty else { return }
        // As above; their containers may still be on their way out.
        Task { [client] in
            for _ in 0..<20 {
                do {
                    for volume in unused { try await client.removeVolume(volume) }
                    return
                } catch let error as DockerError where error.code == .inUse {
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
        }
    }

    // MARK: End

    func waitUntilEnded() async -> LabError {
        for await error in endings { return error }
        return LabError(code: .labEnded, problem: "the lab was ended")
    }

    private func watchEngine() async {
        do {
            let label = "\(LabLabels.lab)=\(identity.id)"
            for try await event in try await client.events(labels: [label], types: ["container"], actions: ["die"]) {
                let name = event.actor.attributes?[LabLabels.service]
                guard let service = services.first(where: { $0.name == name }), isOwner(service) else { continue }
                await end(
                    LabError(
                        code: .labEnded, problem: "container '\(service.name)', which owns the lab's network, ended"))
            }
        } catch {
            if !Task.isCancelled { await end(LabError(error)) }
        }
    }

    /// The end of anything may be only a sign that the engine is gone.
    private func end(_ reason: LabError) async {
        do {
            _ = try await client.version()
            ending.yield(reason)
        } catch {
            ending.yield(LabError(error))
        }
    }

    /// Makes nothing more, and waits for what is being made: what an engine has begun can't be taken back.
    func settle() async {
        let (creations, network, watch) = state.withLock { state in
            state.isClosed = true
            return (Array(state.creations.values), state.network, state.watch)
        }
        watch?.cancel()
        ending.finish()
        for creation in creations { _ = await creation.result }
        _ = await network?.result
    }

    func close() async throws {
        await settle()
        do {
            try await DockerRemains(client: client).remove(lab: identity.id)
        } catch {
            let cause = LabError(error)
            throw LabError(
                code: cause.code, problem: "containers of lab '\(identity.name)' may be left: \(cause.problem)",
                remedy: "when the engine is back, 'lectern down \(identity.name)' or the next 'lectern up' removes them"
            )
        }
        await client.close()
    }
}

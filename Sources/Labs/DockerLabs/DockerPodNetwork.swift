import ComposeFiles
import DockerAPI
import Labs
import Synchronization

/// Who joins whose network, and where the host listens for them.
extension DockerPod {
    func isOwner(_ service: Service) -> Bool {
        services.contains { owner(of: $0)?.name == service.name }
    }

    /// The service whose network this one joins, however long the chain.
    func owner(of service: Service) -> Service? {
        guard var name = service.joinedService else { return nil }
        // Bounded: a chain can be no longer than the list.
        for _ in services {
            guard let owner = services.first(where: { $0.name == name }) else { return nil }
            guard let next = owner.joinedService else { return owner }
            name = next
        }
        return nil
    }

    func network(of service: Service) async throws -> String {
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

    func sharesNetworkWithWorkspace(_ service: Service) -> Bool {
        (owner(of: service) ?? service).name == (owner(of: workspaceService) ?? workspaceService).name
    }

    func notePorts(of service: Service, _ id: ContainerID) async throws {
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
}

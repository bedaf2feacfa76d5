import AgentProtocol
import ComposeFiles
import DockerAPI
import LabAgents
import Labs
import Synchronization

/// Who joins whose network, and how their ports are reached.
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

    func networkPlace(of service: Service) async throws -> NetworkPlace {
        if service.joinedService != nil {
            guard let owner = owner(of: service) else {
                throw LabError(
                    code: .badDefinition,
                    problem: "\(service.place): service '\(service.name)' joins a network that leads back to it",
                    remedy: "let it join the service that owns the network")
            }
            return .joined(try await creation(of: owner).value)
        }
        if service.networkMode == NetworkMode.none { return .none }
        guard networkKind.hasBridge else { return .loopback(names: [service.name]) }
        try await network.value
        return .bridge(names.network, networkKind)
    }

    /// The address of a service as its workspace sees it.
    ///
    /// - Throws: ``LabError`` when there is no way from one to the other.
    func address(of service: Service) async throws -> LabAddress {
        let owner = owner(of: service) ?? service
        if owner.name == (self.owner(of: workspaceService) ?? workspaceService).name { return .loopback }
        let state = try await client.inspect(try await creation(of: owner).value)
        guard let address = state.addresses.values.compactMap({ LabAddress($0) }).first else {
            throw LabError(
                code: .badDefinition,
                problem: "\(service.place): service '\(service.name)' has no network, and no port of it can be reached",
                remedy: "let it join the workspace's network")
        }
        return address
    }

    func connect(to service: Service, port: Int) async throws -> AgentStream {
        try await agent.connect(port: port, address: try await address(of: service))
    }

    var warnings: [String] {
        services.flatMap(\.unhonouredInContainers)
    }
}

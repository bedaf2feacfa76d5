import DockerAPI
import Labs
import Synchronization

/// What labs have in an engine, found by label.
struct DockerResources: Sendable {
    let client: DockerClient

    /// Removes everything of one lab; returns when it's gone.
    ///
    /// - Throws: `DockerError` when something couldn't be removed.
    func remove(lab id: String) async throws {
        let label = "\(LabLabels.lab)=\(id)"
        // What was being made while we looked turns up at the next look.
        for _ in 0..<10 {
            let containers = try await client.containers(labels: [label])
            try await removeContainers(containers)
            async let networks = client.networks(labels: [label])
            async let volumes = client.volumes(labels: [label])
            let (foundNetworks, foundVolumes) = try await (networks, volumes)
            if containers.isEmpty, foundNetworks.isEmpty, foundVolumes.isEmpty { return }
            try await withThrowingTaskGroup { group in
                for network in foundNetworks { group.addTask { try await client.removeNetwork(network.id) } }
                for volume in foundVolumes { group.addTask { try await client.removeVolume(volume.name, force: true) } }
                while let result = await group.nextResult() {
                    // A container that came late uses it: the next round gets both.
                    if case .failure(let error) = result, (error as? DockerError)?.code != .inUse { throw error }
                }
            }
        }
    }

    /// Containers first that share another's network: some engines insist.
    private func removeContainers(_ containers: [ContainerSummary]) async throws {
        let owners = containers.filter { $0.labels?[LabLabels.ownsNetwork] != nil }
        let others = containers.filter { $0.labels?[LabLabels.ownsNetwork] == nil }
        for batch in [others, owners] {
            try await withThrowingTaskGroup { group in
                for container in batch { group.addTask { try await client.remove(container.id, force: true) } }
                try await group.waitForAll()
            }
        }
    }

    /// A lab of which something is in the engine.
    struct Lab: Hashable {
        var id: String
        var name: String
        var checkout: String
        var owner: LabOwner?

        /// Its supervisor is known to be gone.
        var isOrphan: Bool { owner.map { !$0.mayLive } ?? false }
    }

    /// Every lab that anything in the engine is labelled with.
    func labs() async throws -> [Lab] {
        async let containers = client.containers(labels: [LabLabels.lab])
        async let networks = client.networks(labels: [LabLabels.lab])
        async let volumes = client.volumes(labels: [LabLabels.lab])
        let labels =
            try await containers.map(\.labels) + networks.map(\.labels) + volumes.map(\.labels)
        let labs = labels.compactMap(\.self).compactMap { labels -> Lab? in
            guard let id = labels[LabLabels.lab] else { return nil }
            return Lab(
                id: id, name: labels[LabLabels.name] ?? id, checkout: labels[LabLabels.checkout] ?? "",
                owner: labels[LabLabels.owner].flatMap { LabOwner($0) })
        }
        return Set(labs).sorted { $0.name < $1.name }
    }

    /// Removes what labs left whose supervisors were killed, of whatever checkout or user of this engine.
    func removeOrphans() async throws {
        for lab in try await labs() where lab.isOrphan { try await remove(lab: lab.id) }
    }
}

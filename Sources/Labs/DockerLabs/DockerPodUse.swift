import ComposeFiles
import DockerAPI
import Labs
import Synchronization

/// What is asked of a lab that is up.
extension DockerPod {
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
        // The agent keeps what the workspace's own program prints.
        guard service != workspaceService.name, let creation = state.withLock({ $0.creations[service] }) else { return }
        for try await chunk in try await client.logs(of: try await creation.value, follow: follow) {
            try await body(chunk.bytes)
        }
    }

    func containerName(of service: String) -> String? {
        state.withLock { $0.numbers[service] }.map { names.container(service, $0) }
    }
}

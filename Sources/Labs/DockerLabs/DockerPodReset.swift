import ComposeFiles
import DockerAPI
import LabAgents
import Labs
import Synchronization

/// Containers and volumes that take the place of others.
extension DockerPod {
    /// Images don't change: there's nothing to note.
    func captureBaseline() async throws {}

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
}

import Diagnostics
import FrameConnections
import HostFiles
import LabAgents
import LabControlProtocol
import Labs

/// What there is to say about a lab.
extension Supervision {
    func status() async -> LabStatus {
        // Without a memory there's still much to say: what hangs must not keep it.
        let memory = await within(.seconds(2)) { [pod] in try? await pod?.memory() } ?? nil
        var problem = resetProblem.map { "the last reset failed: \($0)" }
        if problem == nil { problem = await answerProblem(memory) }
        let phase: LabStatus.Phase =
            switch state {
            case .idle, .starting: .starting
            case .running: problem != nil || services.contains { $0.isLost } ? .degraded : .ready
            case .resetting: .resetting
            case .stopping, .stopped: .stopping
            }
        return LabStatus(
            name: directory.name, engine: record.engine, phase: phase, problem: problem,
            services: services.map { service in
                var service = service
                service.memory = memory?.services[service.name]
                return service
            },
            ports: forwarder?.ports ?? [], memory: memory?.total ?? MemoryUse(),
            supervisorMemory: residentMemory(),
            uptimeSeconds: (ContinuousClock.now - began).seconds, startSeconds: startSeconds,
            composeFiles: record.request.composeFiles, terminals: terminals.keys.sorted(),
            lesson: record.request.lesson, seeder: seeder)
    }

    /// What doesn't answer that should; `nil` when all do.
    private func answerProblem(_ memory: PodMemory?) async -> String? {
        guard case .running(let pod) = state, memory == nil else { return nil }
        let answer = await within(.seconds(1)) { (try? await pod.agent.ping()) != nil }
        return answer == nil ? AgentError.silent.problem : nil
    }

    func sendLog(of service: String, follow: Bool, in conversation: FrameConversation) async throws {
        guard services.contains(where: { $0.name == service }), let pod else {
            throw noSuchService(service)
        }
        try await LogStream(pod: pod, service: service, conversation: conversation) {
            await self.waitUntilStopped()
        }.send(follow: follow)
    }
}

private func residentMemory() -> UInt64 {
    let words = endOfFile("/proc/self/statm", limit: 256).split(separator: " ")
    return words.count > 1 ? (UInt64(words[1]) ?? 0) * 4096 : 0
}

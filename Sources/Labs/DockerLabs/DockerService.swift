import AgentProtocol
import ComposeFiles
import DockerAPI
import LabAgents
import Labs

/// One container of a lab that was started.
struct DockerService: LabService {
    let service: Service
    let container: ContainerID
    let pod: DockerPod

    var name: String { service.name }
    /// Of no use inside the workspace, where the container's processes can't be seen.
    var pid: Int32? { nil }
    var containerName: String? { pod.containerName(of: name) }

    private var client: DockerClient { pod.client }

    func state() async throws -> ContainerState { try await client.inspect(container) }

    func accepts(port: Int) async throws -> Bool {
        do {
            try await pod.connect(to: service, port: port).close()
            return true
        } catch let error as AgentError where error.code == .refused {
            return false
        }
    }

    func status(ofGetting url: LabURL) async throws -> Int? {
        try await pod.agent.pageStatus(port: url.port, path: url.path, address: try await pod.address(of: service))
    }

    func log(last bytes: Int) async throws -> String {
        var text = try await client.logTail(of: container, lines: max(1, bytes / 40), limit: bytes)
        if try await state().process.ranOutOfMemory {
            let memory = ContainerBounds(service.limits, within: pod.limits).memory
            text += "[killed by the kernel: out of memory, with a limit of \(memory >> 20) MiB]\n"
        }
        return text
    }

    func run(_ command: [String], timeout: Duration) async throws -> ExitStatus {
        let result = try await client.run(in: container, command: command, timeout: timeout)
        return .code(Int32(clamping: result.exitCode))
    }

    func terminate() async {
        // Its own grace period; the engine kills it after that.
        try? await client.stop(container)
    }

    func currentExit() async throws -> ExitStatus? {
        try await state().exitCode.map { .code(Int32(clamping: $0)) }
    }

    func exit() async -> ExitStatus? {
        guard let code = try? await client.wait(for: container) else { return nil }
        return .code(Int32(clamping: code))
    }
}

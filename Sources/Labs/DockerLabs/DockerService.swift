import AgentProtocol
import ComposeFiles
import DockerAPI
import LabAgents
import Labs
import NIOCore
import NIOPosix

/// One container of a lab that was started.
struct DockerService: LabService {
    let service: Service
    let container: ContainerID
    let pod: DockerPod
    /// The agent reaches its ports, since it's in the same network.
    let sharesNetworkWithWorkspace: Bool

    var name: String { service.name }
    /// Of no use inside the workspace, where the container's processes can't be seen.
    var pid: Int32? { nil }
    var containerName: String? { pod.containerName(of: name) }

    private var client: DockerClient { pod.client }

    func state() async throws -> ContainerState { try await client.inspect(container) }

    func accepts(port: Int) async throws -> Bool {
        if sharesNetworkWithWorkspace {
            do {
                try await pod.agent.connect(port: port).close()
                return true
            } catch let error as AgentError where error.code == .refused {
                return false
            }
        }
        // Another network of the lab: the engine's host is on it too.
        guard let address = try await state().addresses.values.first else { return false }
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(.seconds(1))
        guard let channel = try? await bootstrap.connect(host: address, port: port).get() else { return false }
        try? await channel.close()
        return true
    }

    func status(ofGetting url: LabURL) async throws -> Int? {
        guard sharesNetworkWithWorkspace else {
            throw LabError(
                code: .badDefinition,
                problem: "service '\(name)' has a network of its own, and no page of it can be asked",
                remedy: "give it a health check, or let it join the workspace's network")
        }
        return try await pod.agent.pageStatus(port: url.port, path: url.path)
    }

    func log(last bytes: Int) async throws -> String {
        var text = try await client.logTail(of: container, lines: max(1, bytes / 40), limit: bytes)
        if try await state().process.ranOutOfMemory {
            let limit = service.limits.memory.map { ", bounded to \($0 >> 20) MiB," } ?? ""
            text += "[the kernel ended it: its memory\(limit) was used up]\n"
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

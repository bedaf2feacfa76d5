import AgentProtocol
import DockerAPI
import LabAgents
import Labs
import NIOCore

/// The workspace's container with the agent in it.
struct RunningWorkspace: Sendable {
    let container: ContainerID
    let agent: LabAgent
    let workspace: Workspace

    /// Where Lectern's own files lie in the container.
    static let directory = "/.lectern"
    private static var program: String { "\(directory)/lectern-agent" }
    private static var shellFiles: String { "\(directory)/terminals" }

    /// The agent's program and its directory, to be unpacked at the root.
    static func archive(of program: [UInt8]) -> [UInt8] {
        var archive = TarWriter()
        archive.addDirectory(String(directory.dropFirst()))
        archive.addFile(String(Self.program.dropFirst()), program, mode: 0o755)
        // Whoever the container's user is.
        archive.addDirectory(String(shellFiles.dropFirst()), mode: 0o1777)
        return archive.finished()
    }

    /// Starts the agent in a container that runs.
    static func start(
        in container: ContainerID, _ client: DockerClient, on group: any EventLoopGroup
    ) async throws -> RunningWorkspace {
        let stream = try await client.openExec(in: container, command: [program])
        let agent: LabAgent
        do {
            agent = try await LabAgent(adopting: stream.descriptor, on: group)
        } catch let error as AgentError {
            let words = stream.errorOutput.split(separator: "\n").last.map { ": \($0)" } ?? ""
            throw LabError(
                code: .notReady, problem: "the agent doesn't start in the workspace: \(error.problem)\(words)",
                remedy: "see that the workspace's image is one for this machine's processor")
        }
        return RunningWorkspace(
            container: container, agent: agent, workspace: try await workspace(of: container, agent, client))
    }

    /// Takes environment and directory from the container's first process, as `docker exec` would.
    private static func workspace(
        of container: ContainerID, _ agent: LabAgent, _ client: DockerClient
    ) async throws -> Workspace {
        let look = ProcessSpec(
            arguments: ["/bin/sh", "-c", "readlink /proc/1/cwd && cat /proc/1/environ"], environment: [], directory: "/"
        )
        let result = try await agent.run(look, outputLimit: 512 * 1024, timeout: .seconds(10))
        let lines = result.output.head + result.output.tail
        guard result.status.isSuccess, let end = lines.firstIndex(of: UInt8(ascii: "\n")) else {
            let environment = try await client.inspect(container).configuration.environment ?? []
            return Workspace(environment: environment + ["HOME=/"], directory: "/", ownFiles: shellFiles)
        }
        let entries = lines[(end + 1)...].split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return Workspace(
            environment: entries, directory: String(decoding: lines[..<end], as: UTF8.self), ownFiles: shellFiles)
    }
}

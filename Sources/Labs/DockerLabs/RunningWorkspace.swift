import AgentProtocol
import ComposeFiles
import DockerAPI
import Glibc
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
    static var program: String { "\(directory)/lectern-agent" }
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

    /// How long the agent may take to say that it's there; it takes milliseconds.
    private static let patience = Duration.seconds(30)

    /// Starts a container with the agent as its first process, which nothing in the container can end, and then what the
    /// service itself runs.
    ///
    /// - Parameter starting: Starts the container.
    static func start(
        _ service: Service, in container: ContainerID, _ client: DockerClient, on group: any EventLoopGroup,
        starting: @Sendable () async throws -> Void
    ) async throws -> RunningWorkspace {
        // Attached first, so that the greeting isn't missed.
        let stream = try await client.attach(to: container)
        let agent: LabAgent
        do {
            try await starting()
        } catch {
            close(stream.descriptor)
            throw error
        }
        do {
            agent = try await greeted(by: stream, on: group)
        } catch let error as AgentError {
            let words = stream.errorOutput.split(separator: "\n").last.map { ": \($0)" } ?? ""
            throw LabError(
                code: .notReady, problem: "the agent did not start in the workspace: \(error.problem)\(words)",
                remedy: "use an image for this machine's processor architecture")
        }
        let workspace = try await workspace(of: container, agent, client)
        let program = try await program(of: service, client)
        if !program.isEmpty {
            // Ends with the program, and at the latest with the container; how is nobody's business, as under an init.
            Task { _ = try? await agent.run(workspace.process(program), outputLimit: 4096) }
        }
        return RunningWorkspace(container: container, agent: agent, workspace: workspace)
    }

    private static func greeted(by stream: DuplexStream, on group: any EventLoopGroup) async throws -> LabAgent {
        try await withThrowingTaskGroup(of: LabAgent?.self) { tasks in
            defer { tasks.cancelAll() }
            tasks.addTask { try await LabAgent(adopting: stream.descriptor, on: group) }
            tasks.addTask {
                try await Task.sleep(for: patience)
                return nil
            }
            guard let agent = try await tasks.next() ?? nil else { throw AgentError.gone }
            return agent
        }
    }

    /// What the service runs: its own entry point and command, or else those of its image, as an engine puts them together.
    private static func program(of service: Service, _ client: DockerClient) async throws -> [String] {
        if let entrypoint = service.entrypoint { return entrypoint + (service.command ?? []) }
        let image = try await service.image.flatMapAsync { try await client.image($0)?.configuration }
        return (image?.entrypoint ?? []) + (service.command ?? image?.command ?? [])
    }

    /// Environment and directory of the container, as `docker exec` would have them.
    ///
    /// The agent's own aren't looked at: nobody inside may look at the agent.
    private static func workspace(
        of container: ContainerID, _ agent: LabAgent, _ client: DockerClient
    ) async throws -> Workspace {
        let configuration = try await client.inspect(container).configuration
        var environment = configuration.environment ?? []
        func isSet(_ name: String) -> Bool { environment.contains { $0.hasPrefix("\(name)=") } }
        if !isSet("PATH") { environment.append("PATH=\(usualPath)") }
        let directory = configuration.workingDirectory.flatMap { $0.isEmpty ? nil : $0 } ?? "/"
        if !isSet("HOME") { environment.append("HOME=\(await home(agent, environment))") }
        return Workspace(environment: environment, directory: directory, ownFiles: shellFiles)
    }

    /// What engines give a container whose image says nothing.
    private static let usualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// The home directory of whoever the agent is, as the container's own list of users has it.
    private static func home(_ agent: LabAgent, _ environment: [String]) async -> String {
        let look = ProcessSpec(
            arguments: ["/bin/sh", "-c", "id -u && cat /etc/passwd"], environment: environment, directory: "/")
        guard let result = try? await agent.run(look, outputLimit: 512 * 1024, timeout: .seconds(10)) else {
            return "/"
        }
        let lines = String(decoding: result.output.head + result.output.tail, as: UTF8.self).split(separator: "\n")
        guard let user = lines.first else { return "/" }
        for line in lines.dropFirst() {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            if fields.count > 5, fields[2] == user, fields[5].hasPrefix("/") { return String(fields[5]) }
        }
        return "/"
    }
}

extension Optional {
    fileprivate func flatMapAsync<Value>(_ body: (Wrapped) async throws -> Value?) async rethrows -> Value? {
        if let self { try await body(self) } else { nil }
    }
}

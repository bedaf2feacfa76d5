import AgentProtocol
import ComposeFiles
import LabAgents
import Labs
import Synchronization

/// One lab in its sandbox.
final class ProcessPod: LabPod {
    let agent: LabAgent
    private let process: SandboxProcess
    private let directory: String
    private let installation: Installation
    private let workspace: Service?
    /// Service names by channel, for the memory of each.
    private let channels = Mutex<[UInt32: String]>([:])

    init(
        agent: LabAgent, process: SandboxProcess, directory: String, installation: Installation, workspace: Service?
    ) {
        self.agent = agent
        self.process = process
        self.directory = directory
        self.installation = installation
        self.workspace = workspace
    }

    func start(_ service: Service) async throws -> any LabService {
        let command = service.local?.command ?? []
        let spec = ProcessSpec(
            arguments: command, environment: installation.environment(service.localEnvironment),
            directory: service.local?.directory ?? SandboxPaths.home)
        guard !command.isEmpty else {
            return ProcessService(name: service.name, spec: spec, process: nil, agent: agent, logFile: "")
        }
        let process: AgentProcess
        do {
            process = try await agent.start(spec, logFile: "\(SandboxPaths.logs)/\(service.name).log")
        } catch let error as AgentError {
            throw LabError(
                code: .serviceDied, problem: "service '\(service.name)': \(error.problem)", remedy: error.remedy)
        }
        channels.withLock { $0[process.channel] = service.name }
        return ProcessService(
            name: service.name, spec: spec, process: process, agent: agent, logFile: logFile(of: service.name))
    }

    func workspaceProcess(_ arguments: [String]) -> ProcessSpec {
        ProcessSpec(
            arguments: arguments, environment: installation.environment(workspace?.localEnvironment ?? [:]),
            directory: workspace?.local?.directory ?? SandboxPaths.home)
    }

    func memory() async throws -> PodMemory {
        let names = channels.withLock { $0 }
        var memory = PodMemory(total: MemoryUse(), services: [:])
        for usage in try await agent.usage() {
            let use = MemoryUse(proportional: usage.proportionalBytes, resident: usage.residentBytes)
            memory.total.proportional += use.proportional
            memory.total.resident += use.resident
            if let name = names[usage.channel] { memory.services[name] = use }
        }
        return memory
    }

    func logFile(of service: String) -> String {
        "\(directory)/logs/\(service).log"
    }

    func waitUntilEnded() async -> String {
        let status = await process.exit()
        return "the sandbox ended with \(status)"
    }

    func close() async {
        // The agent ends at once, and with it the sandbox; killed first, bwrap would leave a child for init to reap.
        agent.close()
        let last = Task { [process] in
            try await Task.sleep(for: .milliseconds(500))
            process.kill()
        }
        _ = await process.exit()
        last.cancel()
    }
}

struct ProcessService: LabService {
    let name: String
    fileprivate let spec: ProcessSpec
    fileprivate let process: AgentProcess?
    fileprivate let agent: LabAgent
    fileprivate let logFile: String

    var pid: Int32? { process?.pid }

    func accepts(port: Int) async throws -> Bool {
        do {
            try await agent.connect(port: port).close()
            return true
        } catch let error as AgentError where error.code == .refused {
            return false
        }
    }

    func status(ofGetting url: LabURL) async throws -> Int? {
        try await agent.pageStatus(port: url.port, path: url.path)
    }

    func log(last bytes: Int) async throws -> String {
        endOfFile(logFile, limit: bytes)
    }

    func run(_ command: [String], timeout: Duration) async throws -> ExitStatus {
        let spec = ProcessSpec(arguments: command, environment: spec.environment, directory: spec.directory)
        return try await agent.run(spec, timeout: timeout).status
    }

    func exit() async -> ExitStatus? {
        await process?.exit()
    }
}

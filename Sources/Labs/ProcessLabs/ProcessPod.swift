import AgentProtocol
import ComposeFiles
import Glibc
import HostFiles
import LabAgents
import Labs
import Synchronization

/// One lab in its sandbox.
final class ProcessPod: LabPod {
    let agent: LabAgent
    private let process: SandboxProcess
    private let directory: String
    private let installation: Installation
    private let templates: DataTemplates
    private let workspaceService: Service?
    let services: [Service]
    /// What runs, or ran last, by service.
    private let processes = Mutex<[String: AgentProcess]>([:])

    init(
        agent: LabAgent, process: SandboxProcess, directory: String, installation: Installation,
        templates: DataTemplates, services: [Service]
    ) {
        self.agent = agent
        self.process = process
        self.directory = directory
        self.installation = installation
        self.templates = templates
        self.services = services
        workspaceService = services.first { $0.local?.hasTerminals == true }
    }

    var publishedPorts: [ForwardedPort]? { nil }

    func isShown(_ service: Service) -> Bool { service.local?.command?.isEmpty == false }

    func conditions(of service: Service) throws -> [ReadinessCondition] {
        try service.local?.ready.map { try $0.condition() } ?? []
    }

    func start(_ service: Service) async throws -> any LabService {
        let command = service.local?.command ?? []
        let spec = ProcessSpec(
            arguments: command, environment: installation.environment(service.localEnvironment),
            directory: service.local?.directory ?? SandboxPaths.home, place: .services)
        guard !command.isEmpty else {
            return ProcessService(name: service.name, spec: spec, process: nil, agent: agent, log: nil)
        }
        // What an earlier start printed says nothing about this one.
        let log = LogFile(path: logFile(of: service.name))
        let process: AgentProcess
        do {
            process = try await agent.start(spec, logFile: "\(SandboxPaths.logs)/\(service.name).log")
        } catch let error as AgentError {
            throw LabError(
                code: .serviceDied, problem: "service '\(service.name)': \(error.problem)", remedy: error.remedy)
        }
        processes.withLock { $0[service.name] = process }
        return ProcessService(name: service.name, spec: spec, process: process, agent: agent, log: log)
    }

    var workspace: Workspace {
        Workspace(
            environment: installation.environment(workspaceService?.localEnvironment ?? [:]),
            directory: workspaceService?.local?.directory ?? SandboxPaths.home, ownFiles: SandboxPaths.ownFiles)
    }

    func memory() async throws -> PodMemory {
        let names = processes.withLock { processes in
            Dictionary(uniqueKeysWithValues: processes.map { ($1.channel, $0) })
        }
        var memory = PodMemory(total: MemoryUse(), services: [:])
        for usage in try await agent.usage() {
            let use = MemoryUse(proportional: usage.proportionalBytes, resident: usage.residentBytes)
            memory.total.proportional += use.proportional
            memory.total.resident += use.resident
            if let name = names[usage.channel] { memory.services[name] = use }
        }
        return memory
    }

    private func logFile(of service: String) -> String {
        "\(directory)/logs/\(service).log"
    }

    func readLog(
        of service: String, follow: Bool, _ body: @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        try await readFile(logFile(of: service), follow: follow, body)
    }

    // MARK: Reset

    /// Where a lesson may leave files that aren't mounted from anywhere.
    private var temporaryFolders: [String] {
        ["/tmp", "/var/tmp", "/run", "/dev/shm"]
            + (workspaceService?.mounts.filter { if case .temporary = $0.source { true } else { false } }.map(\.target)
                ?? [])
    }

    func markPristine() async throws {
        // Services keep sockets and the like there, those too that a reset doesn't start again.
        try await agent.remember(temporaryFolders)
    }

    func stop(_ service: Service) async throws {
        guard let process = processes.withLock({ $0.removeValue(forKey: service.name) }) else { return }
        process.send(signal: SIGKILL)
        guard await process.exit() != nil else { throw AgentError.gone }
    }

    func restoreData(of service: Service) async throws {
        guard let template = service.local?.template else { return }
        let path = "\(directory)/data/\(service.name)"
        emptyDirectory(path)
        try await templates.copy(template, of: service, to: path) { _ in }
    }

    func restoreWorkspace() async throws {
        try await agent.tidy()
    }

    // MARK: End

    func waitUntilEnded() async -> LabError {
        // Whichever goes first takes the other along, and bwrap passes on how its program ended.
        await agent.waitUntilClosed()
        let log = endOfFile("\(directory)/logs/sandbox.log", limit: 4096)
        guard let status = await within(.seconds(1), process.exit) else {
            return LabError(code: .labEnded, problem: "the lab's agent closed its connection", logTail: log)
        }
        let what: String
        switch status {
        case .signal(let signal): what = "the lab's sandbox was ended by signal \(signal)"
        case .code(let code) where code > 128: what = "the lab's agent was ended by signal \(code - 128)"
        case .code(let code): what = "the lab's agent ended with exit status \(code)"
        }
        return LabError(
            code: .labEnded, problem: what, remedy: "everything in the lab ended with it: start the lab again",
            logTail: log)
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
    fileprivate let log: LogFile?

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
        log?.end(limit: bytes) ?? ""
    }

    func run(_ command: [String], timeout: Duration) async throws -> ExitStatus {
        let spec = ProcessSpec(
            arguments: command, environment: spec.environment, directory: spec.directory, place: spec.place)
        return try await agent.run(spec, timeout: timeout).status
    }

    func terminate() async {
        process?.send(signal: SIGTERM)
    }

    func exit() async -> ExitStatus? {
        await process?.exit()
    }

    func currentExit() async throws -> ExitStatus? {
        guard let process else { return nil }
        try await agent.ping()
        return process.knownExit
    }
}

/// What a process prints to a log that others may have written to before.
private struct LogFile {
    let path: String
    /// Bytes that were there before.
    private let start: Int

    init(path: String) {
        self.path = path
        start = sizeOfFile(path)
    }

    func end(limit: Int) -> String {
        endOfFile(path, limit: min(limit, max(0, sizeOfFile(path) - start)))
    }
}

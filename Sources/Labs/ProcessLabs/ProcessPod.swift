import AgentProtocol
import ComposeFiles
import Diagnostics
import Glibc
import HostFiles
import LabAgents
import Labs
import Synchronization

/// One lab in its sandbox.
final class ProcessPod: LabPod {
    let agent: LabAgent
    private let process: SandboxProcess
    private let output: SandboxOutput
    /// A directory of the host that the lab doesn't see.
    private let logs: String
    private let installation: Installation
    /// By service.
    private let volumes: [String: [SandboxVolume]]
    private let limits: LabLimits
    private let workspaceService: Service?
    let services: [Service]
    /// What runs, or ran last, by service.
    private let processes = Mutex<[String: AgentProcess]>([:])
    /// What they have printed, by service.
    private let logsOfServices = Mutex<[String: BoundedLog]>([:])

    init(
        _ sandboxed: SandboxedAgent, logs: String, installation: Installation, volumes: [String: [SandboxVolume]],
        limits: LabLimits, services: [Service]
    ) {
        agent = sandboxed.agent
        process = sandboxed.process
        output = sandboxed.output
        self.logs = logs
        self.installation = installation
        self.volumes = volumes
        self.limits = limits
        self.services = services
        workspaceService = services.first { $0.local?.hasTerminals == true }
    }

    func isShown(_ service: Service) -> Bool { service.local?.command?.isEmpty == false }

    func conditions(of service: Service) throws -> [ReadinessCondition] {
        try service.local?.ready.map { try $0.condition() } ?? []
    }

    func start(_ service: Service) async throws -> any LabService {
        let command = service.local?.command ?? []
        let spec = ProcessSpec(
            arguments: command, environment: installation.environment(service.processEnvironment),
            directory: service.local?.directory ?? SandboxPaths.home, place: .services)
        guard !command.isEmpty else {
            return ProcessService(name: service.name, spec: spec, process: nil, agent: agent, log: nil)
        }
        let output = try log(of: service.name)
        // What an earlier start printed says nothing about this one.
        let log = ServiceLog(continuing: output)
        let process: AgentProcess
        do {
            process = try await agent.start(spec, output: output.append)
        } catch let error as AgentError where error.code != .gone {
            throw LabError(
                code: .serviceDied, problem: "service '\(service.name)': \(error.problem)", remedy: error.remedy)
        }
        processes.withLock { $0[service.name] = process }
        return ProcessService(name: service.name, spec: spec, process: process, agent: agent, log: log)
    }

    /// All services share one loopback address.
    func connect(to service: Service, port: Int) async throws -> AgentStream {
        try await agent.connect(port: port)
    }

    var workspace: Workspace {
        Workspace(
            environment: installation.environment(workspaceService?.processEnvironment ?? [:]),
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

    private func log(of service: String) throws -> BoundedLog {
        try logsOfServices.withLock { logs in
            if let log = logs[service] { return log }
            let log = try BoundedLog(path: "\(self.logs)/\(service).log")
            logs[service] = log
            return log
        }
    }

    func readLog(
        of service: String, follow: Bool, _ body: @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        try await log(of: service).read(follow: follow, body)
    }

    // MARK: Reset

    /// Where a lesson may leave files that aren't mounted from anywhere.
    private var temporaryFolders: [String] {
        ["/tmp", "/var/tmp", "/run", "/dev/shm"]
            + (workspaceService?.mounts.filter { if case .temporary = $0.source { true } else { false } }.map(\.target)
                ?? [])
    }

    func captureBaseline() async throws {
        // Services keep sockets and the like there, those too that a reset doesn't start again.
        try await agent.snapshot(temporaryFolders)
    }

    func stop(_ service: Service) async throws {
        guard let process = processes.withLock({ $0.removeValue(forKey: service.name) }) else { return }
        process.send(signal: SIGKILL)
        guard await process.exit() != nil else { throw AgentError.gone }
    }

    func restoreData(of service: Service) async throws {
        if let template = service.local?.template {
            try await refill(template.into, of: service.name, from: SandboxPaths.template(of: service.name))
        }
        for volume in volumes[service.name] ?? [] where !isShared(volume, by: service) {
            try await refill(volume.target, of: service.name, from: nil)
        }
    }

    /// Fills the data directories before the services' first start.
    func fillDataDirectories() async throws {
        try await withThrowingTaskGroup { group in
            for service in services {
                guard let template = service.local?.template else { continue }
                group.addTask {
                    try await self.refill(
                        template.into, of: service.name, from: SandboxPaths.template(of: service.name))
                }
            }
            try await group.waitForAll()
        }
    }

    /// Whether a volume also belongs to a service that goes on, or to the workspace, whose files are put back by name.
    private func isShared(_ volume: SandboxVolume, by service: Service) -> Bool {
        services.contains { other in
            other.name != service.name && volumes[other.name]?.contains { $0.isSame(as: volume) } == true
                && (other.local?.onReset == .keep || other.local?.hasTerminals == true)
        }
    }

    /// Empties a directory of the lab, and copies a template into it.
    ///
    /// The lab does it by itself: what may still run there and change names meanwhile harms nothing but the lab.
    private func refill(_ target: String, of service: String, from template: String?) async throws {
        let script = """
            chmod -R u+rwX "$1" 2>/dev/null
            find "$1" -mindepth 1 -delete && { [ -z "$2" ] || cp -a --remove-destination --reflink=auto --sparse=auto "$2/." "$1"; }
            """
        let result = try await agent.run(
            ProcessSpec(
                arguments: ["/bin/sh", "-c", script, "sh", target, template ?? ""],
                environment: ["PATH=/usr/bin:/bin", "LC_ALL=C"], directory: "/", place: .services),
            outputLimit: 4096, timeout: .seconds(120))
        guard result.status.isSuccess else {
            throw LabError(
                code: .system, problem: "the data directory '\(target)' of '\(service)' cannot be filled",
                remedy: "check free disk space", logTail: result.text)
        }
    }

    func restoreWorkspace() async throws {
        try await agent.cleanUp()
    }

    // MARK: End

    func waitUntilEnded() async -> LabError {
        // Whichever goes first takes the other along, and bwrap passes on how its program ended.
        await agent.waitUntilClosed()
        guard let status = await within(.seconds(1), process.exit) else {
            return LabError(code: .labEnded, problem: "the lab's agent closed its connection")
        }
        if status == .code(SandboxLimits.diskIsFull) {
            return LabError(
                code: .labEnded, problem: "the lab has written more than its \(ByteSize.text(limits.disk)) of files",
                remedy: "see what fills them, or let the lab have more disk")
        }
        if await process.memoryKills() > 0 {
            return LabError(
                code: .labEnded, problem: "the lab has used up its \(ByteSize.text(limits.memory)) of memory",
                remedy: "see what takes it, or let the lab have more memory")
        }
        return LabError(
            code: .labEnded, problem: SandboxedAgent.ending(status),
            remedy: "everything in the lab ended with it: start the lab again",
            logTail: await within(.seconds(1), output.end) ?? "")
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

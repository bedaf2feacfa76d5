import AgentProtocol
import Glibc
import HostFiles
import LabAgents
import Labs

/// One service of a lab of processes.
struct ProcessService: LabService {
    let name: String
    let spec: ProcessSpec
    let process: AgentProcess?
    let agent: LabAgent
    /// What the service prints from its start on; `nil` when nothing runs.
    let log: ServiceLog?

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
        log?.tail(limit: bytes) ?? ""
    }

    func run(_ command: [String], timeout: Duration) async throws -> ExitStatus {
        let spec = ProcessSpec(
            arguments: command, environment: spec.environment, directory: spec.directory, place: spec.place)
        return try await agent.run(spec, timeout: timeout).status
    }

    func terminate() async {
        process?.send(signal: SIGTERM)
    }

    func currentExit() async throws -> ExitStatus? {
        guard let process else { return nil }
        try await agent.ping()
        return process.knownExit
    }

    func exit() async -> ExitStatus? {
        await process?.exit()
    }
}

/// What one start of a service has printed, in a log that earlier ones may have written to.
struct ServiceLog {
    private let log: BoundedLog
    private let start: Int

    init(continuing log: BoundedLog) {
        self.log = log
        start = log.end
    }

    func tail(limit: Int) -> String { log.tail(from: start, limit: limit) }
}

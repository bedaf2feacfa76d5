import AgentProtocol
import ComposeFiles
import Labs
import Synchronization

/// A host whose services end when a test says so; those of them that are said to be ready have "up" in their logs.
final class ScriptedHost: ServiceHost {
    private let services = Mutex<[String: ScriptedService]>([:])
    private let reactions = Mutex<[String: @Sendable () -> Void]>([:])
    private let ready: Set<String>

    init(ready: Set<String>) { self.ready = ready }

    /// - Parameter reaction: Called once the service of this name is started.
    func whenStarted(_ name: String, _ reaction: @escaping @Sendable () -> Void) {
        reactions.withLock { $0[name] = reaction }
    }

    func end(_ name: String, _ status: ExitStatus) {
        services.withLock { $0[name] }?.end(status)
    }

    func isShown(_ service: Service) -> Bool { true }

    func conditions(of service: Service) throws -> [ReadinessCondition] {
        try service.local?.ready.map { try $0.condition() } ?? []
    }

    func start(_ service: Service) async throws -> any LabService {
        let started = ScriptedService(name: service.name, isReady: ready.contains(service.name))
        services.withLock { $0[service.name] = started }
        reactions.withLock { $0[service.name] }?()
        return started
    }
}

private struct ScriptedService: LabService {
    let name: String
    let isReady: Bool
    private let exits: Task<ExitStatus?, Never>
    private let exit: AsyncStream<ExitStatus>.Continuation

    init(name: String, isReady: Bool) {
        self.name = name
        self.isReady = isReady
        let (statuses, status) = AsyncStream<ExitStatus>.makeStream()
        exit = status
        // Ends with the service, or is left behind with it.
        exits = Task {
            for await status in statuses { return status }; return nil
        }
    }

    func end(_ status: ExitStatus) { exit.yield(status) }

    var pid: Int32? { nil }
    func accepts(port: Int) async throws -> Bool { isReady }
    func status(ofGetting url: LabURL) async throws -> Int? { nil }
    func log(last bytes: Int) async throws -> String { isReady ? "log of \(name): up" : "" }
    func run(_ command: [String], timeout: Duration) async throws -> ExitStatus { .code(0) }
    func terminate() async {}
    func exit() async -> ExitStatus? { await exits.value }
    func currentExit() async throws -> ExitStatus? { nil }
}

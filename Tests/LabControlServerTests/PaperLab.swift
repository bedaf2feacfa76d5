import AgentProtocol
import ComposeFiles
import Foundation
import FrameConnections
import LabAgents
import LabEngines
import Labs
import NIOPosix
import PseudoTerminals
import Synchronization

@testable import LabControlProtocol
@testable import LabControlServer

/// A supervised lab whose engine only exists on paper, and a client's connection to it.
struct PaperLab {
    let pod: PaperPod
    let supervision: Supervision
    let client: FrameConnection
    /// What the supervisor passes to the client.
    let passed: PassedTerminals
    private let server: FrameConnection
    private let lastReplies: Task<Void, Never>

    /// Stands a lab up and, when the body is through, takes it down.
    ///
    /// - Parameters:
    ///   - compose: The services, as text.
    ///   - prepare: Is given what the lab will be, before it's stood up.
    /// - Throws: Why the lab can't be stood up, and what the body throws.
    static func with(
        compose: String = "services: {}\n", prepare: (PaperPod) -> Void = { _ in },
        _ body: (PaperLab) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "compose.yaml")
        try Data(compose.utf8).write(to: file)
        let pod = try await PaperPod(
            services: ComposeProject.read(files: [file.path(percentEncoded: false)]).services)
        prepare(pod)
        let lab = try await PaperLab(pod, in: folder)
        let result: Result<Void, any Error>
        do {
            try await lab.start(LabRequest(composeFiles: [file.path(percentEncoded: false)]))
            result = .success(try await body(lab))
        } catch {
            result = .failure(error)
        }
        await lab.close()
        try result.get()
    }

    /// A supervisor that has not been asked for anything yet.
    ///
    /// - Parameter folder: For the lab's files.
    init(_ pod: PaperPod, in folder: URL) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let (passing, taking) = try DescriptorSocket.makePair()
        let supervision = Supervision(
            directory: LabDirectory(name: "paper", path: folder.path(percentEncoded: false)), group: group,
            passing: DescriptorSocket(adopting: passing)
        ) { _ in PaperEngines(pod: pod) }
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else { fatalError("no socket pair") }
        server = try await FrameConnection.adopt(ends[0], limit: ControlFrame.limit, on: group) {
            supervision.accept($0, $1)
        }
        client = try await FrameConnection.adopt(ends[1], limit: ControlFrame.limit, on: group)
        self.pod = pod
        self.supervision = supervision
        passed = PassedTerminals(DescriptorSocket(adopting: taking))
        // As the supervisor's own process does; ends with the lab.
        lastReplies = Task {
            await supervision.waitUntilStopped()
            await supervision.sendLastReplies()
        }
    }

    /// Ends the lab and leaves it.
    func close() async {
        await supervision.stop()
        await lastReplies.value
        client.close()
        server.close()
    }

    func ask(_ request: ControlRequest) throws -> FrameConversation {
        let conversation = client.open()
        conversation.send(kind: ControlFrame.request, try encode(request))
        return conversation
    }

    private func start(_ request: LabRequest) async throws {
        for try await frame in try ask(.start(request)).frames {
            switch try decode(LabEvent.self, from: frame.payload) {
            case .ready: return
            case .failed(let error): throw error
            default: continue
            }
        }
    }
}

struct PaperEngines: EngineChoosing, LabEngine {
    let pod: PaperPod

    func decide(_ choice: EngineChoice, for project: ComposeProject?) async throws -> EngineDecision {
        EngineDecision(kind: .process)
    }
    func engine(
        _ kind: EngineKind, workspaceImage: String?, limits: LabLimits, internet: InternetAccess
    ) -> any LabEngine { self }
    func open(
        _ project: ComposeProject?, progress: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> any LabPod {
        await pod.opens()
        return pod
    }
}

final class PaperPod: LabPod {
    let services: [Service]
    let paperAgent: PaperAgent
    private let endings: AsyncStream<LabError>
    private let ending: AsyncStream<LabError>.Continuation
    private let running = Mutex<[String: PaperService]>([:])
    private let closed = Mutex(false)
    private let leftover = Mutex<LabError?>(nil)
    private let whileOpened: @Sendable () async -> Void

    /// - Parameter whileOpened: What an engine does before it hands the pod over.
    init(services: [Service], whileOpened: @escaping @Sendable () async -> Void = {}) async throws {
        self.services = services
        self.whileOpened = whileOpened
        paperAgent = try await PaperAgent()
        (endings, ending) = AsyncStream.makeStream()
    }

    var agent: LabAgent { paperAgent.agent }
    let workspace = Workspace(environment: ["HOME=/root"], directory: "/root", ownFiles: "/run")

    func connect(to service: Service, port: Int) async throws -> AgentStream { try await agent.connect(port: port) }

    var isClosed: Bool { closed.withLock { $0 } }

    /// Its end will not be complete.
    func leave(_ problem: LabError) { leftover.withLock { $0 = problem } }

    func opens() async { await whileOpened() }

    /// What runs under this name.
    func service(_ name: String) -> PaperService? { running.withLock { $0[name] } }

    /// The lab ends by itself, with its agent.
    func collapse(_ reason: LabError) {
        paperAgent.vanish()
        ending.yield(reason)
    }

    func isShown(_ service: Service) -> Bool { true }
    func conditions(of service: Service) throws -> [ReadinessCondition] {
        try service.local?.ready.map { try $0.condition() } ?? []
    }
    func start(_ service: Service) async throws -> any LabService {
        let new = PaperService(name: service.name)
        if service.local?.command == ["true"] { new.end(.code(0)) }
        running.withLock { $0[service.name] = new }
        return new
    }
    func stop(_ service: Service) async throws { self.service(service.name)?.end(.signal(9)) }
    func restoreData(of service: Service) async throws {}
    func restoreWorkspace() async throws {}
    func memory() async throws -> PodMemory { PodMemory(total: MemoryUse(), services: [:]) }
    func readLog(
        of service: String, follow: Bool, _ body: @Sendable ([UInt8]) async throws -> Void
    ) async throws { try await body(Array("log of \(service)\n".utf8)) }
    func captureBaseline() async throws {}
    func waitUntilEnded() async -> LabError {
        for await reason in endings { return reason }
        return LabError(code: .labEnded, problem: "the paper lab was closed")
    }
    func close() async throws {
        closed.withLock { $0 = true }
        if let leftover = leftover.withLock({ $0 }) { throw leftover }
        ending.finish()
        paperAgent.vanish()
        for service in running.withLock({ $0.values }) { service.end(.signal(9)) }
    }
}

/// A service that runs until the test ends it.
final class PaperService: LabService {
    let name: String
    let pid: Int32? = 5
    private let status = Mutex<ExitStatus?>(nil)
    private let ends: Task<ExitStatus?, Never>
    private let continuation: AsyncStream<ExitStatus>.Continuation

    init(name: String) {
        self.name = name
        let (statuses, continuation) = AsyncStream<ExitStatus>.makeStream()
        self.continuation = continuation
        ends = Task {
            for await status in statuses { return status }
            return nil
        }
    }

    /// Ends, and whoever waits for the end learns of it.
    func end(_ status: ExitStatus) {
        endSilently(status)
        continuation.yield(status)
    }

    /// Ends, and only who asks learns of it.
    func endSilently(_ status: ExitStatus) { self.status.withLock { $0 = $0 ?? status } }

    func accepts(port: Int) async throws -> Bool { true }
    func status(ofGetting url: LabURL) async throws -> Int? { 200 }
    func log(last bytes: Int) async throws -> String { "log of \(name)\n" }
    func run(_ command: [String], timeout: Duration) async throws -> ExitStatus { .code(0) }
    func terminate() async { end(.signal(15)) }
    func exit() async -> ExitStatus? { await ends.value }
    func currentExit() async throws -> ExitStatus? { status.withLock { $0 } }
}

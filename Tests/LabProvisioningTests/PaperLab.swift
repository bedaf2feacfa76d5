import AgentProtocol
import ComposeFiles
import Diagnostics
import LabProvisioning
import Labs
import Lessons
import Synchronization

@testable import LabControlProtocol

/// A lab that only exists on paper; it keeps what it was asked, in order.
final class PaperLab: ProvisionableLab {
    let name = "paper"
    private let asked = Mutex<[String]>([])
    private let starts: Mutex<Set<LessonStart>>
    private let answers: [String: LabCommandResult]
    private let failing: [String: LabError]
    private let seeder: Seeder?
    private let lesson: String?

    /// - Parameters:
    ///   - answers: What commands give, by a part of their words; all others succeed.
    ///   - failing: What throws, by the beginning of what is asked, such as "keep".
    init(
        seeder: Seeder? = nil, lesson: String? = nil, starts: Set<LessonStart> = [],
        answers: [String: LabCommandResult] = [:], failing: [String: LabError] = [:]
    ) {
        self.seeder = seeder
        self.lesson = lesson
        self.starts = Mutex(starts)
        self.answers = answers
        self.failing = failing
    }

    /// What was asked, in order; looks at the lab's health and state left out.
    var requests: [String] { asked.withLock { $0 } }
    var remembered: Set<LessonStart> { starts.withLock { $0 } }

    private func record(_ request: String) throws {
        asked.withLock { $0.append(request) }
        if let failure = failing.first(where: { request.hasPrefix($0.key) }) { throw failure.value }
    }

    private func answer(_ command: [String]) -> LabCommandResult {
        let words = command.joined(separator: " ")
        if let answer = answers.first(where: { words.contains($0.key) }) { return answer.value }
        return LabCommandResult(status: .code(0), output: words.contains("$HOME") ? "/home/reader" : "")
    }

    func run(
        _ command: [String], environment: [String: String], outputLimit: Int, timeout: Duration?
    ) async throws -> LabCommandResult {
        let words = command.joined(separator: " ")
        if !words.contains("$HOME") { try record("run \(words)") }
        return answer(command)
    }

    func edit(_ path: String, _ edit: FileEdit, mode: UInt32, with bytes: [UInt8]) async throws {
        try record("write \(path) \(String(mode, radix: 8)) \(String(decoding: bytes, as: UTF8.self))")
    }

    func mark(_ part: LessonStart, of lesson: String, isDone: Bool) async throws {
        try record("note \(part)")
        starts.withLock { _ = $0.insert(part) }
    }

    func status() async throws -> LabStatus {
        LabStatus(
            name: name, engine: .process, phase: .ready, problem: nil, services: [], ports: [], memory: MemoryUse(),
            supervisorMemory: 0, uptimeSeconds: 1, startSeconds: 1, composeFiles: ["/lab/compose.yaml"],
            terminals: ["T1", "T2"], lesson: lesson, seeder: seeder)
    }

    func seed(_ command: [String], outputLimit: Int, timeout: Duration?) async throws -> LabCommandResult {
        try record("seed \(command.joined(separator: " "))")
        return answer(command)
    }

    func checkHealth(afterFailure: Bool) async throws {
        if let failure = failing["health"] { throw failure }
    }
    func startedParts(of lesson: String) async throws -> Set<LessonStart> { remembered }
    func reopen(_ terminal: String) async throws { try record("reopen \(terminal)") }
    func reset(onEvent: (LabEvent) -> Void) async throws {
        try record("reset")
        starts.withLock { $0 = [] }
        onEvent(.seededAgain(seconds: 1))
        onEvent(.ready(seconds: 2))
    }
    func keep() async throws { try record("keep") }
    func stop() async throws { try record("stop") }
}

/// Gives out one lab that was prepared.
struct PaperOpener: LabOpener {
    let lab: PaperLab
    var failure: LabError?
    let opened = Opened()

    /// How the lab was asked for.
    final class Opened: Sendable {
        let endsWithClient = Mutex<[Bool]>([])
    }

    func open(
        _ request: LabRequest, endsWithClient: Bool, onEvent: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> PaperLab {
        opened.endsWithClient.withLock { $0.append(endsWithClient) }
        if let failure { throw failure }
        onEvent(.ready(seconds: 1))
        return lab
    }
}

/// Keeps what a provisioner told, a word for each event.
final class Told: Sendable {
    private let words = Mutex<[String]>([])
    var events: [String] { words.withLock { $0 } }

    func note(_ event: ProvisioningEvent) {
        let word =
            switch event {
            case .began(let step): "\(step)"
            case .lab(.ready): "lab ready"
            case .lab(.seededAgain): "seeded again"
            case .lab: "lab"
            case .setupSkipped(let parts): "skipped \(parts.map(\.rawValue).sorted().joined(separator: "+"))"
            case .seeded(let report): "seeded \(report.seeding)"
            case .stopped(_, let problem): "stopped\(problem.map { ": \($0.problem)" } ?? "")"
            case .leftRunning: "left running"
            }
        words.withLock { $0.append(word) }
    }
}

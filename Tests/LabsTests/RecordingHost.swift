import AgentProtocol
import ComposeFiles
import Foundation
import Labs
import Synchronization

/// A host whose services only exist on paper; it keeps what it was asked, in order.
final class RecordingHost: RestorableHost {
    private let asked = Mutex<[String]>([])
    /// Requests that fail, such as "start web".
    private let failing: Mutex<Set<String>>

    init(failing: Set<String> = []) { self.failing = Mutex(failing) }

    var requests: [String] { asked.withLock { $0 } }

    func forget() { asked.withLock { $0 = [] } }
    func mend() { failing.withLock { $0 = [] } }

    func isShown(_ service: Service) -> Bool { service.local?.hasTerminals != true }
    func conditions(of service: Service) throws -> [ReadinessCondition] { [] }

    func start(_ service: Service) async throws -> any LabService {
        try note("start \(service.name)")
        return PaperService(name: service.name)
    }

    func stop(_ service: Service) async throws { try note("stop \(service.name)") }
    func restoreData(of service: Service) async throws { try note("restore \(service.name)") }
    func restoreWorkspace() async throws { try note("restore workspace") }

    private func note(_ request: String) throws {
        asked.withLock { $0.append(request) }
        if failing.withLock({ $0.contains(request) }) {
            throw LabError(code: .serviceDied, problem: "'\(request)' failed as it was told to")
        }
    }
}

private struct PaperService: LabService {
    let name: String
    var pid: Int32? { nil }
    func accepts(port: Int) async throws -> Bool { true }
    func status(ofGetting url: LabURL) async throws -> Int? { 200 }
    func log(last bytes: Int) async throws -> String { "" }
    func run(_ command: [String], timeout: Duration) async throws -> ExitStatus { .code(0) }
    func terminate() async {}
    func exit() async -> ExitStatus? { nil }
    func currentExit() async throws -> ExitStatus? { nil }
}

/// The services of a Compose file that is given as text.
func services(_ text: String) throws -> [Service] {
    let file = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID()).yaml")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    return try ComposeProject.read(files: [file.path(percentEncoded: false)]).services
}

import Foundation
import Glibc
import LabSupervision
import Labs
import Testing

/// Labs that tests stand up, through the `lectern` that the build made beside them.
enum TestLab {
    static let lectern = Bundle.main.bundleURL.appending(path: "lectern").path(percentEncoded: false)

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static var orderLesson: String { repository.appending(path: "docker/compose.yaml").path(percentEncoded: false) }

    static func isInstalled(_ path: String) -> Bool { access(path, X_OK) == 0 }

    /// Whether this host has all that the order lesson's services need as processes.
    static let hasOrderLesson: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: lectern)
        process.arguments = ["doctor", orderLesson]
        process.standardOutput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Stands a lab up, and takes it down whatever happens.
    static func with(
        _ composeFiles: [String] = [], engine: EngineChoice = .process, _ body: (LabClient) async throws -> Void
    ) async throws {
        let name = "test-\(UInt32.random(in: .min ... .max))"
        let request = LabRequest(name: name, composeFiles: composeFiles, engine: engine, startTimeout: 20)
        let client = try await LabClient.start(request, supervisor: lectern, lifeline: true) { _ in }
        do {
            try await body(client)
        } catch {
            try? await client.stop()
            throw error
        }
        try? await client.stop()
        #expect(!LabClient.all().contains { $0.name == name })
    }

    /// Stands up the lab of a Compose file that is given as text.
    static func with(
        compose text: String, engine: EngineChoice = .process, _ body: (LabClient) async throws -> Void
    ) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID()).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        try await with([file.path(percentEncoded: false)], engine: engine, body)
    }
}

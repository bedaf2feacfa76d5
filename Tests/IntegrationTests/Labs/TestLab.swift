import Foundation
import Glibc
import LabControlClient
import LabControlProtocol
import Labs
import Testing

/// An engine that the same tests run on.
enum TestEngine: String, CaseIterable, CustomTestStringConvertible {
    case process
    case docker

    var testDescription: String { rawValue }
    var choice: EngineChoice { self == .process ? .process : .docker }

    /// Cancels the test, saying why, where the engine can't be had.
    func require() async throws {
        switch self {
        case .process:
            guard TestLab.isInstalled("/usr/bin/bwrap") else { try Test.cancel("bubblewrap isn't installed") }
        case .docker:
            if let reason = await TestContainers.missing { try Test.cancel("\(reason)") }
        }
    }
}

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
        _ composeFiles: [String] = [], on engine: TestEngine = .process, _ body: (LabClient) async throws -> Void
    ) async throws {
        let name = "test-\(UInt32.random(in: .min ... .max))"
        let request = LabRequest(name: name, composeFiles: composeFiles, engine: engine.choice, startTimeout: 20)
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
        compose text: String, on engine: TestEngine = .process, _ body: (LabClient) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "compose.yaml")
            try Data(text.utf8).write(to: file)
            try await with([file.path(percentEncoded: false)], on: engine, body)
        }
    }

    /// A directory that is removed in the end.
    static func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }
}

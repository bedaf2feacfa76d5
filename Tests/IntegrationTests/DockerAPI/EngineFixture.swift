import DockerAPI
import Foundation
import Glibc
import NIOPosix
import Testing

/// Tests on a real engine, in containers of an image that is made from this host's own shell.
@Suite(.enabled("no engine can be used here") { await EngineFixture.isReachable }, .engineImage)
enum EngineTests {}

/// What the tests share: one client, one image, one label.
enum EngineFixture {
    static let label = "lectern.test"
    static let value = "dockerapi"
    static let image = "lectern-test-dockerapi:\(getpid())"
    static let client = Task {
        try await DockerClient.connect(
            to: .find(environment: ProcessInfo.processInfo.environment), on: MultiThreadedEventLoopGroup.singleton)
    }

    static var isReachable: Bool {
        get async { (try? await client.value) != nil }
    }

    static func container(_ command: [String], image: String = image) -> ContainerConfiguration {
        var configuration = ContainerConfiguration(image: image)
        configuration.command = command
        configuration.labels = [label: value]
        configuration.host.networkMode = "none"
        configuration.stopTimeout = 0
        return configuration
    }

    /// Makes, starts and in the end removes a container.
    @discardableResult
    static func withContainer<Value>(
        _ command: [String] = ["sleep", "600"], change: (inout ContainerConfiguration) -> Void = { _ in },
        _ body: (DockerClient, ContainerID) async throws -> Value
    ) async throws -> Value {
        let client = try await client.value
        var configuration = container(command)
        change(&configuration)
        let id = try await client.createContainer(name: name(), configuration)
        return try await finally {
            try await client.start(id)
            return try await body(client, id)
        } cleanUp: {
            try await client.remove(id, force: true)
        }
    }

    static func finally<Value>(
        _ body: () async throws -> Value, cleanUp: @escaping @Sendable () async throws -> Void
    ) async throws -> Value {
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        // A task of its own, so that a cancelled test cleans up too.
        try await Task { try await cleanUp() }.value
        return try result.get()
    }

    static func name() -> String { "lectern-test-\(getpid())-\(UInt32.random(in: 0 ... .max))" }

    /// A file system with a shell and a few programs of this host, and the libraries that they need.
    static func fileSystem() throws -> [UInt8] {
        let programs = ["sh", "cat", "sleep", "head", "ls", "env", "id", "stat", "wc"]
        let paths = try programs.map { try #require(found($0), "'\($0)' is on every Linux") }
        var files: [String: String] = [:]
        for (program, path) in zip(programs, paths) {
            files["bin/\(program)"] = path
            for word in try output(of: "ldd", path).split(whereSeparator: \.isWhitespace) where word.hasPrefix("/") {
                files[String(word.dropFirst())] = String(word)
            }
        }
        var archive = TarWriter()
        for directory in ["bin", "data", "tmp"] { archive.addDirectory(directory, mode: 0o1777) }
        for (name, path) in files.sorted(by: { $0.key < $1.key }) {
            archive.addFile(name, try [UInt8](Data(contentsOf: URL(filePath: path))), mode: 0o755)
        }
        return archive.finished()
    }

    private static func found(_ program: String) -> String? {
        ["/bin/\(program)", "/usr/bin/\(program)"].first { access($0, X_OK) == 0 }
    }

    static func output(of program: String, _ arguments: String...) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}

/// Makes the image before the suite and removes it, and whatever a test has left, after it.
struct EngineImageTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        let client = try await EngineFixture.client.value
        _ = try await client.importImage(
            EngineFixture.fileSystem(), as: EngineFixture.image,
            changes: ["LABEL \(EngineFixture.label)=\(EngineFixture.value)", "ENV PATH=/bin"])
        try await EngineFixture.finally({ try await function() }) {
            try await client.removeImage(EngineFixture.image, force: true)
        }
    }
}

extension Trait where Self == EngineImageTrait {
    static var engineImage: Self { Self() }
}

import DockerAPI
import Foundation
import Testing

private let image = "lectern/offline-base:bookworm"
private let workspaceImage = "lectern/offline-workspace:0.1.0"

/// Somebody who can use the engine takes a lesson's containers from under it.
@Suite(
    .serialized, .timeLimit(.minutes(3)),
    .enabled("the image '\(workspaceImage)' isn't there; 'make images' builds it") {
        (try? await TestEngineClient.shared.image(workspaceImage)) != nil
    })
struct ContainerLossTests {
    /// What is done to a container, and a word of what the run must say.
    enum Blow: String, CaseIterable, CustomTestStringConvertible {
        case killed, stopped, paused, removed

        var testDescription: String { rawValue }

        func strike(_ container: ContainerID, _ client: DockerClient) async throws {
            switch self {
            case .killed: try await client.kill(container)
            case .stopped: try await client.stop(container, timeout: .zero)
            case .paused: try await client.pause(container)
            case .removed: try await client.remove(container, force: true)
            }
        }
    }

    @Test(
        "a service that is lost in the middle of a run is named, and the run is inconclusive", arguments: Blow.allCases)
    func aLostServiceIsNamed(_ blow: Blow) async throws {
        try await lose("store", by: blow)
    }

    @Test("a workspace that is lost in the middle of a run ends it inconclusive", arguments: Blow.allCases)
    func aLostWorkspaceIsNamed(_ blow: Blow) async throws {
        try await lose("machine", by: blow)
    }

    @Test("the owner of the network that is lost in the middle of a run is named", arguments: [Blow.killed, .paused])
    func aLostNetworkIsNamed(_ blow: Blow) async throws {
        try await lose("pod", by: blow)
    }

    private func lose(_ service: String, by blow: Blow) async throws {
        let lectern = try LecternProgram()
        defer { lectern.remove() }
        let compose = """
            services:
              pod: {image: lectern/offline-pod:0.1.0}
              store: {image: "\(image)", command: [sleep, "1000"], init: true, network_mode: "service:pod"}
              machine:
                image: "\(workspaceImage)"
                network_mode: "service:pod"
                x-lectern: {terminals: true}
            """
        let scenario = try WrittenScenario(
            in: lectern, details: #"{"steps": [{"title": "One", "text": "step1.md"}]}"#,
            others: #""backend": {"imageid": "ubuntu"}, "lectern": {"environment": "compose.yaml"}"#,
            files: ["step1.md": "`touch /tmp/under-way; sleep 60`{{execute}}\n", "compose.yaml": compose])
        async let verified = onThread {
            Result { try lectern.run(["verify", "--engine", "docker", "--timeout", "40", scenario.path]) }
        }
        let client = try await TestEngineClient.shared
        let target = try await container(of: service, in: scenario.path, client)
        try await blow.strike(target, client)
        let run = try await verified.get()
        let said = run.output + run.problems
        #expect(run.status == 2, "\(said)")
        #expect(said.contains("'\(service)'") || service == "machine", "\(said)")
        let rest = try await client.containers(labels: ["lectern.checkout=\(scenario.path)"])
        #expect(rest.map(\.name) == [])
    }

    /// The container of a service, once the lesson's action is under way.
    private func container(of service: String, in checkout: String, _ client: DockerClient) async throws -> ContainerID
    {
        for _ in 1...300 {
            let containers = try await client.containers(labels: ["lectern.checkout=\(checkout)"])
            if let workspace = containers.first(where: { $0.labels?["lectern.service"] == "machine" }),
                let look = try? await client.run(in: workspace.id, command: ["test", "-e", "/tmp/under-way"]),
                look.isSuccess
            {
                return try #require(containers.first { $0.labels?["lectern.service"] == service }).id
            }
            // Only another look tells that the file is there.
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("the action doesn't begin within 30 s")
        throw CancellationError()
    }
}

/// The engine that everybody uses.
private enum TestEngineClient {
    private static let connection = Task {
        try await DockerClient.connect(to: .find(environment: ProcessInfo.processInfo.environment))
    }

    static var shared: DockerClient { get async throws { try await connection.value } }
}

/// Runs what blocks outside the threads of tasks.
private func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: body()) }
    }
}

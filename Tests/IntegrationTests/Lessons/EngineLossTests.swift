import DockerAPI
import Foundation
import Glibc
import PrivateEngines
import Testing

/// Has what a workspace without a lesson's programs needs, and is a quarter of its size.
private let image = "lectern/offline-base:bookworm"

/// Labs of an engine that the test owns: it may be killed, and everything on it be taken down.
@Suite(
    .serialized, .timeLimit(.minutes(3)),
    .enabled(if: PrivateEngine.isPossible, "only root can start a 'dockerd' of its own"),
    .enabled("the image '\(image)' isn't there; 'make images' builds it") {
        (try? await ask { try await $0.image(image) }) != nil
    })
struct EngineLossTests {
    @Test func anEngineThatIsKilledUnderALessonIsNamedAndItsLabIsRemovedWhenItIsBack() async throws {
        try await withLabEngine { engine in
            let lectern = try program(on: engine)
            defer { lectern.remove() }
            let page = try lectern.page("`touch /under-way && sleep 1000`{{execute}}\n")
            async let verified = onThread { Result { try lectern.run(["verify", "--engine", "docker", page]) } }
            try await waitForAction(on: engine)
            engine.kill()
            let run = try await verified.get()
            #expect(run.status == 2, "\(run.output)\(run.problems)")
            let said = run.output + run.problems
            #expect(said.contains("the container engine at '\(engine.socket)' stopped"), "\(said)")
            #expect(said.contains("lectern down lab"), "\(said)")
            #expect(lectern.leftovers() == [])

            let early = try lectern.run(["down", "lab"])
            #expect(early.status == 2)
            #expect(early.problems.contains("what lab 'lab' left in its engine cannot be removed"), "\(early.problems)")

            try await engine.start()
            #expect(try await things(on: engine).count == 1)
            let down = try lectern.run(["down", "lab"])
            #expect(down.status == 0, "\(down.problems)")
            #expect(try await things(on: engine) == [])
            #expect(try lectern.run(["down", "--all"]).status == 0)
        }
    }

    @Test(arguments: [false, true])
    func labsOfAnotherStateDirectoryAreFoundByLabel(isSupervisorKilled: Bool) async throws {
        try await withLabEngine { engine in
            let (here, there) = (try program(on: engine), try program(on: engine))
            defer {
                here.remove()
                there.remove()
            }
            let folder = there.state.appending(path: "compose.yaml")
            try Data("services: {}\n".utf8).write(to: folder)
            let up = try there.run(["up", "--engine", "docker", "--name", "elsewhere", folder.path])
            #expect(up.status == 0, "\(up.output)\(up.problems)")
            #expect(try await things(on: engine).count == 1)
            if isSupervisorKilled {
                let number = there.state.appending(path: "lectern/labs/elsewhere/pid")
                kill(try #require(Int32(try String(contentsOf: number, encoding: .utf8))), SIGKILL)
            }
            let down = try here.run(["down", "--all"])
            #expect(down.status == 0, "\(down.problems)")
            #expect(down.problems.contains("the lab 'elsewhere', from another checkout, is down"), "\(down.problems)")
            #expect(try await things(on: engine) == [])
            // A supervisor whose lab was taken from under it ends when its engine has answered all that it asked.
            let deadline = ContinuousClock.now + .seconds(30)
            while !there.leftovers().isEmpty, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(100))
            }
            #expect(there.leftovers() == [])
            // Its own files, where a killed supervisor left them, are no obstacle.
            #expect(try there.run(["down", "--all"]).status == 0)
        }
    }

    @Test(
        "an engine that hangs under a lesson leaves the run inconclusive, with a sentence, and holds nobody up for ever"
    )
    func anEngineThatHangsIsTold() async throws {
        try await withLabEngine { engine in
            let lectern = try program(on: engine)
            defer { lectern.remove() }
            let page = try lectern.page("`touch /under-way && sleep 1000`{{execute}}\n")
            async let verified = onThread { Result { try lectern.run(["verify", "--engine", "docker", page]) } }
            try await waitForAction(on: engine)
            try engine.freeze()
            let run = try await verified.get()
            #expect(run.status == 2, "\(run.output)\(run.problems)")
            let said = run.output + run.problems
            // The workspace's agent is reached through the engine: whichever is missed first is named.
            #expect(said.contains("engine at '\(engine.socket)'") || said.contains("does not answer"), "\(said)")

            let early = try lectern.run(["down", "lab"])
            #expect(early.status == 2)
            #expect(early.problems.contains("what lab 'lab' left in its engine cannot be removed"), "\(early.problems)")

            try engine.thaw()
            let down = try lectern.run(["down", "lab"])
            #expect(down.status == 0, "\(down.problems)")
            #expect(try await things(on: engine) == [])
        }
    }

    // MARK: The engine

    private func withLabEngine(_ body: (PrivateEngine) async throws -> Void) async throws {
        try await PrivateEngine.with { engine in
            let path = "\(engine.socket).image.tar"
            let file = try await ask { try await $0.save([image], to: path) }
            try await ask(engine) { client in
                try await client.load(file)
                try await client.tag(image, as: "lectern/offline-workspace:0.1.0")
            }
            try await body(engine)
        }
    }

    private func program(on engine: PrivateEngine) throws -> LecternProgram {
        var program = try LecternProgram()
        program.environment["DOCKER_HOST"] = "unix://\(engine.socket)"
        return program
    }

    /// Returns once the lesson's command runs in the workspace.
    private func waitForAction(on engine: PrivateEngine) async throws {
        try await ask(engine) { client in
            for _ in 1...300 {
                if let workspace = try await client.containers(labels: ["lectern.lab"]).first,
                    let look = try? await client.run(in: workspace.id, command: ["test", "-e", "/under-way"]),
                    look.exitCode == 0
                {
                    return
                }
                // Only another look tells that the file is there.
                try await Task.sleep(for: .milliseconds(100))
            }
            Issue.record("the action doesn't begin within 30 s")
        }
    }

    /// Names of everything that any lab has on the engine.
    private func things(on engine: PrivateEngine) async throws -> [String] {
        try await ask(engine) { client in
            let containers = try await client.containers(labels: ["lectern.lab"]).map(\.name)
            let networks = try await client.networks(labels: ["lectern.lab"]).map(\.name)
            return try await containers + networks + client.volumes(labels: ["lectern.lab"]).map(\.name)
        }
    }
}

/// - Parameter engine: `nil` for the one that everybody uses.
private func ask<Value: Sendable>(
    _ engine: PrivateEngine? = nil, _ body: (DockerClient) async throws -> Value
) async throws -> Value {
    let endpoint =
        try engine.map { DockerEndpoint(socketPath: $0.socket) }
        ?? .find(environment: ProcessInfo.processInfo.environment)
    let client = try await DockerClient.connect(to: endpoint)
    do {
        let value = try await body(client)
        await client.close()
        return value
    } catch {
        await client.close()
        throw error
    }
}

/// Runs what blocks outside the threads of tasks.
private func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: body()) }
    }
}

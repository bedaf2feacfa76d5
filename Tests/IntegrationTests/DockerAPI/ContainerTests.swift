import DockerAPI
import Testing

extension EngineTests {
    @Suite struct Containers {
        @Test func aContainerLivesFromCreationToRemoval() async throws {
            let client = try await EngineFixture.client.value
            let name = EngineFixture.name()
            let id = try await client.createContainer(name: name, EngineFixture.container(["sleep", "600"]))
            try await EngineFixture.finally {
                #expect(try await client.inspect(id).exitCode == nil)
                try await client.start(id)
                try await client.start(id)
                let state = try await client.inspect(id)
                #expect(state.isRunning && state.name == name && state.labels["lectern.test"] == "dockerapi")
                let pid = try #require(state.pid)
                #expect(pid > 1)
                let listed = try await client.containers(labels: ["lectern.test=dockerapi"])
                #expect(listed.contains { $0.id == id && $0.name == name && $0.state == "running" })
                let memory = try await client.memory(of: id)
                #expect(try #require(memory).used > 0)
                try await client.restart(id, timeout: .zero)
                #expect(try await client.inspect(id).pid != state.pid)
                try await client.stop(id, timeout: .zero)
                #expect(try await client.inspect(id).exitCode == 137)
                #expect(try await client.memory(of: id) == nil)
            } cleanUp: {
                try await client.remove(id, force: true)
                try await client.remove(id, force: true)
            }
            await expectRefusal(.noSuchContainer) { try await client.inspect(id) }
        }

        @Test func waitingGivesTheExitCode() async throws {
            try await EngineFixture.withContainer(["sh", "-c", "sleep 0.2; exit 7"]) { client, id in
                let code = try await client.wait(for: id)
                #expect(code == 7)
            }
        }

        @Test func aWaitCanBeCancelled() async throws {
            try await EngineFixture.withContainer { client, id in
                let waiting = Task { try await client.wait(for: id) }
                waiting.cancel()
                await #expect(throws: CancellationError.self) { try await waiting.value }
                let state = try await client.inspect(id)
                #expect(state.isRunning)
            }
        }

        @Test func theLogHasBothOutputsApart() async throws {
            try await EngineFixture.withContainer(["sh", "-c", "echo one; echo two >&2; sleep 0.1; echo three"]) {
                client, id in
                var texts: [OutputStream: String] = [:]
                for try await chunk in try await client.logs(of: id, follow: true) {
                    texts[chunk.stream, default: ""] += String(decoding: chunk.bytes, as: UTF8.self)
                }
                #expect(texts == [.output: "one\nthree\n", .errors: "two\n"])
                #expect(try await client.logTail(of: id, lines: 1) == "three\n")
            }
        }

        @Test func aTerminalsLogIsReadToo() async throws {
            try await EngineFixture.withContainer(["sh", "-c", "echo one"]) {
                $0.hasTerminal = true
            } _: { client, id in
                _ = try await client.wait(for: id)
                #expect(try await client.logTail(of: id) == "one\r\n")
            }
        }
    }
}

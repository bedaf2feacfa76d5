import DockerAPI
import Foundation
import Glibc
import NIOPosix
import PrivateEngines
import Testing

/// On an engine of the test's own, which may be killed.
@Suite(.enabled(if: PrivateEngine.isPossible, "only root can start a 'dockerd' of its own"))
struct PrivateEngineTests {
    @Test func anEngineThatIsKilledIsGoneForAllThatWait() async throws {
        try await PrivateEngine.with { engine in
            let client = try await DockerClient.connect(to: DockerEndpoint(socketPath: engine.socket))
            _ = try await client.importImage(EngineFixture.fileSystem(), as: "test:1", changes: ["ENV PATH=/bin"])
            let id = try await client.createContainer(
                name: "waits", EngineFixture.container(["sleep", "600"], image: "test:1"))
            try await client.start(id)
            let stream = try await client.openExec(in: id, command: ["cat"])
            let events = try await client.events(labels: ["lectern.test=dockerapi"])
            async let waited = expectRefusal(.engineGone) { try await client.wait(for: id) }
            async let listened = expectRefusal(.engineGone) { for try await _ in events {} }
            // The two are under way once the engine has answered something that was asked after them.
            try await Task.sleep(for: .milliseconds(100))
            _ = try await client.version()
            engine.kill()
            _ = await (waited, listened)
            let count = await onThread {
                var byte: UInt8 = 0
                return read(stream.descriptor, &byte, 1)
            }
            #expect(count <= 0)
            close(stream.descriptor)
            await expectRefusal(.engineGone) { try await stream.exitCode() }
            await expectRefusal(.engineGone) { try await client.inspect(id) }
            await client.close()
            await expectRefusal(.noEngine) {
                try await DockerClient.connect(to: DockerEndpoint(socketPath: engine.socket))
            }
        }
    }

    @Test("an engine that hangs is found out by all that wait, and by those who ask it afterwards")
    func anEngineThatHangsIsFoundOut() async throws {
        try await PrivateEngine.with { engine in
            let client = try await DockerClient.connect(to: DockerEndpoint(socketPath: engine.socket))
            _ = try await client.importImage(EngineFixture.fileSystem(), as: "test:1", changes: ["ENV PATH=/bin"])
            let id = try await client.createContainer(
                name: "waits", EngineFixture.container(["sleep", "600"], image: "test:1"))
            try await client.start(id)
            let events = try await client.events(labels: ["lectern.test=dockerapi"])
            try engine.freeze()
            let began = ContinuousClock.now
            async let waited = expectRefusal(.timedOut) { try await client.wait(for: id) }
            async let listened = expectRefusal(.timedOut) { for try await _ in events {} }
            _ = await (waited, listened)
            await expectRefusal(.timedOut) { try await client.inspect(id) }
            // The bound is that of the promise, far above what it takes.
            #expect(ContinuousClock.now - began < .seconds(30))
            await client.close()
            try engine.thaw()
            let again = try await DockerClient.connect(to: DockerEndpoint(socketPath: engine.socket))
            #expect(try await again.inspect(id).isRunning)
            await again.close()
        }
    }
}

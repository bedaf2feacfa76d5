import DockerAPI
import Glibc
import NIOPosix
import Testing

extension EngineTests {
    @Suite struct Refusals {
        @Test func aNameIsTakenOnce() async throws {
            try await EngineFixture.withContainer { client, id in
                let state = try await client.inspect(id)
                let error = await expectRefusal(.nameTaken) {
                    try await client.createContainer(name: state.name, EngineFixture.container(["ls"]))
                }
                #expect(error?.problem == "the name of container '\(state.name)' is already in use")
            }
        }

        @Test func aPortThatIsTakenIsNamed() async throws {
            try await EngineFixture.withContainer { configuration in
                configuration.host.networkMode = "bridge"
                configuration.publish(ContainerPort(80), at: PortBinding(port: nil))
            } _: { client, id in
                let bindings = try await client.inspect(id).ports[ContainerPort(80)]
                let port = try #require(bindings?.first.flatMap { Int($0.port) })
                var second = EngineFixture.container(["sleep", "600"])
                second.host.networkMode = "bridge"
                second.publish(ContainerPort(80), at: PortBinding(port: port))
                let other = try await client.createContainer(name: EngineFixture.name(), second)
                try await EngineFixture.finally {
                    let error = await expectRefusal(.portTaken) { try await client.start(other) }
                    #expect(error?.port == port)
                } cleanUp: {
                    try await client.remove(other, force: true)
                }
            }
        }

        @Test func anImageThatIsMissingIsNamed() async throws {
            let client = try await EngineFixture.client.value
            let error = await expectRefusal(.noSuchImage) {
                try await client.createContainer(
                    name: EngineFixture.name(), EngineFixture.container(["ls"], image: "lectern-test-none:1"))
            }
            #expect(error?.problem == "the engine has no image 'lectern-test-none:1'")
            let image = try await client.image("lectern-test-none:1")
            #expect(image == nil)
        }

        @Test func aRegistryThatIsNotThereIsTriedAgainAndGivenUp() async throws {
            let client = try await EngineFixture.client.value
            let stages = Stages()
            // Nothing listens on port 1.
            let outcomes = try await ImagePulls(client, attempts: 2, firstPause: .milliseconds(1)).pull(
                ["127.0.0.1:1/none:1"], onProgress: stages.add)
            #expect(outcomes.first?.failure?.code == .registryUnreachable)
            #expect(await stages.names == ["waiting", "downloading", "retrying", "downloading", "failed"])
        }

        @Test func aProgramThatTheImageLacksIsNamed() async throws {
            let client = try await EngineFixture.client.value
            let id = try await client.createContainer(
                name: EngineFixture.name(), EngineFixture.container(["no-such-program"]))
            try await EngineFixture.finally {
                let error = await expectRefusal(.badCommand) { try await client.start(id) }
                #expect(error?.problem.contains("no-such-program") == true)
            } cleanUp: {
                try await client.remove(id, force: true)
            }
        }
    }
}

/// The stages that were reported, in order.
private final class Stages: Sendable {
    private let stream = AsyncStream<String>.makeStream()

    func add(_ progress: ImagePullProgress) {
        stream.continuation.yield("\(progress.stage)".prefix { $0.isLetter }.description)
    }

    var names: [String] {
        get async {
            stream.continuation.finish()
            return await stream.stream.reduce(into: []) { $0.append($1) }
        }
    }
}

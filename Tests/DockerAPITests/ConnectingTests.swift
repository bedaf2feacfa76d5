import FakeEngines
import Foundation
import Glibc
import Synchronization
import Testing

@testable import DockerAPI

struct ConnectingTests {
    @Test func theNewestVersionThatBothSpeakIsTaken() async throws {
        for (theirs, agreed) in [("1.41", "1.41"), ("1.44", "1.44"), ("1.99", "1.47")] {
            try await FakeEngine.with({ _ in FakeEngine.version(theirs) }) { socket in
                let client = try await DockerClient.connect(to: DockerEndpoint(socketPath: socket))
                #expect("\(client.apiVersion)" == agreed)
                #expect("\(client.engine)" == "Docker 1.2.3")
                await client.close()
            }
        }
    }

    @Test func podmanIsRecognised() async throws {
        let components = #"[{"Name":"Podman Engine","Version":"4.3.1"}]"#
        try await FakeEngine.with({ _ in FakeEngine.version("1.41", components: components) }) { socket in
            let client = try await DockerClient.connect(to: DockerEndpoint(socketPath: socket))
            #expect(client.engine.isPodman)
            await client.close()
        }
    }

    @Test func enginesThatAreTooOldOrTooNewAreRefused() async throws {
        for (newest, minimum) in [("1.40", "1.12"), ("1.60", "1.52")] {
            try await FakeEngine.with({ _ in FakeEngine.version(newest, minimum: minimum) }) { socket in
                await refusal(.wrongVersion, at: socket)
            }
        }
    }

    @Test func whatIsNoEngineIsCalledThat() async throws {
        for answer in [FakeEngine.json("<html>"), FakeEngine.json("{}", status: "404 Not Found")] {
            try await FakeEngine.with({ _ in answer }) { socket in
                let error = await refusal(.badAnswer, at: socket)
                #expect(error?.problem == "what listens on '\(socket)' is not a Docker engine")
            }
        }
    }

    @Test func nothingListeningIsNoEngine() async throws {
        let error = await refusal(.noEngine, at: "/tmp/lectern-no-such-\(getpid()).sock")
        #expect(error?.remedy?.contains("docker.io") == true)
        var path = ""
        try await FakeEngine.with({ _ in nil }) { socket in
            path = "\(socket).left"
            #expect(link(socket, path) == 0)
        }
        defer { unlink(path) }
        await refusal(.noEngine, at: path)
    }

    @Test func anEngineThatHangsUpIsGone() async throws {
        let halfAnswers = ["", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"Version\":"]
        for answer in halfAnswers {
            try await FakeEngine.with({ _ in answer }) { socket in
                await refusal(.engineGone, at: socket)
            }
        }
    }

    @Test func anEngineThatGoesAwayLaterIsGone() async throws {
        try await FakeEngine.with({ $0.hasPrefix("GET /version") ? FakeEngine.version("1.41") : "" }) { socket in
            let client = try await DockerClient.connect(to: DockerEndpoint(socketPath: socket))
            let error = await #expect(throws: DockerError.self) { try await client.containers() }
            #expect(error?.code == .engineGone)
            let exec = await #expect(throws: DockerError.self) {
                try await client.hijack(
                    EngineRequest(.post, "/exec/x/start", about: .engine), to: UnixSocket.pair().0,
                    errors: ErrorOutput())
            }
            #expect(exec?.code == .engineGone)
            await client.close()
        }
    }

    @Test func anEngineThatNeverAnswersIsNotWaitedForLongerThanTheLimit() async throws {
        try await FakeEngine.with({ $0.hasPrefix("GET /version") ? FakeEngine.version("1.41") : nil }) { socket in
            let client = try await DockerClient.connect(to: DockerEndpoint(socketPath: socket))
            let error = await #expect(throws: DockerError.self) {
                try await client.perform(EngineRequest(.get, "/info", about: .engine, limit: .milliseconds(50)))
            }
            #expect(error?.code == .timedOut)
            await client.close()
        }
    }

    /// An engine that answers who it is, begins to answer a long request, and answers questions while `isAwake`.
    private func withSleepyEngine(
        _ isAwake: @escaping @Sendable () -> Bool, _ body: (DockerClient) async throws -> Void
    ) async throws {
        try await FakeEngine.with({ request in
            if request.hasPrefix("GET /version") { return FakeEngine.version("1.41") }
            if request.hasPrefix("GET /_ping") { return isAwake() ? FakeEngine.json("OK") : nil }
            return nil
        }) { socket in
            let client = try await DockerClient.connect(
                to: DockerEndpoint(socketPath: socket),
                pulse: EnginePulse.Timing(interval: .milliseconds(20), patience: .milliseconds(200)))
            try await body(client)
            await client.close()
        }
    }

    @Test("who waits without a limit is told when the engine hangs, and nobody waits after that")
    func anEngineThatHangsIsFoundOut() async throws {
        try await withSleepyEngine({ false }) { client in
            for _ in 1...2 {
                let error = await #expect(throws: DockerError.self) { try await client.wait(for: ContainerID("1a")) }
                #expect(error?.code == .timedOut)
                #expect(error?.problem.hasSuffix("does not answer any more") == true, "\(String(describing: error))")
            }
        }
    }

    @Test("an engine that is silent because nothing happens isn't taken for one that hangs")
    func anEngineThatOnlyWaitsIsLeftAlone() async throws {
        let pings = Atomic(0)
        try await withSleepyEngine({ pings.wrappingAdd(1, ordering: .relaxed).newValue > 0 }) { client in
            let waiting = Task { try await client.wait(for: ContainerID("1a")) }
            while pings.load(ordering: .relaxed) < 10 { try await Task.sleep(for: .milliseconds(5)) }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            // Nobody waits, and so nobody asks.
            let after = pings.load(ordering: .relaxed)
            try await Task.sleep(for: .milliseconds(200))
            #expect(pings.load(ordering: .relaxed) <= after + 1)
        }
    }

    @Test func aSocketWithoutPermissionSaysWhatToDo() async throws {
        try await FakeEngine.with({ _ in FakeEngine.version("1.41") }) { socket in
            #expect(chmod(socket, 0) == 0)
            let error = await asOrdinaryUser {
                #expect(throws: DockerError.self) { try DockerClient.reach(DockerEndpoint(socketPath: socket)) }
            }
            #expect(error?.code == .noPermission)
            #expect(error?.remedy == "sudo usermod -aG docker \"$USER\", then log in again")
        }
    }

    /// On a thread of its own, which gives root's right to pass over permissions away.
    private func asOrdinaryUser<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                // Not in the headers that Swift sees.
                typealias SetUser = @convention(c) (uid_t) -> Int32
                _ = unsafeBitCast(dlsym(nil, "setfsuid"), to: SetUser.self)(65_534)
                continuation.resume(returning: body())
            }
        }
    }

    @discardableResult
    private func refusal(
        _ code: DockerError.Code, at socket: String, sourceLocation: SourceLocation = #_sourceLocation
    ) async -> DockerError? {
        let error = await #expect(throws: DockerError.self, sourceLocation: sourceLocation) {
            try await DockerClient.connect(to: DockerEndpoint(socketPath: socket)).close()
        }
        #expect(error?.code == code, "\(String(describing: error))", sourceLocation: sourceLocation)
        return error
    }
}

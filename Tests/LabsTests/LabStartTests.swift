import AgentProtocol
import ComposeFiles
import Labs
import Testing

/// What ends while a lab starts is told by its name, whoever waits for it.
@Suite struct LabStartTests {
    private static let lab = """
        services:
          database: {image: d, x-lectern: {ready: [{log: up}]}}
          api: {image: a, depends_on: {database: {condition: service_healthy}}, x-lectern: {ready: [{log: up}]}}
        """

    private func start(_ compose: String = lab, on host: ScriptedHost) async throws -> [String] {
        try await LabStart(try services(compose), on: host, timeout: .seconds(60)).run { _ in }.map(\.name)
    }

    private func failure(_ compose: String = lab, on host: ScriptedHost) async -> LabError? {
        await #expect(throws: LabError.self) { _ = try await start(compose, on: host) }
    }

    @Test(.timeLimit(.minutes(1)))
    func aServiceThatEndsAfterItWasReadyIsNamedWhileAnotherIsAwaited() async throws {
        let host = ScriptedHost(ready: ["database"])
        host.whenStarted("api") { host.end("database", .signal(9)) }
        let error = await failure(on: host)
        #expect(error?.code == .serviceDied)
        #expect(error?.problem == "service 'database' ended with signal 9")
        #expect(error?.logTail == "log of database: up")
    }

    @Test(.timeLimit(.minutes(1))) func aServiceThatEndsBeforeItIsReadyIsNamed() async throws {
        let host = ScriptedHost(ready: [])
        host.whenStarted("database") { host.end("database", .code(0)) }
        let error = await failure(on: host)
        #expect(error?.problem == "service 'database' ended with exit status 0 before it was ready")
    }

    @Test(.timeLimit(.minutes(1))) func aJobThatFailedIsNamedBeforeWhatMayHaveWaitedForIt() async throws {
        let lab = """
            services:
              job: {image: j, x-lectern: {command: [j]}}
              api: {image: a, depends_on: [job], x-lectern: {ready: [{log: up, timeout: 100ms}]}}
            """
        let host = ScriptedHost(ready: [])
        host.whenStarted("api") { host.end("job", .code(3)) }
        let error = await failure(lab, on: host)
        #expect(error?.problem == "service 'job' ended with exit status 3")
    }

    @Test(.timeLimit(.minutes(1))) func aJobMayEndAndAServiceMayOutliveTheStart() async throws {
        let lab = """
            services:
              job: {image: j, x-lectern: {command: [j]}}
              api: {image: a, depends_on: {job: {condition: service_completed_successfully}},
                    x-lectern: {ready: [{log: up}]}}
            """
        let host = ScriptedHost(ready: ["api"])
        host.whenStarted("job") { host.end("job", .code(0)) }
        let started = try await start(lab, on: host)
        #expect(started == ["job", "api"])
    }

    @Test(.timeLimit(.minutes(1))) func aJobThatIsWaitedForIsNamedWhenItIsKilled() async throws {
        let lab = """
            services:
              database: {image: d, x-lectern: {ready: [{log: up}]}}
              api: {image: a, depends_on: {web: {condition: service_healthy}}}
              web: {image: w, depends_on: {later: {condition: service_completed_successfully}}}
              later: {image: l, depends_on: {database: {condition: service_healthy}}, x-lectern: {ready: [{log: up}]}}
            """
        let host = ScriptedHost(ready: ["database", "later"])
        host.whenStarted("later") { host.end("later", .signal(15)) }
        let error = await failure(lab, on: host)
        #expect(error?.problem.hasPrefix("service 'later' ended with signal 15") == true)
    }
}

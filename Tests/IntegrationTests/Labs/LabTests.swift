import AgentProtocol
import Glibc
import LabControlClient
import LabControlProtocol
import Labs
import TerminalSessions
import Testing

/// What holds for a lab on every engine.
@Suite(.serialized, .enabled(if: TestLab.isInstalled(TestLab.lectern), "the program 'lectern' isn't built"))
struct LabTests {
    @Test(arguments: TestEngine.allCases) func aTerminalRunsWhatIsTyped(_ engine: TestEngine) async throws {
        try await engine.require()
        try await TestLab.with(on: engine) { lab in
            let capture = try await lab.perform(TerminalInput(.line("echo $((6 * 7)); pwd; echo $HOME")), in: "T1")
            #expect(capture.ending == .status(0))
            #expect(capture.text == "42\n/root\n/root")
        }
    }

    @Test(arguments: TestEngine.allCases) func whatAServicePrintsIsItsLog(_ engine: TestEngine) async throws {
        try await engine.require()
        let compose = """
            services:
              talker:
                image: lectern/offline-base:bookworm
                command: &command [sh, -c, "echo first; echo second >&2; exec sleep 1000"]
                x-lectern: {command: *command, ready: [{log: second}]}
            """
        try await TestLab.with(compose: compose, on: engine) { lab in
            let deadline = ContinuousClock.now + .seconds(5)
            var text = ""
            while text.split(separator: "\n").count < 2, ContinuousClock.now < deadline {
                text = ""
                try await lab.readLog(of: "talker") { text += String(decoding: $0, as: UTF8.self) }
            }
            #expect(Set(text.split(separator: "\n")) == ["first", "second"])
        }
    }

    @Test(arguments: TestEngine.allCases)
    func aServiceThatDiesIsReportedWithItsStatusAndTheEndOfItsLog(_ engine: TestEngine) async throws {
        try await engine.require()
        let compose = """
            services:
              broken:
                image: lectern/offline-base:bookworm
                command: &command [sh, -c, "echo boom; exit 3"]
                x-lectern: {command: *command, ready: [{port: 1}]}
            """
        let error = await #expect(throws: LabError.self) {
            try await TestLab.with(compose: compose, on: engine) { _ in }
        }
        #expect(error?.code == .serviceDied)
        #expect(error?.problem.contains("'broken' ended with exit status 3") == true, "\(String(describing: error))")
        #expect(error?.logTail.contains("boom") == true)
    }

    @Test(arguments: TestEngine.allCases)
    func servicesWaitForThoseTheyDependOn(_ engine: TestEngine) async throws {
        try await engine.require()
        let compose = """
            services:
              owner: {image: "lectern/offline-pod:0.1.0", x-lectern: {command: []}}
              maker:
                image: lectern/offline-base:bookworm
                network_mode: "service:owner"
                command: &make [sh, -c, "sleep 0.2; echo made"]
                x-lectern: {command: *make}
              server:
                image: lectern/offline-adminer:4.8.1
                network_mode: "service:owner"
                depends_on: {maker: {condition: service_completed_successfully}}
                # The image's looks at another port.
                healthcheck: {disable: true}
                command: &serve [php, -S, "127.0.0.1:8123", -t, /tmp]
                x-lectern: {command: *serve, ready: [{port: 8123}]}
              client:
                image: lectern/offline-base:bookworm
                network_mode: "service:owner"
                depends_on: {server: {condition: service_healthy}}
                command: &ask [bash, -c, ": > /dev/tcp/127.0.0.1/8123 && echo reached && exec sleep 1000"]
                x-lectern: {command: *ask, ready: [{log: reached}]}
            """
        try await TestLab.with(compose: compose, on: engine) { lab in
            #expect(try await lab.probe(port: 8123) == 404)
            let states = try await lab.status().services.map(\.state)
            #expect(states == [.completed, .ready, .ready], "\(states)")
        }
    }

    @Test(arguments: TestEngine.allCases)
    func theClientThatStartedAKilledSupervisorRemovesWhatItLeaves(_ engine: TestEngine) async throws {
        try await engine.require()
        try await TestLab.with(on: engine) { lab in
            let pid = try #require(LabClient.all().first { $0.name == lab.name }?.pid)
            kill(pid, SIGKILL)
            let error = await #expect(throws: LabError.self) { try await lab.status() }
            #expect(error?.code == .supervisorGone)
            #expect(!LabClient.all().contains { $0.name == lab.name })
            if engine == .docker { #expect(try await TestContainers.things(of: lab.name) == []) }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func whatAKilledSupervisorLeavesIsRemovedByTheNextCommand(_ engine: TestEngine) async throws {
        try await engine.require()
        try await TestLab.with(on: engine) { lab in
            // As from another process: it isn't this client's to see the supervisor off.
            let other = try await LabClient.connect(to: lab.name)
            let pid = try #require(LabClient.all().first { $0.name == lab.name }?.pid)
            kill(pid, SIGKILL)
            let error = await #expect(throws: LabError.self) { try await other.status() }
            #expect(error?.code == .supervisorGone)
            #expect(LabClient.all().contains { $0.name == lab.name })
            try await LabClient.remove(lab.name)
            #expect(!LabClient.all().contains { $0.name == lab.name })
            if engine == .docker { #expect(try await TestContainers.things(of: lab.name) == []) }
        }
    }
}

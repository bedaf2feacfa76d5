import AgentProtocol
import FrameConnections
import Labs
import Testing

@testable import LabControlProtocol
@testable import LabControlServer

@Suite(.timeLimit(.minutes(1))) struct LossTests {
    private static let services = """
        services:
          web: {image: w, x-lectern: {command: [w], ready: [{port: 80}]}}
          db: {image: d, x-lectern: {command: [d], ready: [{port: 81}]}}
          job: {image: j, x-lectern: {command: [j]}}
          setup: {image: s, x-lectern: {command: ["true"], ready: [{port: 82}]}}
          app: {image: a, depends_on: {setup: {condition: service_completed_successfully}}, x-lectern: {command: [a]}}
        """

    private func answer(_ lab: PaperLab, to request: ControlRequest) async throws -> Frame {
        for try await frame in try lab.ask(request).frames { return frame }
        throw CancellationError()
    }

    private func healthProblem(_ lab: PaperLab) async throws -> LabError? {
        let frame = try await answer(lab, to: .health(afterFailure: false))
        return frame.kind == ControlFrame.failure ? try decode(LabError.self, from: frame.payload) : nil
    }

    @Test(
        "a service that ends is told by name, with how it ended and the end of its log",
        arguments: [.code(9), .signal(9), .code(0)] as [AgentProtocol.ExitStatus])
    func loss(status: AgentProtocol.ExitStatus) async throws {
        try await PaperLab.with(compose: Self.services) { lab in
            let losses = try lab.ask(.losses)
            let web = try #require(lab.pod.service("web"))
            web.end(status)
            for try await frame in losses.frames {
                let loss = try decode(LabError.self, from: frame.payload)
                #expect(loss.code == .serviceDied)
                #expect(loss.problem == "service 'web' ended with \(status)")
                #expect(loss.logTail == "log of web\n")
                break
            }
            // Whoever comes later is told, too.
            let late = try decode(LabError.self, from: try await answer(lab, to: .losses).payload)
            #expect(late.problem == "service 'web' ended with \(status)")
            #expect(try await healthProblem(lab)?.problem == "service 'web' ended with \(status)")
        }
    }

    @Test("the health of a lab is asked where its services run: an end that nobody was told of is found")
    func health() async throws {
        try await PaperLab.with(compose: Self.services) { lab in
            #expect(try await healthProblem(lab) == nil)
            try #require(lab.pod.service("db")).endSilently(.signal(11))
            #expect(try await healthProblem(lab)?.problem == "service 'db' ended with signal 11")
        }
    }

    @Test(
        "a service without a readiness condition, and one whose end others wait for, may end with success",
        arguments: ["job", "setup"])
    func jobs(name: String) async throws {
        try await PaperLab.with(compose: Self.services) { lab in
            try #require(lab.pod.service(name)).endSilently(.code(0))
            #expect(try await healthProblem(lab) == nil)
            let status = try decode(LabStatus.self, from: try await answer(lab, to: .status).payload)
            #expect(status.phase == .ready)
            #expect(status.services.first { $0.name == name }?.state == .completed)
        }
    }

    @Test("a job that fails is a loss")
    func failingJob() async throws {
        try await PaperLab.with(compose: Self.services) { lab in
            try #require(lab.pod.service("job")).endSilently(.code(1))
            #expect(try await healthProblem(lab)?.problem == "service 'job' ended with exit status 1")
        }
    }

    @Test("an action is cut short by the end of the lab, with the reason")
    func collapse() async throws {
        try await PaperLab.with { lab in
            let reason = LabError(code: .labEnded, problem: "the sandbox fell over")
            let perform = try lab.ask(.losses)
            lab.pod.collapse(reason)
            var told: LabError?
            for try await frame in perform.frames { told = try decode(LabError.self, from: frame.payload) }
            #expect(told == reason)
        }
    }

    @Test("a restarted service is no loss, and its former end is none")
    func restart() async throws {
        try await PaperLab.with(compose: Self.services) { lab in
            let former = try #require(lab.pod.service("web"))
            var events: [LabEvent] = []
            for try await frame in try lab.ask(.restart(service: "web")).frames {
                try #require(frame.kind == ControlFrame.reply)
                events.append(try decode(from: frame.payload))
                if case .ready? = events.last { break }
            }
            #expect(lab.pod.service("web") !== former)
            #expect(try await healthProblem(lab) == nil)
            try #require(lab.pod.service("web")).endSilently(.code(3))
            #expect(try await healthProblem(lab)?.problem == "service 'web' ended with exit status 3")
        }
    }

    @Test("a service that isn't there can't be restarted, and those that are there are named")
    func noSuchService() async throws {
        try await PaperLab.with(compose: Self.services) { lab in
            let frame = try await answer(lab, to: .restart(service: "nobody"))
            try #require(frame.kind == ControlFrame.failure)
            let error = try decode(LabError.self, from: frame.payload)
            #expect(error.code == .noSuchService)
            #expect(error.remedy?.contains("web, db, job") == true)
        }
    }
}

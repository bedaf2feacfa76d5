import AgentProtocol
import ComposeFiles
import Diagnostics
import LabControlProtocol
import LabProvisioning
import Labs
import Lessons
import Synchronization
import Testing

@Suite("Making a lab ready") struct LabProvisionerTests {
    private static let seeder = Seeder(
        command: ["fill", "--fast"], service: "store", place: SourcePlace(file: "compose.yaml", line: 3))
    private static let loss = LabError(code: .serviceDied, problem: "service 'store' ended with signal 9")

    private let told = Told()

    private func needs(seeds: Bool = false, machine: Bool = false) throws -> LessonNeeds {
        var scenario = Scenario(directory: "/lesson", title: "", pages: [], settings: .init())
        if machine { scenario.settings.image = "box" }
        let table = MachineTable(images: ["box": Machine(.tools, needs: ["tool": "tool-package"])])
        let upload = LessonMaterials.Upload(source: "assets/a", target: "~/a", mode: "+x", contents: Array("A".utf8))
        var needs = LessonNeeds(
            scenario: scenario, materials: .init(uploads: [upload]),
            machine: try LessonMachine(of: scenario, in: [table]))
        if seeds { needs.scenario.settings.seeding = Seeding([.init(name: "rows", value: "3")]) }
        return needs
    }

    private func provisioner(_ lab: PaperLab, failure: LabError? = nil) -> LabProvisioner<PaperOpener> {
        LabProvisioner(opener: PaperOpener(lab: lab, failure: failure), listener: told.note)
    }

    private func request(
        _ lesson: LessonNeeds?, _ lifetime: ProvisioningRequest.Lifetime = .client
    ) -> ProvisioningRequest {
        ProvisioningRequest(lab: LabRequest(), lesson: lesson, lifetime: lifetime)
    }

    @Test("a lab without a lesson is opened and nothing else") func noLesson() async throws {
        let lab = PaperLab()
        _ = try await provisioner(lab).provision(request(nil))
        #expect(lab.requests == [])
        #expect(told.events == ["opening", "lab ready", "ready"])
    }

    @Test("the machine is checked before assets are placed, and these before the lab is kept") func order() async throws
    {
        let lab = PaperLab()
        _ = try await provisioner(lab).provision(request(try needs(machine: true), .keptOnceReady))
        let kinds = lab.requests.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
        #expect(
            kinds == [
                "run sh", "write /etc/killercoda/host", "write /home/reader/a", "run chmod", "note assets", "keep",
            ])
        #expect(lab.requests[2] == "write /home/reader/a 644 A")
        #expect(told.events == ["opening", "lab ready", "checkingMachine", "placingAssets", "ready"])
    }

    @Test("a lesson that asks for data is refused before its lab is made when nothing says how to seed it")
    func noSeeder() async throws {
        let lab = PaperLab()
        let opener = PaperOpener(lab: lab)
        let provisioner = LabProvisioner(opener: opener, listener: told.note)
        let error = await #expect(throws: LabError.self) {
            _ = try await provisioner.provision(request(try needs(seeds: true)))
        }
        #expect(error?.problem.contains("name no seed command") == true, "\(String(describing: error))")
        #expect(opener.opened.endsWithClient.withLock { $0 } == [])
    }

    @Test("only a lab that is to stay whatever fails doesn't end with its client", arguments: [false, true])
    func lifetime(isKept: Bool) async throws {
        let opener = PaperOpener(lab: PaperLab())
        let provisioner = LabProvisioner(opener: opener, listener: told.note)
        _ = try await provisioner.provision(request(nil, isKept ? .kept : .keptOnceReady))
        #expect(opener.opened.endsWithClient.withLock { $0 } == [!isKept])
    }

    @Test("a lab that can't be filled is ended, and what was missing is said") func missingProgram() async throws {
        let lab = PaperLab(answers: ["command -v": LabCommandResult(status: .code(1), output: "tool\n")])
        let error = await #expect(throws: LabError.self) {
            _ = try await provisioner(lab).provision(request(try needs(machine: true)))
        }
        #expect(error?.problem == "the machine 'box' has the program 'tool', which the workspace lacks")
        #expect(error?.remedy == "install tool-package")
        #expect(lab.requests.last == "stop" && told.events.last == "stopped")
    }

    @Test("a lab that is to stay in any case is left running when it can't be filled") func leftRunning() async throws {
        let lab = PaperLab(failing: ["write /home": LabError(code: .cannotWrite, problem: "it is full")])
        let error = await #expect(throws: LabError.self) {
            _ = try await provisioner(lab).provision(request(try needs(), .kept))
        }
        #expect(
            error?.code == .assetRefused
                && error?.problem.hasSuffix("cannot be written to '/home/reader/a': it is full") == true)
        #expect(!lab.requests.contains("stop") && told.events.last == "left running")
    }

    @Test("a service that ended is named in the place of what failed because of it") func cause() async throws {
        let lab = PaperLab(failing: [
            "write /home": LabError(code: .cannotWrite, problem: "no answer"), "health": Self.loss,
        ])
        let error = await #expect(throws: LabError.self) {
            _ = try await provisioner(lab).provision(request(try needs()))
        }
        #expect(error == Self.loss)
    }

    @Test("what keeps a lab from ending is told beside the failure") func stopFails() async throws {
        let lab = PaperLab(failing: [
            "keep": LabError(code: .system, problem: "no disk"), "stop": LabError(code: .system, problem: "stuck"),
        ])
        let error = await #expect(throws: LabError.self) {
            _ = try await provisioner(lab).provision(request(nil, .keptOnceReady))
        }
        #expect(error?.problem == "no disk")
        #expect(told.events.last == "stopped: stuck")
    }

    @Test("a lab that could not be opened has nothing to end") func openingFails() async throws {
        let lab = PaperLab()
        let failure = LabError(code: .notReady, problem: "too slow", logTail: "log")
        let error = await #expect(throws: LabError.self) {
            _ = try await provisioner(lab, failure: failure).provision(request(nil))
        }
        #expect(error == failure && lab.requests == [] && told.events == ["opening"])
    }

    // MARK: Labs that run already

    @Test("a lab that is joined gets fresh terminals, and assets only once") func join() async throws {
        let lab = PaperLab()
        try await provisioner(lab).join(lab, for: try needs())
        #expect(lab.requests.prefix(2) == ["reopen T1", "reopen T2"] && lab.requests.last == "note assets")
        let count = lab.requests.count
        try await provisioner(lab).join(lab, for: try needs())
        #expect(Array(lab.requests.dropFirst(count)) == ["reopen T1", "reopen T2"])
        #expect(told.events == ["joining", "placingAssets", "ready", "joining", "skipped assets", "ready"])
    }

    @Test("a lab that lacks a part is not joined, and not ended either") func joinLost() async throws {
        let lab = PaperLab(failing: ["health": Self.loss])
        let error = await #expect(throws: LabError.self) { try await provisioner(lab).join(lab, for: try needs()) }
        #expect(error == Self.loss && lab.requests == [])
    }

    @Test("placing that broke off is not remembered") func interruptedPlacing() async throws {
        let lab = PaperLab(failing: ["run chmod": LabError(code: .labEnded, problem: "gone")])
        await #expect(throws: LabError.self) { try await provisioner(lab).join(lab, for: try needs()) }
        #expect(lab.remembered == [])
    }

    @Test("a mode that chmod doesn't know is said with its asset") func badMode() async throws {
        let lab = PaperLab(answers: ["chmod": LabCommandResult(status: .code(1), output: "chmod: invalid mode\n")])
        let error = await #expect(throws: LabError.self) { try await provisioner(lab).join(lab, for: try needs()) }
        #expect(error?.problem == "'chmod +x' failed: chmod: invalid mode")
    }

    // MARK: Reset

    @Test("after a reset the assets of the lab's lesson are placed again, as they are now") func reset() async throws {
        let lab = PaperLab(lesson: "/lesson", starts: [.assets])
        try await provisioner(lab).reset(lab) { lesson in
            #expect(lesson == "/lesson")
            return LessonMaterials(uploads: [.init(source: "b", target: "/b", contents: Array("new".utf8))])
        }
        #expect(lab.requests.contains("write /b 644 new") && lab.remembered == [.assets])
        #expect(told.events == ["resetting", "seeded again", "placingAssets", "ready"])
    }

    @Test("a lab without a lesson has no assets to place") func resetWithoutLesson() async throws {
        let lab = PaperLab()
        try await provisioner(lab).reset(lab) { _ in LessonMaterials() }
        #expect(lab.requests == ["reset"])
    }

    private struct Gone: UserFacingError {
        var problem = "the lesson is gone"
        var remedy: String?
    }

    @Test("a lesson that is gone leaves the lab reset, and that is said") func resetWithoutAssets() async throws {
        let lab = PaperLab(lesson: "/lesson")
        let error = await #expect(throws: LabError.self) {
            try await provisioner(lab).reset(lab) { _ in throw Gone() }
        }
        #expect(error?.problem == "the lab 'paper' is reset, but without its lesson's assets: the lesson is gone")
    }

    @Test("a lab that ends while its assets are placed is told as that") func resetLost() async throws {
        let gone = LabError(code: .supervisorGone, problem: "gone")
        let lab = PaperLab(lesson: "/lesson", failing: ["note": gone])
        let error = await #expect(throws: LabError.self) {
            try await provisioner(lab).reset(lab) { _ in LessonMaterials() }
        }
        #expect(error == gone)
    }
}

@Suite("Seeding a lab") struct LabSeederTests {
    private let seeding = Seeding([.init(name: "rows", value: "3"), .init(name: "of", value: "a b")])

    private func seeder(service: String?) -> Seeder {
        Seeder(command: ["fill", "--fast"], service: service, place: SourcePlace(file: "compose.yaml", line: 3))
    }

    @Test("what is asked for follows the lab's own command, as options") func arguments() async throws {
        let lab = PaperLab(
            seeder: seeder(service: nil), answers: ["fill": LabCommandResult(status: .code(0), output: "3 rows\n")])
        let report = try await LabSeeder(lab).run(seeding)
        #expect(lab.requests == ["seed fill --fast --rows 3 --of a b"])
        #expect(report.output == "3 rows\n" && report.seeding == seeding)
    }

    @Test("a lab whose Compose files name no command is not seeded") func none() async throws {
        let lab = PaperLab()
        let error = await #expect(throws: LabError.self) { _ = try await LabSeeder(lab).run(seeding) }
        #expect(error?.code == .badDefinition && lab.requests == [])
        #expect(error?.remedy == "add it to '/lab/compose.yaml': x-lectern: {seed: {command: [PROGRAM]}}")
    }

    @Test(
        "a command that fails is told with what it printed, and the log that explains it",
        arguments: [
            ("store", "see 'lectern logs store --lab paper'"), (nil, "check the seed command at compose.yaml:3"),
        ]
            as [(String?, String)])
    func failure(service: String?, remedy: String) async throws {
        let lab = PaperLab(
            seeder: seeder(service: service), answers: ["fill": LabCommandResult(status: .code(4), output: "no room\n")]
        )
        let error = await #expect(throws: LabError.self) { _ = try await LabSeeder(lab).run(seeding) }
        #expect(error?.code == .seedingFailed && error?.logTail == "no room\n" && error?.remedy == remedy)
        #expect(error?.problem == "seeding the lab 'paper' ended with exit status 4")
    }

    @Test("a program that isn't there is told with the line that names it") func missing() async throws {
        let lab = PaperLab(
            seeder: seeder(service: nil),
            failing: ["seed": LabError(code: .cannotStart, problem: "cannot start 'fill': no such file")])
        let error = await #expect(throws: LabError.self) { _ = try await LabSeeder(lab).run(seeding) }
        #expect(error?.problem == "compose.yaml:3: the seed command cannot be run: cannot start 'fill': no such file")
    }
}

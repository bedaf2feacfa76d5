import Diagnostics
import Foundation
import Lessons
import TerminalSessions
import Testing

@testable import LessonVerification

@Suite struct LabAddressTests {
    @Test(arguments: [
        (
            "curl https://[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]].environments.katacoda.com/a",
            "curl http://localhost:8080/a"
        ),
        ("https://[[HOST2_SUBDOMAIN]]-80-[[KATACODA_HOST]].[[KATACODA_DOMAIN]]", "http://localhost:80"),
        (
            "http://console-x-[[HOST_SUBDOMAIN]]-443-[[KATACODA_HOST]].environments.katacoda.com/",
            "http://localhost:443/"
        ),
        ("-H 'Host: [[CLIENT_SUBDOMAIN]]-80-[[KATACODA_HOST]].environments.katacoda.com'", "-H 'Host: localhost:80'"),
        ("https://[[HOST_SUBDOMAIN]]-[[KATACODA_HOST]].environments.katacoda.com/", "http://localhost/"),
        ("ping [[HOST_IP]] [[HOST2_IP]]", "ping 127.0.0.1 127.0.0.1"),
        ("curl {{TRAFFIC_HOST1_80}}/x", "curl http://localhost:80/x"),
        ("https://{{TRAFFIC_HOST1_80}}", "http://localhost:80"), ("{{TRAFFIC_SELECTOR}}", "http://localhost"),
        (
            "{{TRAFFIC_HOSTX_Y}} [[PASSWORD]] {{.Values.x}} [[ -f x ]]",
            "{{TRAFFIC_HOSTX_Y}} [[PASSWORD]] {{.Values.x}} [[ -f x ]]"
        ),
        ("no placeholder", "no placeholder"),
    ])
    func placeholdersBecomeAddressesInsideTheLab(_ text: String, _ expected: String) {
        #expect(LabAddresses.substituted(in: text) == expected)
    }
}

@Suite struct CheckRuleTests {
    private func judge(
        _ script: String, _ ending: CommandResult.Ending, _ output: String = "", lateAfter: Double? = nil
    ) -> CheckRule.Judgement {
        CheckRule(script: script).judge(
            CommandResult(ending, output: output), errors: "", path: "/x", lateAfter: lateAfter)
    }

    @Test(arguments: ["echo done", "test -f x && echo \"done\"", "  echo 'done'; exit 0", "x=$(echo done)"])
    func aScriptThatEchoesDoneMustHavePrintedIt(_ script: String) {
        #expect(judge(script, .status(0), "done\n") == .passes(status: 0))
        #expect(judge(script, .status(0), "  done \n") == .passes(status: 0))
        #expect(judge(script, .status(0), "not done\n") == .fails(status: 0, "the check did not print 'done'"))
    }

    @Test(arguments: ["# echo done", "for x in a; do echo x; done", "echo donecode", "echo not done", "echodone"])
    func anyOtherScriptPassesByItsStatus(_ script: String) {
        #expect(judge(script, .status(0)) == .passes(status: 0))
    }

    @Test func anotherStatusFailsWhateverWasPrinted() {
        #expect(judge("echo done", .status(2), "done") == .fails(status: 2, "the check ended with exit status 2"))
    }

    @Test func aKilledCheckIsLateOnlyAfterItsTime() {
        #expect(judge("x", .signal(9)) == .cannotRun("it was killed by signal 9"))
        #expect(judge("x", .signal(9), lateAfter: 1.5) == .cannotRun("it did not end within 2 s"))
    }

    @Test func whatSaysNothingAboutTheWorkCouldNotRun() {
        guard case .cannotRun = judge("x", .signal(9)), case .cannotRun = judge("x", .signal(11)),
            case .cannotRun = judge("x", .notStarted("no bash"))
        else {
            Issue.record("a signal or a missing shell was taken for an answer")
            return
        }
    }
}

@Suite struct CheckChannelTests {
    @Test func linesComeInAnyOrderAndALaterOneReplacesAnEarlierOne() {
        let (report, notes) = CheckChannel.read("points: 3/5\nmessage: one\n\nHINT:  look \r\nmessage: two: three\n")
        #expect(report == CheckReport(message: "two: three", hint: "look", points: .init(reached: 3, possible: 5)))
        #expect(notes.isEmpty)
    }

    @Test(arguments: [
        "points: 6/5", "points: 3", "points: -1/5", "points: 0/0", "points: 1/99999", "what", "mesage: x",
    ])
    func aMalformedLineIsANote(_ line: String) {
        let (report, notes) = CheckChannel.read(line + "\n")
        #expect(report == CheckReport())
        #expect(notes.count == 1)
        #expect(notes.first?.contains(line) == true)
    }

    @Test func aFloodOfLinesIsCut() {
        let (_, notes) = CheckChannel.read(String(repeating: "x\n", count: 10_000))
        #expect(notes.count == 6)
    }
}

@Suite struct OrderTests {
    private func page(_ role: Page.Role, actions: [Action] = [], blocks: [FileBlock] = [], scripts: PageScripts) -> Page
    {
        Page(role: role, title: "\(role)", file: "x.md", actions: actions, fileBlocks: blocks, scripts: scripts)
    }

    private func place(_ line: Int) -> SourcePlace { SourcePlace(file: "x.md", line: line) }

    @Test func everythingHappensInTheOrderOfThePage() async throws {
        let lab = ScriptedLab([:])
        let scripts = PageScripts(foreground: "typed.sh", background: "hidden.sh", verify: "check.sh")
        let block = FileBlock(place: place(2), file: "a.txt", target: .replace, text: "a")
        let last = FileBlock(place: place(9), file: "~/b.txt", target: .append, text: "b")
        let page = page(
            .step(1), actions: [Action(place: place(1), text: "one"), Action(place: place(3), text: "two")],
            blocks: [block, last], scripts: scripts)
        let scenario = Scenario(directory: "lesson", title: "", pages: [page], settings: .init())
        let materials = LessonMaterials(
            scripts: ["typed.sh": Array("cd /tmp\n".utf8), "hidden.sh": Array("x".utf8), "check.sh": Array("x".utf8)])
        let outcomes = try await LessonVerifier(lab: lab).verify(scenario, materials: materials)
        #expect(outcomes.map(\.verdict) == [.passed])
        // The background script runs beside the rest, so its own run is not in this order.
        let order = lab.happened.filter { !$0.contains("run ") }
        #expect(
            order == [
                "write /run/lectern/scripts/step1/hidden.sh",
                "write /run/lectern/scripts/step1/hidden.sh.hooks", "T1 cd /tmp", "T1 one",
                "write /root/a.txt", "T1 two", "write /root/b.txt", "write /run/lectern/scripts/step1/check.sh",
            ])
        #expect(
            outcomes[0].scripts.map(\.kind).sorted { $0.rawValue < $1.rawValue } == [.background, .foreground, .verify])
    }

    @Test func afterAFailureNothingMoreIsTypedWrittenOrChecked() async throws {
        let lab = ScriptedLab(["one": [.init(text: "", ending: .status(1))]])
        let block = FileBlock(place: place(2), file: "a.txt", target: .replace, text: "a")
        let page = page(
            .step(1), actions: [Action(place: place(1), text: "one")], blocks: [block],
            scripts: PageScripts(verify: "check.sh"))
        let scenario = Scenario(directory: "lesson", title: "", pages: [page], settings: .init())
        let outcomes = try await LessonVerifier(lab: lab).verify(
            scenario, materials: .init(scripts: ["check.sh": Array("x".utf8)]))
        #expect(outcomes[0].fileBlocks.map(\.verdict) == [.notRun])
        #expect(outcomes[0].scripts.map(\.verdict) == [.notRun])
        #expect(lab.happened == ["T1 one"])
    }

    @Test func theIntrosScriptsRunWhateverStepsAreWantedUnlessTheLabHasHadThem() async throws {
        let intro = page(
            .intro, actions: [Action(place: place(1), text: "no")], scripts: PageScripts(foreground: "fg.sh"))
        let step = page(.step(2), actions: [Action(place: place(1), text: "two")], scripts: .init())
        let scenario = Scenario(directory: "lesson", title: "", pages: [intro, step], settings: .init())
        let materials = LessonMaterials(scripts: ["fg.sh": Array("cd".utf8)])
        let fresh = ScriptedLab([:])
        _ = try await LessonVerifier(lab: fresh).verify(scenario, materials: materials, steps: 2...2)
        #expect(fresh.typed == ["T1 cd", "T1 two"])
        // The lab remembers, also when everything is wanted; the page's own actions come again.
        _ = try await LessonVerifier(lab: fresh).verify(scenario, materials: materials, steps: 2...2)
        _ = try await LessonVerifier(lab: fresh).verify(scenario, materials: materials)
        #expect(fresh.typed == ["T1 cd", "T1 two", "T1 two", "T1 no", "T1 two"])
    }

    @Test(arguments: [true, false])
    func aStartWhoseScriptFailsIsNone(_ isForeground: Bool) async throws {
        let scripts = isForeground ? PageScripts(foreground: "x.sh") : PageScripts(background: "x.sh")
        let intro = page(.intro, scripts: scripts)
        let scenario = Scenario(directory: "lesson", title: "", pages: [intro], settings: .init())
        let lab = ScriptedLab(
            ["oops": [.init(text: "", ending: .status(1))]],
            hidden: ["setsid": [CommandResult(.status(1))]])
        _ = try await LessonVerifier(lab: lab).verify(
            scenario, materials: .init(scripts: ["x.sh": Array("oops".utf8)]))
        #expect(lab.remembered["lesson"]?.contains(.scripts) != true)
    }

    @Test func aCheckThatNeedsAMomentIsLookedAtAgain() async throws {
        let lab = ScriptedLab(
            [:], hidden: ["LECTERN_CHECK": [.init(.status(1)), .init(.status(1)), .init(.status(0))]])
        let page = page(
            .step(1), actions: [Action(place: place(1), text: "one")], scripts: PageScripts(verify: "check.sh"))
        let scenario = Scenario(directory: "lesson", title: "", pages: [page], settings: .init())
        let limits = VerificationLimits(eventually: 3600, settling: 3600)
        let outcomes = try await LessonVerifier(lab: lab, limits: limits).verify(
            scenario, materials: .init(scripts: ["check.sh": Array("x".utf8)]))
        #expect(outcomes[0].scripts.map(\.attempts) == [3])
        #expect(outcomes[0].scripts.map(\.verdict) == [.passed])
    }
}

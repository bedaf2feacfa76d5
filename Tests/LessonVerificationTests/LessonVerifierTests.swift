import Diagnostics
import LessonVerification
import Lessons
import Synchronization
import TerminalSessions
import Testing

private func place(_ line: Int) -> SourcePlace { SourcePlace(file: "step1.md", line: line) }

private func scenario(_ actions: [Action], _ samples: [Lessons.Sample] = [], links: [Link] = []) -> Scenario {
    let page = Page(
        role: .step(1), title: "One", file: "step1.md", actions: actions, samples: samples, links: links)
    return Scenario(directory: "lesson", title: "Lesson", pages: [page], settings: .init())
}

private func verify(_ scenario: Scenario, in lab: ScriptedLab) async throws -> [ActionOutcome] {
    // Waiting for data never ends here, since the machine may be slow; waiting for a contradiction does.
    let limits = VerificationLimits(action: 3600, eventually: 3600, settling: 0.1, grace: 0.01)
    return try await LessonVerifier(lab: lab, limits: limits).verify(scenario).flatMap(\.actions)
}

@Suite struct LessonVerifierTests {
    @Test func aTimeoutIsAFieldOfItsOwnWithItsEvidence() async throws {
        let evidence = TimeoutEvidence(
            command: "server", processGroup: 7, state: "S", cpuTicks: 1, isWaitingForTerminal: false, wasEnded: true)
        let lab = ScriptedLab(["serve": [.init(text: "up", ending: .timedOut(evidence), screen: ["$ serve", "up"])]])
        let action = Action(
            place: SourcePlace(file: "a.md", line: 1), text: "serve", directives: .init(timeout: 3))
        let page = Page(role: .step(1), title: "", file: "a.md", actions: [action])
        let scenario = Scenario(directory: "lesson", title: "", pages: [page], settings: .init())
        let outcome = try #require(try await LessonVerifier(lab: lab).verify(scenario).first?.actions.first)
        #expect(outcome.verdict == .failed)
        #expect(
            outcome.timeout
                == ActionTimeout(
                    limit: 3, program: "server", state: "S", isWaitingForTerminal: false, outlivedSignals: false))
        #expect(lab.happened.last == "T1 serve")
        // Its shell would not answer either.
        var stuck = evidence
        stuck.wasEnded = false
        let deaf = ScriptedLab(["serve": [.init(text: "up", ending: .timedOut(stuck))]])
        _ = try await LessonVerifier(lab: deaf).verify(scenario)
        #expect(deaf.happened.suffix(2) == ["T1 serve", "end T1"])
        #expect(outcome.problem == outcome.timeout?.description)
        #expect(outcome.screen == ["$ serve", "up"])
    }

    @Test func aSampleThatHoldsPasses() async throws {
        let lab = ScriptedLab(["db": [.init(text: "simplecqrs_r", ending: .prompt("> "))]])
        let outcomes = try await verify(
            scenario(
                [Action(place: place(1), text: "db")],
                [Lessons.Sample(place: place(3), text: "simplecqrs_r", action: 0, wording: .exact)]), in: lab)
        #expect(outcomes.map(\.verdict) == [.passed])
        #expect(outcomes[0].samples.map(\.verdict) == [.passed])
    }

    @Test func theFirstFailureNamesTheDifferenceAndKeepsTheRestFromRunning() async throws {
        let lab = ScriptedLab(["use x": [.init(text: "switched to db y", ending: .prompt("> "))]])
        let outcomes = try await verify(
            scenario(
                [Action(place: place(1), text: "use x"), Action(place: place(9), text: "date")],
                [Lessons.Sample(place: place(3), text: "switched to db x", action: 0, wording: .exact)]), in: lab)
        #expect(outcomes.map(\.verdict) == [.failed, .notRun])
        #expect(outcomes[0].problem == #"expected "x", got "y""#)
        #expect(lab.typed.allSatisfy { !$0.contains("date") })
    }

    @Test func theNoticeOfABackgroundJobIsNobodysOutput() async throws {
        let lab = ScriptedLab(["echo hi": [.init(text: "hi\n[1]+  Done                    sleep 0.5")]])
        let sample = Lessons.Sample(place: place(3), text: "hi", action: 0, wording: .exact)
        let outcomes = try await verify(scenario([Action(place: place(1), text: "echo hi")], [sample]), in: lab)
        #expect(outcomes[0].verdict == .passed)
    }

    @Test func aShellThatEndsWithAFailureFails() async throws {
        let lab = ScriptedLab([
            "set -e; false": [.init(text: "", ending: .shellEnded(1))],
            "exit": [.init(text: "", ending: .shellEnded(1))],
        ])
        #expect(
            try await verify(scenario([Action(place: place(1), text: "set -e; false")]), in: lab)[0].verdict == .failed)
        #expect(try await verify(scenario([Action(place: place(1), text: "exit")]), in: lab)[0].verdict == .passed)
    }

    @Test func aCommandWithoutASampleFailsByItsStatus() async throws {
        let lab = ScriptedLab(["false": [.init(text: "", ending: .status(1))]])
        let outcomes = try await verify(scenario([Action(place: place(1), text: "false")]), in: lab)
        #expect(outcomes[0].verdict == .failed)
        #expect(outcomes[0].problem?.contains("exit status 1") == true)
    }

    @Test func aStatusThatTheNextActionPrintsMayBeAny() async throws {
        let lab = ScriptedLab(["false": [.init(text: "", ending: .status(1))], "echo $?": [.init(text: "1")]])
        let actions = [Action(place: place(1), text: "false"), Action(place: place(3), text: "echo $?")]
        #expect(try await verify(scenario(actions), in: lab).map(\.verdict) == [.passed, .passed])
    }

    @Test func aFailureThatMayBeMeantSaysHowToSaySo() async throws {
        let lab = ScriptedLab(["false": [.init(text: "", ending: .status(3))]])
        let outcome = try await verify(scenario([Action(place: place(1), text: "false")]), in: lab)[0]
        #expect(outcome.notes.contains { $0.contains("<!-- lectern: status=3 -->") })
    }

    @Test func aFetchThatFailsSaysThatALabHasNoInternet() async throws {
        let lab = ScriptedLab(["sudo apt install -y tree": [.init(text: "", ending: .status(100))]])
        let action = Action(place: place(1), text: "sudo apt install -y tree")
        let outcome = try await verify(scenario([action]), in: lab)[0]
        #expect(
            outcome.notes.count == 1 && outcome.notes[0].hasPrefix("'apt install' needs the internet"),
            "\(outcome.notes)")
    }

    @Test func aStatusBesideTheAllowedOnesIsToldWithThem() async throws {
        let lab = ScriptedLab(["diff a b": [.init(text: "", ending: .status(2))]])
        let action = Action(place: place(1), text: "diff a b", directives: .init(allowedStatuses: [1]))
        let outcome = try await verify(scenario([action]), in: lab)[0]
        #expect(outcome.problem == "exit status 2, where the lesson allows 0, 1")
        #expect(outcome.notes.contains { $0.contains("<!-- lectern: status=1,2 -->") })
    }

    @Test func anActionWhoseTimeIsOverSaysHowToGiveItMore() async throws {
        func notes(waiting: Bool, sample: Bool) async throws -> [String] {
            let evidence = TimeoutEvidence(
                command: "make", processGroup: 7, state: "S", cpuTicks: 1, isWaitingForTerminal: waiting, wasEnded: true
            )
            let lab = ScriptedLab(["make": [.init(text: "", ending: .timedOut(evidence))]])
            let samples = [Lessons.Sample(place: place(3), text: "made", action: 0, wording: .exact)]
            let lesson = scenario([Action(place: place(1), text: "make")], sample ? samples : [])
            return try await verify(lesson, in: lab)[0].notes
        }
        let silent = try await notes(waiting: false, sample: false)
        #expect(silent.contains { $0.contains("<!-- lectern: timeout=5m -->") && $0.contains("show what it prints") })
        let shown = try await notes(waiting: false, sample: true)
        #expect(shown.contains { $0.contains("<!-- lectern: timeout=5m -->") && !$0.contains("show what") })
        #expect(try await notes(waiting: true, sample: false).contains { $0.contains("as the next action") })
    }

    @Test func anAllowedStatusPasses() async throws {
        let lab = ScriptedLab(["false": [.init(text: "", ending: .status(1))]])
        let action = Action(place: place(1), text: "false", directives: .init(allowedStatuses: [1]))
        #expect(try await verify(scenario([action]), in: lab)[0].verdict == .passed)
    }

    @Test func aStatusAfterAnInterruptIsNotTheLessonsClaim() async throws {
        let lab = ScriptedLab(["make": [.init(text: "^C", ending: .status(130))]])
        let action = Action(place: place(1), text: "make", kind: .interrupt)
        #expect(try await verify(scenario([action]), in: lab)[0].verdict == .passed)
    }

    @Test func aReadIsTypedAgainUntilTheDataHasArrived() async throws {
        let read = "curl -s localhost:9001/orders/1"
        let lab = ScriptedLab([read: [.init(text: ""), .init(text: ""), .init(text: #"{"quantity": 4}"#)]])
        let outcomes = try await verify(
            scenario(
                [Action(place: place(1), text: read)],
                [Lessons.Sample(place: place(3), text: #"{"quantity": 4}"#, action: 0, wording: .exact)]), in: lab)
        #expect(outcomes[0].verdict == .passed)
        #expect(outcomes[0].attempts == 3)
        #expect(outcomes[0].notes.first?.hasPrefix("matched after 3 attempts in ") == true)
    }

    @Test func aListThatIsStillTooShortIsReadAgain() async throws {
        let read = "curl -s localhost:9001/orders"
        let lab = ScriptedLab([read: [.init(text: "[]"), .init(text: "[\n  1,\n  2\n]")]])
        let outcomes = try await verify(
            scenario(
                [Action(place: place(1), text: read)],
                [Lessons.Sample(place: place(3), text: "[\n  1,\n  2\n]", action: 0, wording: .similar)]), in: lab)
        #expect(outcomes[0].verdict == .passed)
        #expect(outcomes[0].attempts == 2)
    }

    @Test func aListThatIsTooShortWhileTheReadStillRunsIsReadAgain() async throws {
        let read = "curl -s localhost:9001/orders | jq"
        let first = ScriptedLab.Answer(text: "[]", ending: .running, later: [.init(text: "[]")])
        let lab = ScriptedLab([read: [first, .init(text: "[\n  {\"a\": 1},\n  {\"a\": 2}\n]")]])
        let sample = Lessons.Sample(
            place: place(3), text: "[\n  {\n    \"a\": 3\n  },\n  {\n    \"a\": 4\n  }\n]", action: 0,
            wording: .similar)
        let outcomes = try await verify(scenario([Action(place: place(1), text: read)], [sample]), in: lab)
        #expect(outcomes[0].verdict == .passed)
        #expect(outcomes[0].attempts == 2)
    }

    @Test(.timeLimit(.minutes(1)))
    func aReadWhoseFieldHasAnotherNameIsGivenUpLongBeforeDataThatIsOnItsWay() async throws {
        let read = "curl -s localhost:9001/orders/1"
        let lab = ScriptedLab([read: [.init(text: #"{"amount": 4}"#)]])
        let lesson = scenario(
            [Action(place: place(1), text: read)],
            [Lessons.Sample(place: place(3), text: #"{"quantity": 4}"#, action: 0, wording: .similar)])
        let limits = VerificationLimits(action: 3600, eventually: 3600, settling: 0.1)
        let outcomes = try await LessonVerifier(lab: lab, limits: limits).verify(lesson).flatMap(\.actions)
        #expect(outcomes[0].verdict == .failed)
        #expect(outcomes[0].problem?.contains("quantity: missing") == true)
    }

    @Test func anOptionalSampleHoldsForNothingAtAll() async throws {
        let lab = ScriptedLab(["npm install": [.init(text: "")], "npm test": [.init(text: "zebra")]])
        func lesson(_ command: String) -> Scenario {
            scenario(
                [Action(place: place(1), text: command)],
                [
                    Lessons.Sample(
                        place: place(3), text: "a notice", action: 0, wording: .exact,
                        directives: .init(isOptional: true))
                ])
        }
        #expect(try await verify(lesson("npm install"), in: lab)[0].verdict == .passed)
        #expect(try await verify(lesson("npm test"), in: lab)[0].verdict == .failed)
    }

    @Test(.timeLimit(.minutes(1)))
    func aSamplesOwnTimeoutEndsTheLooks() async throws {
        let read = "curl -s localhost:9001/orders/1"
        let lab = ScriptedLab([read: [.init(text: "")]])
        let lesson = scenario(
            [Action(place: place(1), text: read)],
            [
                Lessons.Sample(
                    place: place(3), text: "4", action: 0, wording: .exact, directives: .init(timeout: 0.2))
            ])
        // Without it the run would go on for an hour.
        let outcomes = try await verify(lesson, in: lab)
        #expect(outcomes[0].verdict == .failed)
        #expect(outcomes[0].attempts > 1)
    }

    @Test func linesOfAFindMayComeInAnyOrderAndThoseOfASortMayNot() async throws {
        let lab = ScriptedLab([
            "find src -name '*.c'": [.init(text: "src/b.c\nsrc/a.c")],
            "find src -name '*.c' | sort": [.init(text: "src/b.c\nsrc/a.c")],
        ])
        func verdict(_ command: String) async throws -> Verdict {
            let lesson = scenario(
                [Action(place: place(1), text: command)],
                [Lessons.Sample(place: place(3), text: "src/a.c\nsrc/b.c", action: 0, wording: .exact)])
            let limits = VerificationLimits(action: 0.2, eventually: 0.1, settling: 0.1)
            return try await LessonVerifier(lab: lab, limits: limits).verify(lesson)[0].verdict
        }
        #expect(try await verdict("find src -name '*.c'") == .passed)
        #expect(try await verdict("find src -name '*.c' | sort") == .failed)
    }

    @Test func anUpdateGoesOnWhereASampleDiffersAndStopsAtAFailure() async throws {
        let lab = ScriptedLab([
            "date": [.init(text: "zebra")], "pwd": [.init(text: "/root")],
            "false": [.init(text: "no", ending: .status(1))],
        ])
        let lesson = scenario(
            ["date", "pwd", "false", "ls"].enumerated().map { Action(place: place(10 * $0 + 1), text: $1) },
            [Lessons.Sample(place: place(3), text: "2020-12-30", action: 0, wording: .exact)])
        let seen = Mutex<[ObservedOutput]>([])
        let limits = VerificationLimits(action: 0.2, eventually: 0.1, settling: 0.1, steady: 0.01)
        let pages = try await LessonVerifier(
            lab: lab, limits: limits, purpose: .updating { _, observed in seen.withLock { $0.append(observed) } }
        ).verify(lesson)
        #expect(pages[0].actions.map(\.verdict) == [.passed, .passed, .failed, .notRun])
        #expect(seen.withLock { $0.map(\.text) } == ["zebra", "/root", "no"])
        #expect(seen.withLock { $0.map { $0.problem == nil } } == [true, true, false])
    }

    @Test func aWriteIsTypedOnce() async throws {
        let write = #"curl -s localhost:9001/orders -d '{"quantity": 4}'"#
        let lab = ScriptedLab([write: [.init(text: ""), .init(text: #"{"id": 1}"#)]])
        let outcomes = try await verify(
            scenario(
                [Action(place: place(1), text: write)],
                [Lessons.Sample(place: place(3), text: #"{"id": 1}"#, action: 0, wording: .exact)]), in: lab)
        #expect(outcomes[0].verdict == .failed)
        #expect(outcomes[0].attempts == 1)
    }

    @Test func aServerHasStartedOnceItsDocumentedLineStands() async throws {
        let lab = ScriptedLab([
            "serve": [
                .init(
                    text: "starting", ending: .running,
                    later: [.init(text: "starting\nlistening on 9001", ending: .quiet)])
            ]
        ])
        let outcomes = try await verify(
            scenario(
                [Action(place: place(1), text: "serve")],
                [Lessons.Sample(place: place(3), text: "listening on 9001", action: 0, wording: .exact)]), in: lab)
        #expect(outcomes[0].verdict == .passed)
    }

    @Test func aSampleAfterALaterActionLooksAtTheEarlierTerminal() async throws {
        let lab = ScriptedLab([
            "consume": [.init(text: "waiting", ending: .quiet, later: [.init(text: "waiting\nhello", ending: .quiet)])]
        ])
        let outcomes = try await verify(
            scenario(
                [
                    Action(place: place(1), text: "consume", terminal: 2),
                    Action(place: place(3), text: "echo hello", terminal: 1),
                ],
                [Lessons.Sample(place: place(5), text: "hello", action: 0, wording: .exact)]), in: lab)
        #expect(outcomes.map(\.verdict) == [.passed, .passed])
        #expect(outcomes[1].samples.map(\.place.line) == [5])
    }

    @Test func aMacroWithoutATerminalGoesToTheOneUsedLast() async throws {
        let lab = ScriptedLab([:])
        let actions = [
            Action(place: place(1), text: "a"), Action(place: place(2), text: "b", terminal: 2),
            Action(place: place(3), text: "c"),
        ]
        _ = try await verify(scenario(actions), in: lab)
        #expect(lab.typed == ["T1 a", "T2 b", "T2 c"])
    }

    @Test func theScreenIsComparedWhereTheAuthorAsksForIt() async throws {
        let lab = ScriptedLab([
            ":12": [.init(text: "", ending: .waiting, screen: ["  12     try await publish(event)"])]
        ])
        var sample = Lessons.Sample(place: place(3), text: "try await publish(event)", action: 0, wording: .exact)
        sample.directives.source = .screen
        #expect(
            try await verify(scenario([Action(place: place(1), text: ":12")], [sample]), in: lab)[0].verdict == .passed)
        sample.text = "try await store(event)"
        #expect(
            try await verify(scenario([Action(place: place(1), text: ":12")], [sample]), in: lab)[0].verdict == .failed)
    }

    @Test func aPortThatDoesNotAnswerFailsTheLink() async throws {
        let lab = ScriptedLab([:], ports: [8080: 200])
        let links = [8080, 8081].map { Link(place: place($0), target: .labPort($0, path: "/")) }
        let limits = VerificationLimits()
        let pages = try await LessonVerifier(lab: lab, limits: limits).verify(scenario([], links: links))
        #expect(pages[0].links.map(\.verdict) == [.passed, .failed])
        #expect(pages[0].links[1].problem == "nothing answers on the lab's port 8081")
    }

    @Test func onlyTheStepsThatWereAskedForRun() async throws {
        var lesson = scenario([Action(place: place(1), text: "one")])
        lesson.pages.append(
            Page(role: .step(2), title: "Two", file: "step2.md", actions: [Action(place: place(1), text: "two")]))
        let lab = ScriptedLab([:])
        _ = try await LessonVerifier(lab: lab).verify(lesson, steps: 2...2)
        #expect(lab.typed == ["T1 two"])
    }
}

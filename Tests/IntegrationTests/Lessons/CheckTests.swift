import Foundation
import Testing

/// Checks, challenges and quizzes on the real sandbox.
@Suite(.enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct CheckTests {
    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    private func run(check: String, page: String = "`true`{{execute}}\n", step: String = "") throws
        -> LecternProgram.Run
    {
        let scenario = try WrittenScenario(
            in: lectern, step: #""verify": "check.sh""# + step, page: page, files: ["check.sh": check])
        return try lectern.run(["verify", scenario.path])
    }

    @Test(arguments: [
        ("exit 0\n", 0), ("exit 1\n", 1), ("echo done\n", 0), ("echo \"not done\"\n", 0),
        ("[ -f x ] && echo done || echo \"not done\"\n", 1), ("#!/no/such/shell\nexit 0\n", 2),
        ("kill -SEGV $$\n", 2), ("no-such-program\n", 1),
    ])
    func theEndOfACheckDecides(_ check: String, _ status: Int32) throws {
        defer { lectern.remove() }
        let run = try run(check: check)
        #expect(run.status == status, "\(run.output)\(run.problems)")
    }

    @Test func aCheckThatDoesNotEndCouldNotRun() throws {
        defer { lectern.remove() }
        let run = try run(check: "sleep 1000\n", step: #", "lectern": {"checkTimeout": "300ms"}"#)
        #expect(run.status == 2)
        #expect(run.output.contains("the check could not run"), "\(run.output)")
        #expect(lectern.leftovers() == [])
    }

    @Test func aCheckLooksAgainAtWorkThatIsAboutToEnd() throws {
        defer { lectern.remove() }
        let run = try run(check: "test -f ~/late\n", page: "`(sleep 0.3; touch ~/late) & true`{{execute}}\n")
        #expect(run.status == 0, "\(run.output)")
    }

    @Test func aCheckSaysMessageHintAndPoints() throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern, step: #""verify": "check.sh""#,
            files: [
                "check.sh": """
                out=${LECTERN_CHECK:-/dev/null}
                { echo "message: two cards are missing"; echo "hint: look into the drawer"; echo "points: 3/5"; } >> "$out"
                echo "what is this" >> "$out"
                echo to the log; echo and the errors >&2
                exit 1
                """
            ])
        let run = try lectern.run(["verify", scenario.path])
        #expect(run.status == 1)
        for part in [
            "two cards are missing", "hint: look into the drawer", "3 of 5 points", "the check says 'what is this'",
            "to the log", "and the errors",
        ] {
            #expect(run.output.contains(part), "\(part) in \(run.output)")
        }
        let json = try lectern.run(["verify", "--json", scenario.path])
        #expect(json.output.contains(#""reached" : 3"#), "\(json.output)")
        #expect(json.output.contains(#""possible" : 5"#))
    }

    @Test func aStepWithAnAnswerIsLookedAtOnceItWasFollowed() throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern, step: #""verify": "check.sh", "answer": "answer.md""#,
            files: ["check.sh": "test -f ~/made\n", "answer.md": "`touch ~/made`{{execute}}\n"])
        let run = try lectern.run(["verify", scenario.path])
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains("after the page's solution was followed"))
    }

    @Test func aMissingCheckIsNamedAtItsLine() throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(in: lectern, step: #""verify": "check.sh""#)
        let run = try lectern.run(["verify", scenario.path])
        #expect(run.status == 2)
        #expect(run.output.contains("index.json:2:"), "\(run.output)")
        #expect(run.output.contains("check.sh"))
    }

    private func challenge(
        check: String, step: String, page: String = "hello\n", files: [String: String] = [:], intro: String = ""
    ) throws -> LecternProgram.Run {
        let scenario = try WrittenScenario(
            in: lectern, step: #""verify": "check.sh""# + step, page: page, before: intro,
            others: #""type": "challenge@0.8", "backend": {"imageid": "ubuntu"}"#,
            files: files.merging(["check.sh": check]) { $1 })
        return try lectern.run(["verify", scenario.path])
    }

    @Test func aTaskFailsBeforeItsSolutionAndPassesAfterIt() throws {
        defer { lectern.remove() }
        let check = "test -f ~/bananas.txt\n"
        let answered = try challenge(
            check: check, step: #", "answer": "answer.md", "hint": "hint.sh""#,
            files: ["answer.md": "`touch ~/bananas.txt`{{execute}}\n", "hint.sh": "[ $1 -ge 20 ] && echo use touch\n"])
        #expect(answered.status == 0, "\(answered.output)")
        #expect(answered.output.contains("hint: use touch"))
        let scripted = try challenge(
            check: check, step: #", "lectern": {"solution": "solution.sh"}"#,
            files: ["solution.sh": "touch bananas.txt\n"])
        #expect(scripted.status == 0, "\(scripted.output)")
        let solver = try challenge(
            check: check, step: "", files: ["assets/solutions.sh": "function solve_task_1() {\n touch bananas.txt\n}\n"]
        )
        #expect(solver.status == 0, "\(solver.output)")
        // A solver that knows other tasks leaves this one to its page.
        let partly = try challenge(
            check: check, step: "", page: "`touch ~/bananas.txt`{{execute}}\n",
            files: ["assets/solutions.sh": "solve_task_11() {\n true\n}\n"])
        #expect(partly.status == 0, "\(partly.output)")
    }

    @Test func aTaskThatIsDoneBeforeItBeginsFails() throws {
        defer { lectern.remove() }
        let run = try challenge(
            check: "exit 0\n", step: #", "answer": "answer.md""#, files: ["answer.md": "`true`{{execute}}\n"])
        #expect(run.status == 1)
        #expect(run.output.contains("passes before the task is done"), "\(run.output)")
    }

    @Test func aSolutionThatDoesNotSolveFails() throws {
        defer { lectern.remove() }
        let run = try challenge(
            check: "exit 1\n", step: #", "answer": "answer.md""#, files: ["answer.md": "`true`{{execute}}\n"])
        #expect(run.status == 1)
        #expect(run.output.contains("the check ended with exit status 1"), "\(run.output)")
    }

    @Test func aTaskWithoutASolutionCannotBeTold() throws {
        defer { lectern.remove() }
        let run = try challenge(check: "exit 1\n", step: "")
        #expect(run.status == 2)
        #expect(run.output.contains("has no solution that could be run"), "\(run.output)")
    }

    @Test func aChallengeWaitsForItsBackgroundScript() throws {
        defer { lectern.remove() }
        let run = try challenge(
            check: "test -f ~/made\n", step: #", "answer": "answer.md""#,
            files: [
                "answer.md": "`cp ~/prepared ~/made`{{execute}}\n", "intro.md": "hello",
                "hidden.sh": "sleep 0.3; touch ~/prepared /opt/katacoda-background-finished\n",
            ], intro: #""intro": {"text": "intro.md", "background": "hidden.sh"}, "#)
        #expect(run.status == 0, "\(run.output)")
    }

    @Test func aQuizThatCannotBeAnsweredFailsAndBlocksNothing() throws {
        defer { lectern.remove() }
        let scenario = try WrittenScenario(
            in: lectern,
            details: """
                {"steps": [{"title": "One", "text": "step1.md"}, {"title": "Two", "text": "step2.md"}]}
                """,
            files: [
                "step1.md": ">>Which?<<\n( ) this\n( ) that\n\n>>And which?<<\n(*) this\n( ) that\n",
                "step2.md": "`echo later`{{execute}}\n",
            ])
        let run = try lectern.run(["verify", scenario.path])
        #expect(run.status == 1)
        #expect(run.output.contains("no choice is right"), "\(run.output)")
        #expect(run.output.contains("step1.md:1"))
        #expect(run.output.contains("✓ quiz And which?"))
        #expect(run.output.contains("✓ T1   echo later"))
    }
}

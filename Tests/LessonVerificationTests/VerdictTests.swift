import Diagnostics
import LessonVerification
import Lessons
import TerminalSessions
import Testing

private func place(_ line: Int) -> SourcePlace { SourcePlace(file: "step1.md", line: line) }

/// The outcome of one action that prints so, with a sample where one is given.
private func outcome(
    of command: String = "boxctl", failing: AnnouncedFailure? = nil, status: Set<Int>? = nil,
    sample: String? = nil, wording: Wording = .exact, extent: SampleExtent = .whole, line: Int? = nil,
    answering answer: ScriptedLab.Answer
) async throws -> ActionOutcome {
    let action = Action(
        place: place(1), text: command, directives: .init(allowedStatuses: status), announcedFailure: failing)
    let samples = sample.map {
        [
            Lessons.Sample(
                place: place(3), text: $0, action: 0, wording: wording, extent: extent, lineNumber: line)
        ]
    }
    let page = Page(
        role: .step(1), title: "One", file: "step1.md", actions: [action], samples: samples ?? [])
    let scenario = Scenario(directory: "lesson", title: "Lesson", pages: [page], settings: .init())
    let limits = VerificationLimits(action: 3600, eventually: 0.1, settling: 0.1, grace: 0.01)
    let lab = ScriptedLab([command: [answer]])
    return try #require(try await LessonVerifier(lab: lab, limits: limits).verify(scenario).first?.actions.first)
}

@Suite struct ProgramErrorTests {
    @Test(
        "an error of a program without exit statuses fails an action without a sample",
        arguments: [
            (
                "python3",
                "Traceback (most recent call last):\n  File \"<stdin>\", line 1, in <module>\nNameError: name 'tea' is not defined",
                "NameError"
            ),
            (
                "python3", "  File \"<stdin>\", line 1\n    tea(\n       ^\nSyntaxError: '(' was never closed",
                "SyntaxError"
            ),
            ("mariadb", "ERROR 1146 (42S02): Table 'shop.tea' doesn't exist", "ERROR 1146"),
            ("mysql", "ERROR 1064 (42000): You have an error in your SQL syntax", "ERROR 1064"),
            ("psql", "ERROR:  relation \"tea\" does not exist\nLINE 1: select * from tea;", "relation"),
            ("sqlite3", "Parse error: no such table: tea", "no such table"),
            ("mongosh", "TypeError: db.tea.fnd is not a function", "TypeError"),
            ("mongosh", "MongoServerError[DuplicateKey]: E11000 duplicate key error", "E11000"),
            ("node", "Uncaught ReferenceError: tea is not defined", "ReferenceError"),
            ("redis-cli", "(error) ERR unknown command 'TEA'", "unknown command"),
            ("bash", "bash: teapot: command not found", "teapot"), ("sh", "sh: 1: teapot: not found", "teapot"),
            ("dash", "cat: /none: No such file or directory", "No such file"),
            ("docker", "ERROR 1146 (42S02): Table 'shop.tea' doesn't exist", "ERROR 1146"),
            ("unzip", "replace a? [y]es, [n]o: error:  invalid response [ls]", "invalid response"),
        ])
    func errors(program: String, output: String, named: String) async throws {
        let ended = try await outcome(answering: .init(text: output, ending: .prompt("> "), program: program))
        #expect(ended.verdict == .failed)
        #expect(ended.problem?.contains(named) == true, "\(ended.problem ?? "")")
        // A page that announces it, and one whose author allows it, mean it.
        let announced = try await outcome(
            failing: .failure, answering: .init(text: output, ending: .prompt("> "), program: program))
        #expect(announced.verdict == .passed)
        let allowed = try await outcome(
            status: [1], answering: .init(text: output, ending: .prompt("> "), program: program))
        #expect(allowed.verdict == .passed)
    }

    @Test(
        "what only looks like an error in another program is output",
        arguments: [
            ("python3", "Error: none of it"), ("python3", "ValueError('tea')"), ("mariadb", "| Error: 3 |"),
            ("mongosh", "{ error: 'none' }"), ("psql", " ERROR | 3"), ("node", "'Error: tea'"),
            ("bash", "bash: warning: setlocale: LC_ALL: cannot change locale"), ("sqlite3", "Errors|0"),
        ])
    func output(program: String, output: String) async throws {
        let ended = try await outcome(answering: .init(text: output, ending: .prompt("> "), program: program))
        #expect(ended.verdict == .passed, "\(ended.problem ?? "")")
    }

    @Test("a missing command in an action that ends well is told and counted, and fails nothing")
    func told() async throws {
        let ended = try await outcome(answering: .init(text: "bash: teapot: command not found\nready"))
        #expect(ended.verdict == .passed)
        #expect(ended.showsError)
        #expect(ended.notes.contains { $0.contains("teapot: command not found") })
    }
}

@Suite struct BlockFailureTests {
    private func block(_ failures: [FailedLine], of command: String = "a\nb\nc") async throws -> ActionOutcome {
        try await outcome(
            of: command, answering: .init(text: "ready", failures: failures, statuses: failures.map(\.status) + [0]))
    }

    @Test("a line whose command is missing fails its block, and is named with the count of the others")
    func missing() async throws {
        let ended = try await block([
            FailedLine(line: 1, text: "teapot init", status: 127, output: "bash: teapot: command not found"),
            FailedLine(line: 2, text: "[ -d tea ] && ls tea", status: 1),
        ])
        #expect(ended.verdict == .failed)
        #expect(
            ended.problem
                == "line 1, 'teapot init', ended with exit status 127: bash: teapot: command not found; 1 more line failed"
        )
    }

    @Test("a line that says what went wrong fails its block; one that is silent is told of")
    func said() async throws {
        let said = try await block([
            FailedLine(line: 2, text: "cd /tea", status: 1, output: "bash: cd: /tea: No such file or directory")
        ])
        #expect(said.verdict == .failed)
        let silent = try await block([FailedLine(line: 2, text: "[ -d tea ] && ls tea", status: 1)])
        #expect(silent.verdict == .passed)
        #expect(silent.notes.contains { $0.hasPrefix("line 2, ") })
    }

    @Test("a block whose last line ends its shell is judged, whatever came before")
    func shellEnds() async throws {
        let ended = try await outcome(of: "a\nexit 3", answering: .init(text: "", ending: .shellEnded(3)))
        #expect(ended.verdict == .failed)
    }
}

@Suite struct StatusTests {
    @Test("a status that goes with the documented output is the author's claim")
    func shown() async throws {
        let ended = try await outcome(
            sample: "1c1\n< tea\n---\n> cup", answering: .init(text: "1c1\n< tea\n---\n> cup", ending: .status(1)))
        #expect(ended.verdict == .passed)
        #expect(ended.notes == ["ended with exit status 1; the output is what the page shows"])
        #expect(ended.attempts == 1)
    }

    @Test("a missing command fails whatever the sample, and what ends by a signal too")
    func never() async throws {
        for status: Int32 in [126, 127, 139] {
            let ended = try await outcome(sample: "tea", answering: .init(text: "tea", ending: .status(status)))
            #expect(ended.verdict == .failed)
        }
    }

    @Test("a part that holds says nothing of a status beside an error")
    func part() async throws {
        let ended = try await outcome(
            sample: "tea", extent: .part,
            answering: .init(text: "tea\ncat: cup: No such file or directory", ending: .status(1)))
        #expect(ended.verdict == .failed)
    }

    @Test("a page that announces a failure accepts any but a missing command's")
    func announced() async throws {
        let answer = ScriptedLab.Answer(text: "refused", ending: .status(2))
        #expect(try await outcome(failing: .failure, answering: answer).verdict == .passed)
        #expect(try await outcome(answering: answer).verdict == .failed)
        let missing = ScriptedLab.Answer(text: "bash: boxctl: command not found", ending: .status(127))
        #expect(try await outcome(failing: .failure, answering: missing).verdict == .failed)
        #expect(try await outcome(failing: .missingCommand, answering: missing).verdict == .passed)
        let well = try await outcome(failing: .failure, answering: .init(text: ""))
        #expect(well.notes == ["the page says that it fails; it ended with exit status 0"])
    }

    @Test("diff, cmp and grep -c answer with 1, and a read to the end of a text does")
    func answers() async throws {
        for command in ["diff a b", "cmp a b", "cat a | grep -c tea", "git diff --no-index a b"] {
            #expect(try await outcome(of: command, answering: .init(text: "0", ending: .status(1))).verdict == .passed)
            #expect(try await outcome(of: command, answering: .init(text: "", ending: .status(1))).verdict == .failed)
        }
        let text = "read -r -d '' TEA <<'EOF'\ngreen\nEOF"
        #expect(try await outcome(of: text, answering: .init(text: "", ending: .status(1))).verdict == .passed)
        #expect(try await outcome(of: "grep tea a", answering: .init(text: "x", ending: .status(1))).verdict == .failed)
    }
}

@Suite struct ShownBeforeTests {
    @Test("what stands before the output may be on the page or not")
    func either() async throws {
        let answer = ScriptedLab.Answer(text: "tea", shownBefore: "echo tea\n")
        for sample in ["tea", "echo tea\ntea"] {
            #expect(try await outcome(of: "!!", sample: sample, answering: answer).verdict == .passed)
        }
        #expect(try await outcome(of: "!!", sample: "echo cup\ntea", answering: answer).verdict == .failed)
    }

    @Test("the number of a job that starts is no output of a command that starts one")
    func jobs() async throws {
        let answer = ScriptedLab.Answer(text: "[1] 4711\ntea")
        for command in ["brew & cat cup", "brew >log 2>&1 & sleep 1; cat cup"] {
            let outcome = try await outcome(of: command, sample: "tea", answering: answer)
            #expect(outcome.verdict == .passed && outcome.notes.isEmpty)
        }
        for command in ["brew && cat cup", "brew 2>&1", "brew &>log"] {
            let outcome = try await outcome(of: command, sample: "tea", answering: answer)
            #expect(outcome.verdict == .failed || !outcome.notes.isEmpty)
        }
        #expect(try await outcome(of: "brew &", sample: "[1] 17\ntea", answering: answer).verdict == .passed)
    }
}

@Suite struct ScreenTests {
    private let rows = ["green", "black", "white", "mint", "~", "~", "\"teas\" 4L, 23B"]

    @Test(
        "an unmarked block is looked for on the screen of a full-screen program, and claims nothing where it isn't there"
    )
    func screen() async throws {
        let answer = ScriptedLab.Answer(
            text: "", ending: .waiting, screen: rows, program: "vi", isAlternateScreen: true)
        #expect(
            try await outcome(of: "/mint", sample: "mint", wording: .unmarked, answering: answer).samples[0].verdict
                == .passed)
        let absent = try await outcome(of: "/cup", sample: "cup", wording: .unmarked, answering: answer)
        #expect(absent.verdict == .passed)
        #expect(absent.samples[0].verdict == .notRun)
        #expect(try await outcome(of: "/cup", sample: "cup", answering: answer).verdict == .failed)
    }

    @Test("the line that the page names is the line on the screen")
    func lines() async throws {
        func verdict(_ line: Int, rows: [String]) async throws -> Verdict {
            try await outcome(
                of: "/mint", sample: "mint", wording: .unmarked, line: line,
                answering: .init(text: "", ending: .waiting, screen: rows, program: "vi", isAlternateScreen: true)
            ).verdict
        }
        #expect(try await verdict(4, rows: rows) == .passed)
        #expect(try await verdict(5, rows: rows) == .failed)
        let numbered = ["     17 green", "     18 mint", ":set number"]
        #expect(try await verdict(18, rows: numbered) == .passed)
        #expect(try await verdict(4, rows: numbered) == .failed)
        // A screen that tells no numbers claims none.
        #expect(try await verdict(5, rows: ["green", "mint", ":"]) == .passed)
    }
}

@Suite struct KeepGoingTests {
    private func run(_ commands: [(String, ScriptedLab.Answer)]) async throws -> [ActionOutcome] {
        let actions = commands.enumerated().map { Action(place: place($0.offset + 1), text: $0.element.0) }
        let page = Page(role: .step(1), title: "One", file: "step1.md", actions: actions)
        let scenario = Scenario(directory: "lesson", title: "Lesson", pages: [page], settings: .init())
        let lab = ScriptedLab(Dictionary(uniqueKeysWithValues: commands.map { ($0.0, [$0.1]) }))
        return try await LessonVerifier(lab: lab, keepsGoing: true).verify(scenario).flatMap(\.actions)
    }

    @Test("a run that keeps going tells which failures may follow from earlier ones")
    func consequences() async throws {
        let failed = ScriptedLab.Answer(text: "", ending: .status(1))
        let outcomes = try await run([
            ("mkdir /srv/teas", failed), ("echo fine", .init(text: "fine")), ("ls /srv/teas/green", failed),
            ("boxctl pack cups", failed),
        ])
        #expect(outcomes.map(\.verdict) == [.failed, .passed, .failed, .failed])
        #expect(outcomes.map(\.consequenceOf) == [nil, nil, place(1), nil])
    }

    @Test("what follows a change of the shell that failed may be its consequence, in its terminal")
    func shell() async throws {
        let failed = ScriptedLab.Answer(text: "", ending: .status(1))
        let outcomes = try await run([("cd /srv/teas", failed), ("make cups", failed)])
        #expect(outcomes[1].consequenceOf == place(1))
    }
}

import Foundation
import Testing

/// What a newcomer types wrong, and what is said to it.
@Suite struct BadInputTests {
    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    @Test func aPathThatDoesNotExistIsNamed() throws {
        defer { lectern.remove() }
        let run = try lectern.run(["verify", "scenarios/no-such-lesson"])
        #expect(run.status == 2)
        #expect(run.problems.contains("'scenarios/no-such-lesson' does not exist"))
        #expect(run.problems.contains("try:"))
    }

    @Test func aStepThatIsNotThereIsNoSuccess() throws {
        defer { lectern.remove() }
        let run = try lectern.run(["verify", "--step", "99", "scenarios/cqrs-event-driven"])
        #expect(run.status == 2)
        #expect(run.problems.contains("has no step 99"))
    }

    @Test func aMistypedCommandIsPutRight() throws {
        defer { lectern.remove() }
        let run = try lectern.run(["verfiy", "scenarios"])
        #expect(run.status == 64)
        #expect(run.problems.contains("there is no command 'verfiy'; did you mean 'verify'?"), "\(run.problems)")
        #expect(try lectern.run(["frobnicate"]).problems.contains("'lectern --help' lists them"))
    }

    @Test(arguments: ["../../kept", "", ".", "..", "a/b", "-x"])
    func aNameThatLeadsElsewhereEndsNothing(_ name: String) throws {
        defer { lectern.remove() }
        let kept = lectern.state.appending(path: "kept")
        try FileManager.default.createDirectory(at: kept, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(
            at: lectern.state.appending(path: "lectern/labs/a/b"), withIntermediateDirectories: true)
        for command in [["down", "--", name], ["status", "--", name], ["reset", "--", name]] {
            let run = try lectern.run(command)
            #expect(run.status == 2, "\(command)")
            #expect(run.problems.contains("there is no lab '\(name)'"), "\(run.problems)")
        }
        #expect(FileManager.default.fileExists(atPath: kept.path))
        #expect(FileManager.default.fileExists(atPath: lectern.state.appending(path: "lectern/labs/a/b").path))
    }

    @Test(arguments: ["verify", "up", "record"])
    func anEnvironmentThatIsMissingIsNamedAsTheLessonNamesIt(_ command: String) throws {
        defer { lectern.remove() }
        let lesson = try WrittenScenario(
            in: lectern, step: "", page: "`true`{{execute}}\n",
            others: #""lectern": {"environment": "no/compose.yaml"}"#)
        let run = try lectern.run([command, lesson.path])
        #expect(run.status == 2)
        let text = run.output + run.problems
        #expect(text.contains("the environment 'no/compose.yaml' of '\(lesson.path)' does not exist"), "\(text)")
        #expect(text.contains("'lectern.environment'"))
    }

    @Test func aLessonWithoutPagesIsNoSuccess() throws {
        defer { lectern.remove() }
        let lesson = try WrittenScenario(in: lectern, details: #"{"steps": []}"#, files: [:])
        let run = try lectern.run(["verify", lesson.path])
        #expect(run.status == 2)
        #expect(run.output.contains("has no pages"), "\(run.output)")
    }

    @Test(arguments: ["verify", "record"])
    func whatVerifyAndRecordShareIsRefusedByBoth(_ command: String) throws {
        defer { lectern.remove() }
        for (arguments, problem) in [
            (["--timeout", "-5"], "--timeout must be a number of seconds above 0"),
            (["--step", "0"], "steps count from 1"), (["--step", "4-2"], "steps count from 1"),
            (["--lab", "x", "--keep"], "--keep cannot be used with --lab"), (["--engine", "podman"], "'docker'"),
        ] {
            let run = try lectern.run([command] + arguments + ["scenarios/cqrs-event-driven"])
            #expect(run.status == 64)
            #expect(run.problems.contains(problem), "\(run.problems)")
        }
    }

    @Test func aResultThatCannotBeWrittenIsNoSuccess() throws {
        defer { lectern.remove() }
        let program = LecternProgram.directory.appending(path: "lectern").path
        let (one, two) = (try lectern.page("one\n"), try lectern.page("two\n"))
        for (command, status) in [
            ("inspect --schema", 2), ("--version", 2), ("match --documented \(one) --actual \(one)", 2),
            ("match --documented \(one) --actual \(two)", 1),
        ] {
            let run = try lectern.run(["-c", "'\(program)' \(command) > /dev/full"], of: "/bin/sh")
            #expect(run.status == Int32(status), "\(command)")
            #expect(run.problems.contains("can't be written to standard output"), "\(command): \(run.problems)")
        }
    }

    @Test func aBrokenIndexIsNamedWithLineAndColumn() throws {
        defer { lectern.remove() }
        let index = lectern.state.appending(path: "index.json")
        try "{\n  \"title\": \"x\",\n  \"details\": {,}\n}\n".write(to: index, atomically: true, encoding: .utf8)
        let run = try lectern.run(["verify", lectern.state.path])
        #expect(run.status == 2)
        #expect(run.problems.contains("index.json:3:15"), "\(run.problems)")
        #expect(run.problems.contains("^"))
    }

    @Test func aMissingStepFileIsNamed() throws {
        defer { lectern.remove() }
        let index = lectern.state.appending(path: "index.json")
        try #"{"title": "x", "details": {"steps": [{"text": "step1.md"}]}, "backend": {"imageid": "ubuntu"}}"#
            .write(to: index, atomically: true, encoding: .utf8)
        let run = try lectern.run(["inspect", "--json", lectern.state.path])
        #expect(run.status == 2)
        #expect(run.problems.contains("step1.md"), "\(run.problems)")
    }

    @Test(arguments: [
        ["verify"], ["verify", "--step", "4-2", "x"], ["verify", "--timeout", "1e25", "x"],
        ["match", "--mode", "loose"], ["frobnicate"],
    ])
    func aWrongCommandLineAnswers64(_ arguments: [String]) throws {
        defer { lectern.remove() }
        #expect(try lectern.run(arguments).status == 64)
    }

    @Test(.enabled(if: getuid() == 0, "hiding a program from one process needs root"))
    func withoutBubblewrapTheRemedyIsNamed() throws {
        defer { lectern.remove() }
        let page = try lectern.page("`true`{{execute}}\n")
        let hidden = "mount --bind /dev/null \"$(command -v bwrap)\" && exec \"$0\" verify \"$1\""
        let run = try lectern.run(
            ["-m", "sh", "-c", hidden, LecternProgram.directory.appending(path: "lectern").path, page],
            of: "/usr/bin/unshare")
        #expect(run.status == 2)
        #expect((run.output + run.problems).contains("bubblewrap"), "\(run.output)\(run.problems)")
    }

    @Test func inspectPrintsActionsAndSamples() throws {
        defer { lectern.remove() }
        let page = try lectern.page("`db`{{execute T2}}\n\nYou'll get output as follows:\n\n`simplecqrs_r`\n")
        let run = try lectern.run(["inspect", "--json", page])
        #expect(run.status == 0)
        let escaped = page.replacing("/", with: "\\/")
        let expected =
            #"{"schemaVersion":1,"files":[{"file":"FILE","actions":[{"line":1,"text":"db","kind":"execute","terminal":"T2","host":null}],"#
            + #""samples":[{"line":5,"afterActionLine":1,"mode":"exact","elided":false}]}]}"#
        let output = run.output.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect([page, escaped].map { expected.replacing("FILE", with: $0) }.contains(output), "\(output)")
    }

    @Test func matchExplainsAndAnswersByStatus() throws {
        defer { lectern.remove() }
        let documented = try lectern.page(#"{"quantity": 6}"#)
        let good = try lectern.page(#"{"quantity": 4}"#)
        let bad = try lectern.page(#"{"quantity": "six"}"#)
        #expect(
            try lectern.run(["match", "--documented", documented, "--actual", good, "--mode", "similar"]).status == 0)
        let run = try lectern.run(["match", "--documented", documented, "--actual", bad, "--mode", "similar"])
        #expect(run.status == 1)
        #expect(run.output.contains(#"quantity: expected an integer, got the string "six""#))
    }
}

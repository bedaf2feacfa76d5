import Foundation
import Testing

@Suite(.enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct VerifyTests {
    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    @Test func aPageWithoutAnEnvironmentIsVerifiedInABareWorkspace() throws {
        defer { lectern.remove() }
        let page = try lectern.page(
            """
            Go home and say hello:

            `cd && pwd`{{execute}}

            You'll get the following output:

            ```
            /root
            ```

            `echo "at $(date +%F)"`{{execute T2}}

            You'll get output similar to:

            ```
            at 2020-12-30
            ```
            """)
        let run = try lectern.run(["verify", page])
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        #expect(run.output.contains("Verified  2 actions, 2 samples"))
        #expect(lectern.leftovers() == [])
    }

    @Test func aLessonThatNoLongerTellsTheTruthFailsAtItsLine() throws {
        defer { lectern.remove() }
        let page = try lectern.page(
            """
            `echo '{"quantity": "six"}'`{{execute}}

            You'll get output similar to:

            ```
            {"quantity": 6}
            ```
            """)
        let run = try lectern.run(["verify", page])
        #expect(run.status == 1)
        #expect(run.output.contains(#"quantity: expected an integer, got the string "six""#), "\(run.output)")
        #expect(run.output.contains("\(page):1"))
        #expect(run.output.contains("\(page):5"))
    }

    @Test func aCommandThatNeverEndsTimesOutAndLeavesNothing() throws {
        defer { lectern.remove() }
        let page = try lectern.page("`sleep 1000`{{execute}}\n")
        let run = try lectern.run(["verify", "--timeout", "1", page])
        #expect(run.status == 1)
        #expect(run.output.contains("timed out after 1 s: 'sleep'"), "\(run.output)")
        #expect(lectern.leftovers() == [])
    }

    /// Real programs that hang, what is said of them, and what the screen shows.
    @Test(arguments: [
        ("sleep 1000", "", "'sleep' was still running (asleep), and was ended", "sleep 1000"),
        ("python3 -m http.server 8000", "Nothing of the kind", "'python3' was still running (asleep)", "Serving HTTP"),
        ("bash -c 'trap \"\" INT TERM; echo deaf; while :; do sleep 0.1; done'", "", "'bash' was still", "deaf"),
        ("trap '' INT; echo deaf; while :; do sleep 0.1; done", "", "only ended with its shell", "deaf"),
        ("while :; do :; done", "", "was still running (running)", "while :"),
        ("read answer", "yes", "no output", "read answer"),
    ])
    func whatATimeoutFoundIsShown(_ command: String, _ sample: String, _ sentence: String, _ shown: String) throws {
        defer { lectern.remove() }
        let expected = sample.isEmpty ? "" : "You'll get the following output:\n\n`\(sample)`\n"
        let page = try lectern.page("``\(command)``{{execute}}\n\n\(expected)")
        let run = try lectern.run(["verify", "--timeout", "1", page])
        #expect(run.status == 1)
        #expect(run.output.contains(sentence), "\(run.output)")
        let frame = run.output.split(separator: "\n").filter { $0.hasPrefix("      │ ") }
        #expect(frame.contains { $0.contains(shown) }, "\(run.output)")
        #expect(lectern.leftovers() == [])
    }

    @Test func aTimeoutEndsWhatWasStartedAtItsTerminalAlsoInALabThatStays() throws {
        defer { lectern.remove() }
        let bare = try lectern.page("`true`{{execute}}\n")
        let lab = try lectern.run(["up", bare]).output.trimmingCharacters(in: .whitespacesAndNewlines)
        defer { _ = try? lectern.run(["down", lab]) }
        // Nobody else's sleep is that long.
        let seconds = Int.random(in: 100_000_000...999_999_999)
        let page = try lectern.page("`(trap '' HUP INT TERM; sleep \(seconds)) & sleep 1000`{{execute}}\n")
        let run = try lectern.run(["verify", "--timeout", "1", "--lab", lab, page])
        #expect(run.output.contains("timed out after 1 s: 'sleep'"), "\(run.output)\(run.problems)")
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { number in
            let command = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") ?? Data()
            return String(decoding: command, as: UTF8.self) == "sleep\0\(seconds)\0"
        }
        #expect(processes == [])
    }

    @Test func ctrlCTakesTheLabDownAndAnswers130() throws {
        defer { lectern.remove() }
        let page = try lectern.page("`echo started; sleep 1000`{{execute}}\n")
        let (process, output, _) = try lectern.start(["verify", page])
        // The heading is written first; the lab is on its way or up.
        _ = output.fileHandleForReading.availableData
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        #expect(lectern.leftovers() == [])
    }

    @Test func anInterruptedRunSaysWhereItStoodAndKeepsItsRecordings() throws {
        defer { lectern.remove() }
        let page = try lectern.page("`echo one`{{execute}}\n\n`echo started; sleep 1000`{{execute T2}}\n")
        let recordings = lectern.state.appending(path: "casts/deep")
        for option in [[], ["--json"]] {
            let (process, output, _) = try lectern.start(["verify", "--record", recordings.path, page] + option)
            let deadline = ContinuousClock.now + .seconds(20)
            let cast = recordings.appending(path: "T2.cast")
            // A file tells nobody that it has grown: it is looked at again.
            while (try? String(contentsOf: cast, encoding: .utf8))?.contains("started\\r\\n") != true,
                ContinuousClock.now < deadline
            { Thread.sleep(forTimeInterval: 0.01) }
            kill(process.processIdentifier, SIGINT)
            let text = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            #expect(process.terminationStatus == 130)
            if option.isEmpty {
                #expect(String(decoding: text, as: UTF8.self).contains("Interrupted  at \(page):3: echo started"))
            } else {
                let report = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
                #expect(report["interrupted"] as? Bool == true)
                let scenario = try #require((report["scenarios"] as? [[String: Any]])?.first)
                let recorded = try #require(scenario["recordings"] as? [[String: Any]])
                #expect(recorded.map { $0["terminal"] as? String } == ["T1", "T2"])
            }
            for terminal in ["T1", "T2"] {
                let text = try String(contentsOf: recordings.appending(path: "\(terminal).cast"), encoding: .utf8)
                #expect(text.hasSuffix("\n"))
                for line in text.split(separator: "\n") {
                    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
                }
                #expect(text.contains("\"m\""))
            }
            try FileManager.default.removeItem(at: recordings)
            #expect(lectern.leftovers() == [])
        }
    }

    @Test func aRecordingThatCannotBeWrittenIsToldOfAndTheRunGoesOn() throws {
        defer { lectern.remove() }
        let page = try lectern.page("`seq 1000`{{execute}}\n\n`echo two`{{execute T2}}\n")
        let recordings = lectern.state.appending(path: "casts")
        try FileManager.default.createDirectory(at: recordings, withIntermediateDirectories: true)
        // Every write to this device finds the disk full.
        try FileManager.default.createSymbolicLink(
            atPath: recordings.appending(path: "T1.cast").path, withDestinationPath: "/dev/full")
        let run = try lectern.run(["verify", "--record", recordings.path, page])
        #expect(run.status == 0)
        #expect(run.problems.contains("T1.cast' ends here: No space left on device"))
        #expect(run.output.contains("Not recorded  \(recordings.path)/T1.cast: No space left"))
        #expect(run.output.contains("Recorded  \(recordings.path)/T2.cast"))
        let refused = try lectern.run(["verify", "--record", "/dev/null/casts", page])
        #expect(refused.status == 2)
        #expect(refused.problems.contains("'/dev/null/casts'"), "\(refused.problems)")
    }

    @Test func aMissingLineInOutputThatWasNotKeptWholeSaysSo() throws {
        defer { lectern.remove() }
        let page = try lectern.page(
            """
            `seq 1000000`{{execute}}

            You'll get the following output:

            ```
            1
            ...
            500000
            ...
            1000000
            ```
            """)
        let run = try lectern.run(["verify", page])
        #expect(run.status == 1)
        #expect(run.output.contains("only the beginning and the end of the output were kept"), "\(run.output)")
    }

    @Test func aLogThatIsFollowedEndsWithItsReader() throws {
        defer { lectern.remove() }
        let compose = lectern.state.appending(path: "compose.yaml")
        try """
        services:
          clock:
            image: clock
            x-lectern:
              command: [sh, -c, "echo one; exec sleep 1000"]
              ready: [{log: one}]
        """.write(to: compose, atomically: true, encoding: .utf8)
        #expect(try lectern.run(["up", compose.path]).status == 0)
        // Nothing more is ever printed: only the reader's end can end it.
        let program = LecternProgram.directory.appending(path: "lectern").path
        let run = try lectern.run(["20", "sh", "-c", "'\(program)' logs -f clock | head -1"], of: "/usr/bin/timeout")
        #expect(run.status == 0)
        #expect(run.output == "one\n")
        #expect(try lectern.run(["down"]).status == 0)
    }

    @Test func aServiceThatCannotStartMakesItUndecidedAndShowsItsLog() throws {
        defer { lectern.remove() }
        let compose = lectern.state.appending(path: "compose.yaml")
        try """
        services:
          broken:
            image: broken
            x-lectern:
              command: [sh, -c, "echo the disk of cards is empty; exit 3"]
              ready: [{port: 1}]
        """.write(to: compose, atomically: true, encoding: .utf8)
        let run = try lectern.run(["up", compose.path])
        #expect(run.status == 2)
        #expect(run.problems.contains("broken"))
        #expect(run.problems.contains("the disk of cards is empty"), "\(run.problems)")
        #expect(lectern.leftovers() == [])
    }

    @Test(arguments: ["/etc", "../../etc", "./link"])
    func anEnvironmentIsNotShownWhatLiesOutsideItsCheckout(_ source: String) throws {
        defer { lectern.remove() }
        let compose = lectern.state.appending(path: "compose.yaml")
        try FileManager.default.createSymbolicLink(
            atPath: lectern.state.appending(path: "link").path, withDestinationPath: "/etc")
        try """
        services:
          workspace:
            image: workspace
            volumes: ["\(source):/root/found:ro"]
            x-lectern: {terminals: true}
        """.write(to: compose, atomically: true, encoding: .utf8)
        let run = try lectern.run(["up", compose.path])
        #expect(run.status == 2)
        #expect(run.problems.contains("lies outside the checkout"), "\(run.problems)")
        #expect(lectern.leftovers() == [])
    }

    @Test func killingTheVerifierEndsItsLab() async throws {
        defer { lectern.remove() }
        let page = try lectern.page("`echo started; sleep 1000`{{execute}}\n")
        let (process, output, _) = try lectern.start(["verify", page])
        _ = output.fileHandleForReading.availableData
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        // The supervisor notices and takes its lab down; a bound for the look, not for the wait.
        let deadline = ContinuousClock.now + .seconds(20)
        while !lectern.leftovers().isEmpty, ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(lectern.leftovers() == [])
    }
}

@Suite struct BadInputTests {
    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    @Test func aPathThatDoesNotExistIsNamed() throws {
        defer { lectern.remove() }
        let run = try lectern.run(["verify", "scenarios/no-such-lesson"])
        #expect(run.status == 2)
        #expect(run.problems.contains("'scenarios/no-such-lesson' doesn't exist"))
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
        #expect(text.contains("the environment 'no/compose.yaml' of '\(lesson.path)' doesn't exist"), "\(text)")
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
            (["--timeout", "-5"], "--timeout wants a number of seconds above 0"),
            (["--step", "0"], "steps count from 1"), (["--step", "4-2"], "steps count from 1"),
            (["--lab", "x", "--keep"], "--keep goes without --lab"), (["--engine", "podman"], "'docker'"),
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
            #"{"files":[{"file":"FILE","actions":[{"line":1,"text":"db","kind":"execute","terminal":"T2","host":null}],"#
            + #""expectations":[{"line":5,"afterActionLine":1,"mode":"exact","elided":false}]}]}"#
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

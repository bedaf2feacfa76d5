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
        #expect(LecternProgram.processes("sleep", "\(seconds)") == [])
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
        try FileManager.default.createDirectory(
            at: recordings.appending(path: "T1.cast/kept"), withIntermediateDirectories: true)
        let run = try lectern.run(["verify", "--record", recordings.path, page])
        #expect(run.status == 0)
        #expect(run.problems.contains("T1.cast' ends here: Is a directory"))
        #expect(run.output.contains("Not recorded  \(recordings.path)/T1.cast: Is a directory"))
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
        #expect(run.problems.contains("the lesson"), "\(run.problems)")
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

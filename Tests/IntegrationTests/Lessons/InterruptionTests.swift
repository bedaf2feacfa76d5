import Foundation
import Synchronization
import Testing

/// Ctrl-C, SIGTERM and a hang-up at awkward moments: a line that says where it stood, the right status, and nothing left.
@Suite(.enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct InterruptionTests {
    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    /// Runs the program until it has written a text, then sends it signals.
    private func run(_ arguments: [String], until text: String, send signals: [Int32]) throws -> LecternProgram.Run {
        try run(arguments, send: signals) { $0.contains(text) }
    }

    /// Runs the program until what it has written, or whatever else, is as it should be; then sends it signals.
    private func run(
        _ arguments: [String], send signals: [Int32], once isReached: (String) -> Bool
    ) throws -> LecternProgram.Run {
        let (process, output, problems) = try lectern.start(arguments)
        let written = Mutex((output: Data(), problems: Data()))
        let readers = [
            Thread { Self.read(output) { data in written.withLock { $0.output += data } } },
            Thread { Self.read(problems) { data in written.withLock { $0.problems += data } } },
        ]
        readers.forEach { $0.start() }
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline, process.isRunning {
            let all = written.withLock { String(decoding: $0.output + $0.problems, as: UTF8.self) }
            if isReached(all) { break }
            Thread.sleep(forTimeInterval: 0.002)
        }
        for signal in signals { kill(process.processIdentifier, signal) }
        process.waitUntilExit()
        while !readers.allSatisfy(\.isFinished) { Thread.sleep(forTimeInterval: 0.001) }
        return written.withLock {
            .init(
                status: process.terminationStatus, output: String(decoding: $0.output, as: UTF8.self),
                problems: String(decoding: $0.problems, as: UTF8.self))
        }
    }

    private static func read(_ pipe: Pipe, _ body: (Data) -> Void) {
        while case let data = pipe.fileHandleForReading.availableData, !data.isEmpty { body(data) }
    }

    /// A lab whose supervisor notices the end of its client only after that is gone for a moment.
    private func expectNothingLeft(_ comment: Comment) {
        let deadline = ContinuousClock.now + .seconds(20)
        while !lectern.leftovers().isEmpty, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.01) }
        #expect(lectern.leftovers() == [], comment)
        let labs = lectern.state.appending(path: "lectern/labs").path
        #expect((try? FileManager.default.contentsOfDirectory(atPath: labs)) ?? [] == [], comment)
    }

    @Test func aServiceThatIsNotReadyYet() throws {
        defer { lectern.remove() }
        let compose = lectern.state.appending(path: "compose.yaml").path
        // Deaf to all that is polite, and never ready.
        try """
        services:
          first:
            image: first
            x-lectern: {command: [sleep, "1000"]}
          deaf:
            image: deaf
            depends_on: [first]
            x-lectern:
              command: [bash, -c, "trap '' TERM INT HUP; while :; do sleep 1; done"]
              ready: [{log: never}]
        """.write(toFile: compose, atomically: true, encoding: .utf8)
        for (signals, status) in [([SIGINT], 130), ([SIGTERM], 143), ([SIGHUP], 129)] as [([Int32], Int32)] {
            let run = try run(["up", compose], until: "first", send: signals)
            #expect(run.status == status)
            #expect(run.problems.contains("interrupted while the lab was made; nothing of it is left"), "\(run)")
            #expect(lectern.leftovers() == [])
        }
        // The second one waits for nothing; the lab notices by itself.
        #expect(try run(["up", compose], until: "first", send: [SIGINT, SIGINT]).status == 130)
        expectNothingLeft("twice in a row")
        _ = try run(["up", compose], until: "first", send: [SIGKILL])
        expectNothingLeft("killed")
    }

    @Test(arguments: [
        ("foreground.sh", "in the foreground script '"), ("check.sh", "in the check '"),
    ])
    func aScriptThatRuns(_ file: String, _ position: String) throws {
        defer { lectern.remove() }
        // Nobody else's sleep is that long.
        let seconds = Int.random(in: 100_000_000...999_999_999)
        let key = file == "check.sh" ? "verify" : "foreground"
        let lesson = try WrittenScenario(
            in: lectern, step: "\"\(key)\": \"\(file)\"", page: "`true`{{execute}}\n",
            files: [file: "sleep \(seconds)\n"])
        let run = try run(["verify", lesson.path], send: [SIGTERM]) { _ in
            !LecternProgram.processes("sleep", "\(seconds)").isEmpty
        }
        #expect(run.status == 143)
        #expect(run.output.contains("Interrupted  \(position)"), "\(run)")
        #expect(lectern.leftovers() == [])
    }

    @Test func aCheckEndsWithItsVerifierAlsoInALabThatStays() throws {
        defer { lectern.remove() }
        let lab = try lectern.run(["up", try lectern.page("`true`{{execute}}\n")]).output
            .trimmingCharacters(in: .whitespacesAndNewlines)
        defer { _ = try? lectern.run(["down", lab]) }
        // Nobody else's sleep is that long.
        let seconds = Int.random(in: 100_000_000...999_999_999)
        let lesson = try WrittenScenario(
            in: lectern, step: #""verify": "check.sh""#, page: "`true`{{execute}}\n",
            files: ["check.sh": "sleep \(seconds)\n"])
        let (process, _, _) = try lectern.start(["verify", "--lab", lab, lesson.path])
        let deadline = ContinuousClock.now + .seconds(20)
        while LecternProgram.processes("sleep", "\(seconds)").isEmpty, ContinuousClock.now < deadline {
            Thread.sleep(forTimeInterval: 0.01)
        }
        #expect(LecternProgram.processes("sleep", "\(seconds)").count == 1)
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        while !LecternProgram.processes("sleep", "\(seconds)").isEmpty, ContinuousClock.now < deadline {
            Thread.sleep(forTimeInterval: 0.01)
        }
        #expect(LecternProgram.processes("sleep", "\(seconds)") == [])
    }

    @Test func aLinkThatDoesNotAnswer() throws {
        defer { lectern.remove() }
        let server =
            #"python3 -c "import socket, time; s = socket.socket(); s.bind(('', 8000)); s.listen(); "#
            + #"print('up', flush=True); time.sleep(1000)""#
        let page = try lectern.page(
            """
            `\(server)`{{execute}}

            You'll get the following output:

            `up`

            [page](https://[[HOST_SUBDOMAIN]]-8000-[[KATACODA_HOST]].environments.katacoda.com/)
            """)
        let run = try run(["verify", page], until: "✓ T1   python3", send: [SIGINT])
        #expect(run.status == 130)
        #expect(run.output.contains("Interrupted  at the link of \(page):7"), "\(run)")
        #expect(lectern.leftovers() == [])
    }

    @Test func aProgramThatIgnoresIt() throws {
        defer { lectern.remove() }
        let page = try lectern.page("`trap '' INT TERM HUP; while :; do sleep 1; done`{{execute}}\n")
        for json in [[], ["--json"]] {
            let run = try run(["verify", page] + json, until: json.isEmpty ? "Page" : "lab ready", send: [SIGINT])
            #expect(run.status == 130)
            let told = json.isEmpty ? run.output.contains("Interrupted  at ") : run.problems.contains("interrupted ")
            #expect(told, "\(run)")
            #expect(lectern.leftovers() == [])
        }
    }

    @Test func seedingAndPlacingLeaveNoHalfMadeLab() throws {
        defer { lectern.remove() }
        let lesson = try WrittenScenario(
            in: lectern, step: "", before: #""assets": {"host01": [{"file": "*", "target": "~/"}]}, "#,
            files: Dictionary(uniqueKeysWithValues: (0..<1000).map { ("assets/\($0)", "x") }))
        for command in ["up", "verify", "update"] {
            let run = try run([command, lesson.path], until: "lab ready", send: [SIGINT])
            #expect(run.status == 130)
            #expect((run.output + run.problems).lowercased().contains("interrupted "), "\(command): \(run)")
            expectNothingLeft("\(command)")
        }
    }
}

import Foundation
import Glibc
import Testing

/// Parts of a lab that end, hang or are killed under a lesson: told by name, inconclusive, soon, and nothing left.
@Suite(
    .serialized, .timeLimit(.minutes(3)),
    .enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct HonestEndTests {
    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    /// A lesson of one page in a lab with a service that listens, and ends as the script says.
    private func scenario(page: String, service script: String, more: String = "") throws -> String {
        try WrittenScenario(
            in: lectern, step: "", page: page,
            others: #""backend": {"imageid": "ubuntu"}, "lectern": {"environment": "compose.yaml", "timeout": "5s"}"#,
            files: [
                "compose.yaml": """
                services:
                  greeter:
                    image: greeter
                    x-lectern:
                      command: [bash, -c, '\(script)']
                      ready: [{port: 8017}]
                \(more)
                """
            ]
        ).path
    }

    private static let listen = "python3 -m http.server 8017 --bind 127.0.0.1"

    /// Verifies a lesson, and once its action runs does something to its lab.
    private func verify(_ lesson: String, after marker: String, _ harm: (Int32) throws -> Void) throws
        -> LecternProgram.Run
    {
        let (process, output, problems) = try lectern.start(["verify", lesson])
        let deadline = ContinuousClock.now + .seconds(30)
        while LecternProgram.processes("sleep", marker).isEmpty, ContinuousClock.now < deadline {
            Thread.sleep(forTimeInterval: 0.005)
        }
        try harm(process.processIdentifier)
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let errors = problems.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return .init(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            problems: String(decoding: errors, as: UTF8.self))
    }

    private func expectNothingLeft() {
        let deadline = ContinuousClock.now + .seconds(10)
        while !lectern.leftovers().isEmpty, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.01) }
        #expect(lectern.leftovers() == [])
        let labs = lectern.state.appending(path: "lectern/labs").path
        #expect((try? FileManager.default.contentsOfDirectory(atPath: labs)) ?? [] == [])
    }

    /// Processes below one whose command line begins with these words.
    private func descendants(of root: Int32, _ words: String...) -> [Int32] {
        let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
        var parents: [Int32: Int32] = [:]
        for number in numbers {
            guard let data = FileManager.default.contents(atPath: "/proc/\(number)/stat") else { continue }
            let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
            if fields.count > 1, let parent = Int32(fields[1]) { parents[number] = parent }
        }
        func descends(_ number: Int32) -> Bool {
            var next = parents[number]
            while let parent = next {
                if parent == root { return true }
                next = parents[parent]
            }
            return false
        }
        let line = words.joined(separator: "\0")
        return numbers.filter { number in
            guard descends(number), let data = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") else {
                return false
            }
            return String(decoding: data, as: UTF8.self).contains(line)
        }
    }

    // MARK: Services

    @Test(
        "a service that ends under a lesson is told by name with how it ended and its log, whatever the action shows",
        arguments: [
            ("exit 7", "exit status 7"), ("exit 0", "exit status 0"), ("kill -KILL $$$$", "signal 9"),
        ])
    func serviceEnds(end: String, told: String) throws {
        defer { lectern.remove() }
        // It holds a lock as long as it lives, for which actions can wait. A Compose file writes `$` twice.
        let script =
            "echo about to go; exec 9>/tmp/lock; flock 9; \(Self.listen) 9>&- & "
            + "until [ -e /tmp/go ]; do sleep 0.01; done; kill %1; \(end)"
        // The action that ends the service succeeds, fails or waits for what can't come any more.
        for action in [
            "touch /tmp/go; flock /tmp/lock true", "touch /tmp/go; flock /tmp/lock false", "touch /tmp/go; sleep 1000",
        ] {
            let lesson = try scenario(page: "`\(action)`{{execute}}\n", service: script)
            let began = ContinuousClock.now
            let run = try lectern.run(["verify", lesson])
            #expect(run.status == 2, "\(action): \(run)")
            #expect(run.output.contains("service 'greeter' ended with \(told)"), "\(action): \(run)")
            #expect(run.problems.contains("about to go"), "\(action): \(run)")
            // The page's time-out is no part of it.
            #expect(ContinuousClock.now - began < .seconds(5), "\(action)")
            expectNothingLeft()
        }
    }

    @Test("a lab that has lost a service tells nothing of a lesson, until the service is restarted")
    func degradedLab() throws {
        defer { lectern.remove() }
        let script =
            "exec 9>/tmp/lock; flock 9; \(Self.listen) 9>&- & [ -e /tmp/again ] && wait; "
            + "until [ -e /tmp/go ]; do sleep 0.01; done; kill %1; exit 5"
        let lesson = try scenario(page: "`echo fine`{{execute}}\n\n```\nfine\n```\n", service: script)
        #expect(try lectern.run(["up", lesson, "--name", "worn"]).status == 0)
        #expect(try lectern.run(["verify", lesson, "--lab", "worn"]).status == 0)
        let page = try lectern.page("`touch /tmp/again /tmp/go; flock /tmp/lock true`{{execute}}\n")
        #expect(try lectern.run(["verify", page, "--lab", "worn"]).status == 2)
        let run = try lectern.run(["verify", lesson, "--lab", "worn"])
        #expect(run.status == 2, "\(run)")
        #expect(run.output.contains("service 'greeter' ended with exit status 5"), "\(run)")
        let status = try lectern.run(["status", "worn"])
        #expect(status.output.contains("degraded"), "\(status)")

        let restart = try lectern.run(["restart", "greeter", "--lab", "worn"])
        #expect(restart.status == 0, "\(restart)")
        #expect(try lectern.run(["verify", lesson, "--lab", "worn"]).status == 0)
        #expect(try lectern.run(["down", "worn"]).status == 0)
        expectNothingLeft()
    }

    @Test("a restart that the Compose file asks for is said not to happen")
    func restartPolicy() throws {
        defer { lectern.remove() }
        let lesson = try scenario(
            page: "`true`{{execute}}\n", service: "exec \(Self.listen)", more: "    restart: always\n")
        let run = try lectern.run(["verify", lesson])
        #expect(run.status == 0, "\(run)")
        #expect(run.problems.contains("'restart' of service 'greeter' is ignored"), "\(run)")
    }

    // MARK: What hangs

    @Test(
        "what is stopped under an action is told as not answering, soon after the time-out",
        arguments: ["/opt/lectern/bin/lectern-agent", "supervise"])
    func stopped(program: String) throws {
        defer { lectern.remove() }
        let marker = "\(1000 + Int.random(in: 1...100_000))"
        let lesson = try scenario(page: "`sleep \(marker)`{{execute}}\n", service: "exec \(Self.listen)")
        var began = ContinuousClock.now
        let run = try verify(lesson, after: marker) { verifier in
            let victims = descendants(of: verifier, program)
            try #require(!victims.isEmpty)
            for victim in victims { kill(victim, SIGSTOP) }
            began = .now
        }
        #expect(run.status == 2, "\(run)")
        #expect(run.output.contains("does not answer"), "\(run)")
        #expect(ContinuousClock.now - began < .seconds(10))
        expectNothingLeft()
    }

    @Test("a lab whose supervisor is stopped is said not to answer, and is taken down all the same")
    func stoppedSupervisor() throws {
        defer { lectern.remove() }
        let compose = lectern.state.appending(path: "compose.yaml").path
        try "services: {}\n".write(toFile: compose, atomically: true, encoding: .utf8)
        #expect(try lectern.run(["up", compose, "--name", "still"]).status == 0)
        let supervisor = try #require(supervisors("still").first)
        kill(supervisor, SIGSTOP)
        let status = try lectern.run(["status"])
        #expect(status.status == 0)
        #expect(status.output.contains("still  does not answer"), "\(status)")
        // Nobody may be signalled for a number that somebody wrote there.
        try "-1".write(
            toFile: lectern.state.appending(path: "lectern/labs/still/pid").path, atomically: false, encoding: .utf8)
        let down = try lectern.run(["down", "still"])
        #expect(down.status == 0, "\(down)")
        expectNothingLeft()
    }

    // MARK: Signals, and what is remembered

    private func supervisors(_ name: String) -> [Int32] {
        LecternProgram.processes("/proc/self/exe", "supervise", name).compactMap { Int32($0) }
    }

    @Test(
        "a signal to a supervisor takes its lab down, and 'status' says so until 'down'",
        arguments: [SIGTERM, SIGINT, SIGHUP])
    func signals(signal: Int32) throws {
        defer { lectern.remove() }
        let name = "told-\(signal)"
        let lesson = try scenario(page: "`true`{{execute}}\n", service: "exec \(Self.listen)")
        #expect(try lectern.run(["up", lesson, "--name", name]).status == 0)
        let supervisor = try #require(supervisors(name).first)
        // A second one changes nothing.
        kill(supervisor, signal)
        kill(supervisor, signal)
        let began = ContinuousClock.now
        while kill(supervisor, 0) == 0, ContinuousClock.now - began < .seconds(10) {
            Thread.sleep(forTimeInterval: 0.005)
        }
        #expect(ContinuousClock.now - began < .seconds(2))
        expectNothingLeft()
        let status = try lectern.run(["status"])
        #expect(status.output.contains("\(name)  ended at"), "\(status)")
        let shown = try lectern.run(["status", "--json"])
        #expect(shown.output.contains("\"name\" : \"\(name)\""), "\(shown)")
        let logs = try lectern.run(["logs", "greeter", "--lab", name])
        #expect(logs.status == 2)
        #expect(logs.problems.contains("lab '\(name)' ended at"), "\(logs)")
        #expect(try lectern.run(["down", name]).status == 0)
        #expect(try !lectern.run(["status"]).output.contains(name))
    }

    @Test("a lab whose sandbox is killed is remembered with the reason")
    func killedSandbox() throws {
        defer { lectern.remove() }
        let lesson = try scenario(page: "`true`{{execute}}\n", service: "exec \(Self.listen)")
        #expect(try lectern.run(["up", lesson, "--name", "gone"]).status == 0)
        let supervisor = try #require(supervisors("gone").first)
        for sandbox in descendants(of: supervisor, "bwrap") { kill(sandbox, SIGKILL) }
        while kill(supervisor, 0) == 0 { Thread.sleep(forTimeInterval: 0.005) }
        let status = try lectern.run(["status", "gone"])
        #expect(status.status == 0)
        #expect(status.output.contains("signal 9"), "\(status)")
        // The name is free again, and the new lab isn't taken for the old one.
        #expect(try lectern.run(["up", lesson, "--name", "gone"]).status == 0)
        #expect(try !lectern.run(["status", "gone"]).output.contains("ended at"))
        #expect(try lectern.run(["down", "gone"]).status == 0)
        expectNothingLeft()
    }

    // MARK: Progress

    @Test("what takes more than two seconds is said to be waited for, in plain lines")
    func progress() throws {
        defer { lectern.remove() }
        let lesson = try scenario(
            page: "`sleep 3.6`{{execute}}\n", service: "sleep 3.6; exec \(Self.listen)")
        let run = try lectern.run(["verify", lesson])
        #expect(run.status == 0, "\(run)")
        #expect(run.problems.contains("waiting for greeter (port 8017 to answer): "), "\(run)")
        #expect(run.problems.contains("step1.md:1: sleep 3.6: "), "\(run)")
        #expect(try !lectern.run(["verify", "--progress", "none", lesson]).problems.contains("sleep 3.6: "))
    }
}

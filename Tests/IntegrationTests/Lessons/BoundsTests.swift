import Foundation
import Testing

/// What a lab may take of its host, tried with labs that want more, as root and as an ordinary user.
@Suite(
    .serialized,
    .enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"),
    .enabled(if: access("/usr/bin/python3", X_OK) == 0, "python3 isn't installed"))
struct BoundsTests {
    private func verify(
        _ page: String, _ options: [String] = [], by attacker: AttackTests.Attacker, others: String = #""lectern": {}"#
    ) throws -> LecternProgram.Run {
        if attacker == .ordinaryUser, let reason = OrdinaryUser.missing { try Test.cancel("\(reason)") }
        var lectern = try LecternProgram()
        defer { lectern.remove() }
        let scenario = try WrittenScenario(in: lectern, step: "", page: page, others: others)
        let arguments = ["verify"] + options + [scenario.path]
        return try attacker == .caller ? lectern.run(arguments) : OrdinaryUser.run(arguments, with: &lectern)
    }

    private static func page(_ command: String, prints text: String) -> String {
        "```\n\(command)\n```{{execute}}\n\nYou'll get exactly this:\n\n<!-- lectern: exact -->\n```\n\(text)\n```\n"
    }

    private static let forking = page(
        """
        python3 -c "exec('import os,time\\nn=0\\ntry:\\n while n < 500:\\n  n += 1\\n  if not os.fork(): time.sleep(60); os._exit(0)\\nexcept OSError: pass\\nprint(n < 100)')"; pkill -9 python3
        """, prints: "True")

    @Test("a lab's processes stop at its limit, and it goes on", arguments: AttackTests.Attacker.allCases)
    func processes(_ attacker: AttackTests.Attacker) throws {
        let run = try verify(Self.forking, ["--processes", "100"], by: attacker)
        #expect(run.status == 0, "\(run.output)\(run.problems)")
    }

    @Test("a lesson's own limit holds, and one above the instructor's doesn't", arguments: [(100, 1000), (5000, 100)])
    func lessonsOwn(_ own: Int, _ given: Int) throws {
        let run = try verify(
            Self.forking, ["--processes", "\(given)"], by: .caller,
            others: #""lectern": {"limits": {"processes": \#(own)}}"#)
        #expect(run.status == 0, "\(run.output)\(run.problems)")
    }

    @Test(
        "one process gets no more memory than its lab has, and the shell goes on",
        arguments: AttackTests.Attacker.allCases)
    func memoryOfOne(_ attacker: AttackTests.Attacker) throws {
        // A child of Python's asks for it: the kernel may refuse it or end the child, and the shell tells of neither.
        let command = """
            python3 -c "import subprocess as s; print([s.run(['python3', '-c', 'len(bytearray([1]) * (%d << 20))' % n], \
            stderr=s.DEVNULL).returncode == 0 for n in (10, 600)])"
            """
        let run = try verify(Self.page(command, prints: "[True, False]"), ["--memory", "256m"], by: attacker)
        #expect(run.status == 0, "\(run.output)\(run.problems)")
    }

    @Test("several processes get no more memory together than their lab has", arguments: AttackTests.Attacker.allCases)
    func memoryOfAll(_ attacker: AttackTests.Attacker) throws {
        // All six together want 600 MiB; at least one is ended.
        let command = """
            for i in 1 2 3 4 5 6; do echo "b = bytearray(b'x') * (100 << 20); import time; time.sleep(6)"; done \
            | xargs -d '\\n' -P 6 -n 1 python3 -c >/dev/null 2>&1 && echo "all had it" || echo "not all had it"
            """
        let run = try verify(Self.page(command, prints: "not all had it"), ["--memory", "256m"], by: attacker)
        #expect(run.status == 0, "\(run.output)\(run.problems)")
    }

    @Test("files in memory leave room for programs")
    func memoryFiles() throws {
        let command =
            "head -c 300m /dev/zero > /dev/shm/a; head -c 300m /dev/zero > /tmp/a; echo $(($(df --output=used -BM "
            + "/dev/shm / | tail -n +2 | tr -d 'M' | paste -sd+) < 200))"
        let run = try verify(
            Self.page("{ \(command); } 2>/dev/null", prints: "1"), ["--memory", "256m"], by: .caller)
        #expect(run.status == 0, "\(run.output)\(run.problems)")
    }

    private static let writers: [String] = [
        "for i in 1 2 3 4 5; do head -c 40m /dev/zero > /root/f$i; done; sleep 20",
        "for i in 1 2 3 4 5; do head -c 40m /dev/zero > /etc/f$i; done; sleep 20",
        // Without a name, and open.
        #"python3 -c "import os,time; a=[(open('/root/x','wb'), os.unlink('/root/x')) for i in range(5)]; [f.write(b'x'*(40<<20)) for f, _ in a]; [f.flush() for f, _ in a]; time.sleep(20)""#,
    ]

    @Test("a lab that writes more than it may is ended, and told by name", arguments: writers)
    func disk(_ writer: String) throws {
        for attacker in AttackTests.Attacker.allCases {
            if attacker == .ordinaryUser, OrdinaryUser.missing != nil { continue }
            let run = try verify("```\n\(writer)\n```{{execute}}\n", ["--disk", "100m"], by: attacker)
            #expect(run.status == 2, "\(run.output)\(run.problems)")
            #expect(run.output.contains("written more than its 100 MiB of files"), "\(run.output)\(run.problems)")
        }
    }

    @Test(
        "limits that make no sense are refused",
        arguments: [
            ["--memory", "1k"], ["--memory", "2"], ["--disk", "0g"], ["--processes", "0"], ["--processes", "many"],
        ])
    func refused(_ options: [String]) throws {
        let run = try verify("hello\n", options, by: .caller)
        #expect(run.status == 64, "\(run.output)\(run.problems)")
    }

    @Test("a recording ends where it is full, and says so; the lesson goes on")
    func recordings() throws {
        let lectern = try LecternProgram()
        defer { lectern.remove() }
        let page = Self.page("yes recorded | head -c 12m; clear; echo over", prints: "over")
        let scenario = try WrittenScenario(in: lectern, step: "", page: page)
        let directory = lectern.state.appending(path: "recordings")
        let run = try lectern.run(["verify", "--disk", "64m", "--record", directory.path, scenario.path])
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        let cast = try Data(contentsOf: directory.appending(path: "T1.cast"))
        #expect(cast.count < 9 << 20)
        let last = String(decoding: cast.suffix(200), as: UTF8.self).split(separator: "\n").last ?? ""
        #expect(last.contains("the recording ends here"), "\(last)")
    }

    @Test("a supervisor that is killed leaves no control group behind once its lab is down")
    func controlGroups() throws {
        let lectern = try LecternProgram()
        defer { lectern.remove() }
        let scenario = try WrittenScenario(in: lectern, step: "")
        let name = "groups-\(UInt16.random(in: .min ... .max))"
        try #require(try lectern.run(["up", scenario.path, "--name", name]).status == 0)
        let directory = lectern.state.appending(path: "lectern/labs/\(name)")
        let groups = (try? String(contentsOf: directory.appending(path: "control-groups"), encoding: .utf8)) ?? ""
        let made = groups.split(separator: "\n").map(String.init).filter { FileManager.default.fileExists(atPath: $0) }
        let pid = try #require(Int32(try String(contentsOf: directory.appending(path: "pid"), encoding: .utf8)))
        kill(pid, SIGKILL)
        #expect(try lectern.run(["down", name]).status == 0)
        for group in made { #expect(!FileManager.default.fileExists(atPath: group), "\(group)") }
        if made.isEmpty { try Test.cancel("no control group is available here") }
    }
}

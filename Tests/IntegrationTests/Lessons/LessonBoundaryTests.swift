import Foundation
import Testing

/// Lessons that reach for files of the host, run as a user runs them: none gets any, none changes any.
@Suite(.serialized, .enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct LessonBoundaryTests {
    private static let secret = "vault-number-7301"

    private let lectern: LecternProgram
    /// A file of the host's that no lesson may read or change.
    private let victim: String

    init() throws {
        lectern = try LecternProgram()
        victim = lectern.state.appending(path: "victim").path
        try Data((Self.secret + "\n").utf8).write(to: URL(filePath: victim))
    }

    /// A lesson of one page with this Compose file.
    private func lesson(_ compose: String, page: String = "`true`{{execute}}\n", files: [String: String] = [:]) throws
        -> String
    {
        try WrittenScenario(
            in: lectern, step: "", page: page, others: #""lectern": {"environment": "compose.yaml"}"#,
            files: files.merging(["compose.yaml": compose.replacing("VICTIM", with: victim)]) { $1 }
        ).path
    }

    private func expectUntouched(_ run: LecternProgram.Run) throws {
        #expect(
            !run.output.contains(Self.secret) && !run.problems.contains(Self.secret), "\(run.output)\(run.problems)")
        #expect(try String(contentsOfFile: victim, encoding: .utf8) == Self.secret + "\n")
        let mode = try FileManager.default.attributesOfItem(atPath: victim)[.posixPermissions] as? Int
        #expect(mode.map { $0 & 0o6000 } == 0)
    }

    /// Ways of a service to put something else where its log might be.
    private static let logTricks = [
        "ln -s VICTIM /run/lab/logs/victim.log", "mkfifo /run/lab/logs/victim.log", "ln -s /dev/zero /proc/self/fd/1",
        "ln -sf VICTIM /dev/stdout", "rm -rf /run/lab; ln -s / /run/lab",
    ]

    @Test(
        "whatever a service does to its log, the host reads nothing else and doesn't wait",
        .timeLimit(.minutes(1)), arguments: logTricks)
    func logs(_ trick: String) throws {
        defer { lectern.remove() }
        let path = try lesson(
            """
            services:
              victim:
                image: x
                x-lectern:
                  command: [sh, -c, "mkdir -p /run/lab/logs; rm -f /run/lab/logs/*; \(trick); echo printed; exit 3"]
                  ready: [{port: 4444, timeout: 5s}]
            """)
        let run = try lectern.run(["verify", path])
        #expect(run.status == 2)
        #expect((run.output + run.problems).contains("printed"), "\(run.output)\(run.problems)")
        try expectUntouched(run)
        #expect(lectern.leftovers() == [])
    }

    @Test("a service that prints without end fills no disk, and its end is shown", .timeLimit(.minutes(1)))
    func endlessLog() throws {
        defer { lectern.remove() }
        let path = try lesson(
            """
            services:
              talker:
                image: x
                x-lectern:
                  command: [sh, -c, "yes 0123456789abcdef | head -c 40000000; echo the very end; touch /tmp/done; exec sleep 100"]
                  ready: [{command: [test, -e, /tmp/done], timeout: 30s}]
            """)
        let up = try lectern.run(["up", path, "--name", "talk"])
        #expect(up.status == 0, "\(up.problems)")
        let logs = try lectern.run(["logs", "talker", "--lab", "talk"])
        #expect(logs.output.hasSuffix("the very end\n") && logs.output.contains("bytes left out]"))
        let directory = lectern.state.appending(path: "lectern/labs/talk/logs").path
        let size = try FileManager.default.contentsOfDirectory(atPath: directory).reduce(0) { size, name in
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(directory)/\(name)")
            return size + (attributes[.size] as? Int ?? 0)
        }
        #expect(size <= 16 << 20, "\(size)")
        #expect(try lectern.run(["down", "talk"]).status == 0)
    }

    @Test("a reset writes nothing through a link that a service makes meanwhile", .timeLimit(.minutes(1)))
    func resetRace() throws {
        defer { lectern.remove() }
        let path = try lesson(
            """
            services:
              store:
                image: x
                x-lectern:
                  command: [sleep, "1000"]
                  template:
                    into: /data
                    build: [sh, -c, "for n in $$(seq 200); do echo x > /data/a$$n; done; echo EVIL > /data/zz; chmod 6755 /data/zz"]
              racer:
                image: x
                x-lectern:
                  reset: keep
                  command: [bash, -c, "while :; do ln -sfn VICTIM /data/zz; done"]
            """)
        let up = try lectern.run(["up", path, "--name", "race"])
        #expect(up.status == 0, "\(up.problems)")
        for _ in 0..<3 { try expectUntouched(try lectern.run(["reset", "race"])) }
        #expect(try lectern.run(["down", "race"]).status == 0)
        // Nothing of the lesson's that sets a user id is kept outside of a lab.
        let templates = lectern.state.appending(path: "lectern/templates").path
        let modes = try FileManager.default.subpathsOfDirectory(atPath: templates).compactMap {
            try FileManager.default.attributesOfItem(atPath: "\(templates)/\($0)")[.posixPermissions] as? Int
        }
        #expect(modes.count > 200 && modes.allSatisfy { $0 & 0o6000 == 0 })
    }

    @Test("an asset that turns into a link while the lab starts is still what it was")
    func assets() throws {
        defer { lectern.remove() }
        let path = try WrittenScenario(
            in: lectern, step: "", page: "`cat ~/a.txt`{{execute}}\n\nYou get:\n\n```\nharmless\n```\n",
            before: #""assets": {"host01": [{"file": "*.txt", "target": "~/"}]}, "#,
            others: #""lectern": {"environment": "compose.yaml"}"#,
            files: [
                "assets/a.txt": "harmless\n",
                "compose.yaml": """
                services:
                  shell: {image: x, volumes: [".:/c"], x-lectern: {terminals: true}}
                  swap:
                    image: x
                    volumes: [".:/c"]
                    x-lectern:
                      command: [sh, -c, "ln -sf \(victim) /c/assets/a.txt; touch /tmp/ok; exec sleep 1000"]
                      ready: [{command: [test, -e, /tmp/ok]}]
                """,
            ]
        ).path
        let run = try lectern.run(["verify", path])
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        try expectUntouched(run)
        #expect(try String(contentsOfFile: "\(path)/assets/a.txt", encoding: .utf8) == "harmless\n")
    }

    @Test("a writable mount is a copy: neither the lesson nor its repository changes, and git's files aren't shown")
    func repository() throws {
        defer { lectern.remove() }
        let page = """
            <!-- lectern: status=1 -->

            `ls -a /c | grep -c git`{{execute}}

            `echo changed > /c/compose.yaml; mkdir -p /c/.git/hooks && touch /c/.git/hooks/post-checkout; cat /c/compose.yaml`{{execute}}

            You get:

            ```
            changed
            ```
            """
        let path = try lesson(
            "services: {ws: {image: x, volumes: [\".:/c\"], x-lectern: {terminals: true}}}", page: page,
            files: [".git/config": "[core]"])
        let run = try lectern.run(["verify", path])
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        #expect(try String(contentsOfFile: "\(path)/compose.yaml", encoding: .utf8).hasPrefix("services:"))
        #expect(!FileManager.default.fileExists(atPath: "\(path)/.git/hooks"))
    }

    @Test("equal templates are shared, and another environment makes another one")
    func templates() throws {
        defer { lectern.remove() }
        func path(_ seed: String) throws -> String {
            try lesson(
                """
                services:
                  store:
                    image: x
                    environment: {SEED: \(seed)}
                    x-lectern: {command: [sleep, "100"], template: {into: /d, build: [sh, -c, 'echo "$$SEED" > /d/f']}}
                """, page: "`cat /d/f`{{execute}}\n\nYou get:\n\n```\n\(seed)\n```\n")
        }
        for seed in ["red", "blue", "red"] {
            let run = try lectern.run(["verify", try path(seed)])
            #expect(run.status == 0, "\(run.output)\(run.problems)")
        }
        let templates = try FileManager.default.contentsOfDirectory(
            atPath: lectern.state.appending(path: "lectern/templates").path)
        #expect(templates.filter { !$0.hasSuffix(".lock") }.count == 2)
    }

    @Test("what builds a template can do no more than any service")
    func templateBuild() throws {
        defer { lectern.remove() }
        let path = try lesson(
            """
            services:
              store:
                image: x
                x-lectern:
                  command: [sleep, "100"]
                  template: {into: /d, build: [sh, -c, "grep CapEff /proc/self/status > /d/f && ! touch /usr/x 2>>/d/g && ! mount -o remount,rw /usr 2>>/d/g && ! cat VICTIM 2>>/d/g"]}
            """, page: "`cut -f2 /d/f`{{execute}}\n\nYou get:\n\n```\n0000000000000000\n```\n")
        let run = try lectern.run(["verify", path])
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        try expectUntouched(run)
    }

    @Test("the caller's variables are the lesson's only when they are passed", arguments: [false, true])
    func variables(isPassed: Bool) throws {
        var lectern = lectern
        defer { lectern.remove() }
        lectern.environment["CI_TOKEN"] = Self.secret
        let path = try lesson(
            """
            services:
              ws:
                image: x
                environment: [CI_TOKEN, "COPY=${CI_TOKEN}", HOME]
                x-lectern: {terminals: true}
            """, page: "`env | grep -c \(Self.secret)`{{execute}}\n\nYou get:\n\n```\n2\n```\n")
        let run = try lectern.run(["verify", path] + (isPassed ? ["--env", "CI_TOKEN"] : []))
        #expect(run.status == (isPassed ? 0 : 1), "\(run.output)\(run.problems)")
        let missing = try lectern.run(["verify", path, "--env", "NOT_SET_ANYWHERE"])
        #expect(missing.status == 2 && missing.problems.contains("--env NOT_SET_ANYWHERE=VALUE"), "\(missing.problems)")
    }

    @Test(
        "an environment outside the lesson is refused without a word about it",
        arguments: [
            "../victim", "../../../../../../etc/shadow", "link.yaml", "../none.yaml",
        ])
    func environmentOutside(_ name: String) throws {
        defer { lectern.remove() }
        let path = try WrittenScenario(
            in: lectern, step: "", others: #""lectern": {"environment": "\#(name)"}"#, files: ["x": ""]
        ).path
        try FileManager.default.createSymbolicLink(atPath: path + "/link.yaml", withDestinationPath: victim)
        let run = try lectern.run(["verify", path])
        #expect(run.status == 2)
        #expect((run.output + run.problems).contains("outside the lesson"), "\(run.output)\(run.problems)")
        try expectUntouched(run)
    }

    @Test(
        "an index that is a link out is not read by any command",
        arguments: ["verify", "lint", "inspect", "render", "up"])
    func index(_ command: String) throws {
        defer { lectern.remove() }
        let folder = lectern.state.appending(path: "linked").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: folder + "/index.json", withDestinationPath: victim)
        let run = try lectern.run([command, folder])
        #expect(run.status != 0)
        try expectUntouched(run)
    }

    @Test("needs don't tell what the host has")
    func needs() throws {
        defer { lectern.remove() }
        for file in [victim, victim + "-not-there"] {
            let path = try lesson(
                "services: {s: {image: x, x-lectern: {command: [sleep, '9'], needs: [{file: \(file)}]}}}")
            let run = try lectern.run(["verify", path])
            #expect(run.status == 2)
            #expect((run.output + run.problems).contains("which no lab is shown"), "\(run.output)\(run.problems)")
        }
    }

    @Test("a recording, a rendered page and a fixed page never change what a link leads to")
    func writtenFiles() throws {
        defer { lectern.remove() }
        let recordings = lectern.state.appending(path: "casts").path
        try FileManager.default.createDirectory(atPath: recordings, withIntermediateDirectories: true)
        let links = [recordings + "/T1.cast", lectern.state.appending(path: "page.html").path]
        for link in links { try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: victim) }
        let page = try lectern.page("`echo hi`{{execute}}\n")
        let run = try lectern.run(["verify", "--record", recordings, page])
        #expect(run.status == 0, "\(run.output)\(run.problems)")
        try expectUntouched(run)
        let render = try lectern.run(["render", "--output", links[1], page])
        #expect(render.status == 0, "\(render.problems)")
        try expectUntouched(render)
        for link in links {
            #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: link)) == nil)
            #expect(try Data(contentsOf: URL(filePath: link)).count > 20)
        }
    }

    @Test("a service's mounts are there for it, with or without a workspace of the lesson's")
    func serviceMounts() throws {
        defer { lectern.remove() }
        let path = try lesson(
            """
            services:
              reader:
                image: x
                volumes: [./app:/srv/app:ro, notes:/notes, {type: tmpfs, target: /fast}]
                x-lectern:
                  command: [sh, -c, "cat /srv/app/menu > /notes/read; touch /fast/x && exec sleep 1000"]
                  ready: [{command: [test, -e, /fast/x]}]
            volumes: {notes: {}}
            """,
            page:
                "`cat /notes/read; touch /srv/app/x 2>&1 | grep -o Read-only`{{execute}}\n\nYou get:\n\n```\ntea\nRead-only\n```\n",
            files: ["app/menu": "tea\n"])
        let run = try lectern.run(["verify", path])
        #expect(run.status == 0, "\(run.output)\(run.problems)")
    }
}

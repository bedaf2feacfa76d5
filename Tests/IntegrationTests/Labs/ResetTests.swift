import AgentProtocol
import Foundation
import LabSupervision
import Labs
import TerminalSessions
import Testing

@Suite(
    .timeLimit(.minutes(2)),
    .serialized,
    .enabled(if: TestLab.isInstalled("/usr/bin/bwrap"), "bubblewrap isn't installed"),
    .enabled(if: TestLab.isInstalled(TestLab.lectern), "the program 'lectern' isn't built"))
struct ResetTests {
    private static let order = """
        {"description": "a canoe", "quantity": 1, "email": "r@example.org", "firstName": "Robin", "lastName": "Field"}
        """

    private func descriptions(_ lab: LabClient) async throws -> Set<String> {
        let result = try await lab.run([
            "sh", "-c", "curl -s 'localhost:9001/orders?limit=100' | jq -r '.[].description'",
        ])
        return Set(result.output.split(separator: "\n").map(String.init))
    }

    @Test(.enabled(if: TestLab.hasOrderLesson, "the order lesson's environment can't be had here"))
    func ordersFilesAndTerminalsAreGoneAndSeededDataIsBack() async throws {
        try await TestLab.with([TestLab.orderLesson]) { lab in
            let seeding = try await lab.seed([
                "order-seeder", "--count", "10", "--seed", "2020", "--target-url", "http://127.0.0.1:9001",
            ])
            #expect(seeding.status.isSuccess, "\(seeding.output)")
            let seeded = try await descriptions(lab)
            #expect(seeded.count == 10)
            let before = try await lab.status()

            let posting = try await lab.run(["curl", "-sf", "localhost:9001/orders", "-d", Self.order])
            try #require(posting.status.isSuccess, "\(posting.output)")
            for line in ["cd /tmp && touch made ~/made", "export LEFT=over", "nohup sleep 1000 &"] {
                _ = try await lab.perform(TerminalInput(.line(line)), in: "T1")
            }
            // Arrives behind the broker; a bound for the look, not for the wait.
            let deadline = ContinuousClock.now + .seconds(10)
            while try await descriptions(lab) == seeded, ContinuousClock.now < deadline {}
            #expect(try await descriptions(lab).contains("a canoe"))

            try await lab.reset { _ in }

            #expect(try await descriptions(lab) == seeded)
            let left = try await lab.run(["sh", "-c", "ls /root/made /tmp/made; pgrep -x sleep"])
            #expect(!left.output.contains("\n/root/made") && !left.output.contains("\n/tmp/made"), "\(left.output)")
            #expect(left.status == .code(1), "\(left.output)")
            let terminal = try await lab.perform(TerminalInput(.line("pwd; echo \"[$LEFT]\"")), in: "T1")
            #expect(terminal.text == "/root\n[]")
            let after = try await lab.status()
            #expect(after.phase == .ready)
            #expect(after.ports == before.ports)
            func pid(_ status: LabStatus, _ name: String) -> Int32? { status.services.first { $0.name == name }?.pid }
            #expect(pid(before, "adminer") == pid(after, "adminer"))
            #expect(pid(before, "mariadb") != pid(after, "mariadb"))
        }
    }

    @Test func aResetThatFailsLeavesTheLabDegradedAndCanBeRepeated() async throws {
        // The second start fails as long as the file of the first is there.
        let compose = """
            services:
              stubborn:
                image: none
                x-lectern:
                  command: [sh, -c, "if [ -e /run/once ]; then echo not again; exit 4; fi; : > /run/once; exec sleep 1000"]
                  ready: [{command: [test, -e, /run/once]}]
                  reset: restart
            """
        try await TestLab.with(compose: compose) { lab in
            let error = await #expect(throws: LabError.self) { try await lab.reset { _ in } }
            #expect(error?.code == .serviceDied)
            #expect(error?.logTail.contains("not again") == true)
            let degraded = try await lab.status()
            #expect(degraded.phase == .degraded)
            #expect(degraded.problem?.contains("'stubborn'") == true)
            #expect(degraded.services.map(\.state) == [.stopped])

            _ = try await lab.run(["rm", "/run/once"])
            try await lab.reset { _ in }
            let mended = try await lab.status()
            #expect(mended.phase == .ready && mended.problem == nil)
            #expect(mended.services.map(\.state) == [.ready])
        }
    }

    @Test func whatTheHostLendsTheLabIsLeftAlone() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "lent/deep"), withIntermediateDirectories: true)
        try Data("kept".utf8).write(to: folder.appending(path: "lent/deep/file"))
        let compose = folder.appending(path: "compose.yaml")
        try Data(
            """
            services:
              workspace:
                image: none
                volumes: ["./lent:/root/course/lent"]
                x-lectern: {terminals: true}
            """.utf8
        ).write(to: compose)
        try await TestLab.with([compose.path(percentEncoded: false)]) { lab in
            _ = try await lab.run(["sh", "-c", "touch /root/course/lent/new /root/course/gone /root/gone"])
            try await lab.reset { _ in }
            let left = try await lab.run(["sh", "-c", "cd /root && find . -type f | sort; cat course/lent/deep/file"])
            #expect(left.output == "./course/lent/deep/file\n./course/lent/new\nkept")
        }
    }
}

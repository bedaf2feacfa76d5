import AgentProtocol
import Foundation
import LabControlClient
import LabControlProtocol
import Labs
import TerminalSessions
import Testing

@Suite(
    .timeLimit(.minutes(2)),
    .serialized,
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

    /// What is read once it is as it should be, or else after ten seconds: orders come to the read side behind the broker,
    /// after they have been taken.
    private func descriptions(
        _ lab: LabClient, once isComplete: (Set<String>) -> Bool
    ) async throws -> Set<String> {
        let deadline = ContinuousClock.now + .seconds(10)
        var found = try await descriptions(lab)
        while !isComplete(found), ContinuousClock.now < deadline { found = try await descriptions(lab) }
        return found
    }

    @Test(arguments: TestEngine.allCases)
    func ordersFilesAndTerminalsAreGoneAndSeededDataIsBack(_ engine: TestEngine) async throws {
        try await engine.require()
        if engine == .process, !TestLab.hasOrderLesson {
            try Test.cancel("the order lesson's environment can't be had here; see 'lectern doctor'")
        }
        try await TestLab.with([TestLab.orderLesson], on: engine) { lab in
            let seeding = try await lab.seed([
                "order-seeder", "--count", "10", "--seed", "2020", "--target-url", "http://127.0.0.1:9001",
            ])
            #expect(seeding.status.isSuccess, "\(seeding.output)")
            let seeded = try await descriptions(lab) { $0.count >= 10 }
            #expect(seeded.count == 10)
            let before = try await lab.status()

            let posting = try await lab.run(["curl", "-sf", "localhost:9001/orders", "-d", Self.order])
            try #require(posting.status.isSuccess, "\(posting.output)")
            for line in ["cd /tmp && touch made ~/made", "export LEFT=over", "nohup sleep 1000 &"] {
                _ = try await lab.perform(TerminalInput(.line(line)), in: "T1")
            }
            let posted = try await descriptions(lab) { $0.count > seeded.count }
            #expect(posted == seeded.union(["a canoe"]))

            try await lab.reset { _ in }

            // Its topic has one partition: an order that was left would come before those that are seeded again.
            let again = try await descriptions(lab) { $0.count >= seeded.count }
            #expect(again == seeded)
            let left = try await lab.run(["sh", "-c", "ls /root/made /tmp/made; pgrep -x sleep"])
            #expect(!left.output.contains("\n/root/made") && !left.output.contains("\n/tmp/made"), "\(left.output)")
            #expect(left.status == .code(1), "\(left.output)")
            let terminal = try await lab.perform(TerminalInput(.line("pwd; echo \"[$LEFT]\"")), in: "T1")
            #expect(terminal.text == "/root\n[]")
            let after = try await lab.status()
            #expect(after.phase == .ready)
            #expect(after.ports == before.ports)
            func instance(_ status: LabStatus, _ name: String) -> String? {
                let service = status.services.first { $0.name == name }
                return service?.pid.map(String.init) ?? service?.container
            }
            #expect(instance(before, "adminer") == instance(after, "adminer"))
            #expect(instance(before, "mariadb") != instance(after, "mariadb"))
        }
    }

    @Test(arguments: TestEngine.allCases)
    func aResetThatFailsLeavesTheLabDegradedAndCanBeRepeated(_ engine: TestEngine) async throws {
        try await engine.require()
        try await TestLab.withFolder { folder in
            // The second start fails, and no other.
            let start = """
                if [ -e /kept/second ]; then exec sleep 1000; fi; \
                if [ -e /kept/first ]; then : > /kept/second; echo not again; exit 4; fi; \
                : > /kept/first; exec sleep 1000
                """
            let compose = folder.appending(path: "compose.yaml")
            try Data(
                """
                volumes: {kept: {}}
                services:
                  # A reset empties no volume of a service that goes on.
                  keeper:
                    image: lectern/offline-base:bookworm
                    command: &keep [sh, -c, "echo keeping; exec sleep 1000"]
                    volumes: ["kept:/kept"]
                    x-lectern: {command: *keep, ready: [{log: keeping}], reset: keep}
                  stubborn:
                    image: lectern/offline-base:bookworm
                    command: [sh, -c, "\(start)"]
                    volumes: ["kept:/kept"]
                    healthcheck: {test: [CMD, test, -e, /kept/first], interval: 1s, retries: 5}
                    x-lectern:
                      command: [sh, -c, "\(start)"]
                      ready: [{command: [test, -e, /kept/first]}]
                      reset: restart
                  workspace:
                    image: lectern/offline-workspace:0.1.0
                    x-lectern: {terminals: true}
                """.utf8
            ).write(to: compose)
            try await TestLab.with([compose.path(percentEncoded: false)], on: engine) { lab in
                // A look may come between the second start and its end; then it's a moment late that the lab is degraded.
                _ = try? await lab.reset { _ in }
                let deadline = ContinuousClock.now + .seconds(10)
                while try await lab.status().phase != .degraded, ContinuousClock.now < deadline {}
                #expect(try await lab.status().phase == .degraded)

                try await lab.reset { _ in }
                let mended = try await lab.status()
                #expect(mended.phase == .ready && mended.problem == nil)
                #expect(mended.services.map(\.state) == [.ready, .ready])
            }
        }
    }

    @Test(arguments: TestEngine.allCases)
    func whatTheLessonMountsIsACopyThatAResetLeavesAlone(_ engine: TestEngine) async throws {
        try await engine.require()
        try await TestLab.withFolder { folder in
            let deep = folder.appending(path: "lent/deep")
            try FileManager.default.createDirectory(at: deep, withIntermediateDirectories: true)
            try Data("kept".utf8).write(to: deep.appending(path: "file"))
            let compose = folder.appending(path: "compose.yaml")
            try Data(
                """
                services:
                  workspace:
                    image: lectern/offline-workspace:0.1.0
                    command: [tail, -f, /dev/null]
                    working_dir: /root
                    volumes: ["./lent:/root/course/lent"]
                    x-lectern: {terminals: true}
                """.utf8
            ).write(to: compose)
            try await TestLab.with([compose.path(percentEncoded: false)], on: engine) { lab in
                // In containers, whose root is the host's, a lesson's files are for reading only.
                let writing = try await lab.run(["touch", "/root/course/lent/new"])
                #expect(writing.status.isSuccess == (engine == .process), "\(writing.output)")
                let others = try await lab.run(["touch", "/root/course/gone", "/root/gone"])
                #expect(others.status.isSuccess, "\(others.output)")
                try await lab.reset { _ in }
                let left = try await lab.run(
                    ["sh", "-c", "cd /root && find . -type f -not -name '.*' | sort; cat course/lent/deep/file"])
                let written = engine == .process ? "./course/lent/new\n" : ""
                #expect(left.output == "./course/lent/deep/file\n\(written)kept")
                // The lab has a copy; the lesson itself is as it was.
                #expect(
                    try FileManager.default.subpathsOfDirectory(atPath: deep.deletingLastPathComponent().path).sorted()
                        == ["deep", "deep/file"])
            }
        }
    }
}

import Foundation
import Testing

/// A lesson's assets and its intro's scripts come once in the life of a lab, and again after a reset.
@Suite(.enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct LessonStartTests {
    private static let containersMissing: String? = {
        guard let lectern = try? LecternProgram() else { return "no directory can be made" }
        defer { lectern.remove() }
        let run = try? lectern.run(["doctor", "--engine", "docker"])
        return run?.status == 0 ? nil : "lectern doctor --engine docker: \(run?.output ?? "did not run")"
    }()

    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    /// Each start leaves a line in a file that the lesson's own steps don't touch.
    private func scenario(target: String = "~/") throws -> WrittenScenario {
        try WrittenScenario(
            in: lectern, step: "", page: "`echo edited >> ~/asset.txt`{{execute}}\n",
            before: """
                "assets": {"host01": [{"file": "asset.txt", "target": "~/"}, {"file": "last.txt", "target": "\(target)"}]},
                "intro": {"text": "intro.md", "foreground": "typed.sh", "background": "hidden.sh"},
                """,
            files: [
                "intro.md": "hello", "assets/asset.txt": "asset\n", "assets/last.txt": "last\n",
                "typed.sh": "echo typed >> ~/typed\n", "hidden.sh": "echo hidden >> ~/hidden\n",
            ])
    }

    /// Looks into the lab by a page of its own, which is another lesson and has no start.
    private func lines(of file: String, in lab: String) throws -> Int? {
        let page = try lectern.page("`wc -l < \(file)`{{execute}}\n\nYou'll get output similar to:\n\n`1`\n")
        let run = try lectern.run(["verify", "--json", "--lab", lab, page])
        let report = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let pages = (report?["scenarios"] as? [[String: Any]])?.first?["pages"] as? [[String: Any]]
        let action = (pages?.first?["actions"] as? [[String: Any]])?.first
        return (action?["output"] as? String).flatMap { Int($0) }
    }

    private func withLab(on engine: String, for lesson: String, _ body: (String) throws -> Void) throws {
        defer { lectern.remove() }
        let up = try lectern.run(["up", "--engine", engine, lesson])
        try #require(up.status == 0, "\(up.problems)")
        let name = up.output.trimmingCharacters(in: .whitespacesAndNewlines)
        defer { _ = try? lectern.run(["down", name]) }
        try body(name)
    }

    @Test(arguments: ["process", "docker"])
    func theSecondRunInALabFindsTheLessonStarted(_ engine: String) throws {
        if engine == "docker", let missing = Self.containersMissing { try Test.cancel("\(missing)") }
        let lesson = try scenario()
        try withLab(on: engine, for: lesson.path) { lab in
            let first = try lectern.run(["verify", "--lab", lab, lesson.path])
            #expect(first.status == 0, "\(first.output)\(first.problems)")
            // 'up' brought the assets, not the scripts.
            #expect(
                first.problems.contains("the lesson's assets are in this lab already; skipped"), "\(first.problems)")
            #expect(first.output.contains("typed.sh"))
            let second = try lectern.run(["verify", "--lab", lab, lesson.path])
            #expect(second.status == 0, "\(second.output)\(second.problems)")
            #expect(second.problems.contains("assets and the intro's scripts are in this lab already; skipped"))
            #expect(!second.output.contains("typed.sh"))
            let report = try lectern.run(["verify", "--json", "--lab", lab, lesson.path]).output
            #expect(report.contains("\"the lesson's assets and the intro's scripts are in this lab already; skipped"))
            #expect(try lines(of: "~/typed", in: lab) == 1)
            #expect(try lines(of: "~/hidden", in: lab) == 1)
            #expect(try lines(of: "~/asset.txt", in: lab) == 4)

            // Another lesson has a start of its own.
            let other = try scenario()
            #expect(try lectern.run(["verify", "--lab", lab, other.path]).status == 0)
            #expect(try lines(of: "~/typed", in: lab) == 2)
            #expect(try lines(of: "~/asset.txt", in: lab) == 2)

            #expect(try lectern.run(["reset", lab]).status == 0)
            #expect(try lectern.run(["verify", "--lab", lab, "--step", "1", lesson.path]).status == 0)
            #expect(try lines(of: "~/typed", in: lab) == 1)
            #expect(try lines(of: "~/asset.txt", in: lab) == 2)
        }
    }

    @Test func aStartThatBrokeOffIsDoneAgain() throws {
        let lesson = try scenario(target: "/usr")
        let bare = try lectern.page("`true`{{execute}}\n")
        try withLab(on: "process", for: bare) { lab in
            let refused = try lectern.run(["verify", "--lab", lab, lesson.path])
            #expect(refused.status == 2)
            #expect(refused.output.contains("cannot be put at '/usr/last.txt'"), "\(refused.output)")
            let index = URL(filePath: lesson.path).appending(path: "index.json")
            let text = try String(contentsOf: index, encoding: .utf8)
            try text.replacing("\"/usr\"", with: "\"/opt\"").write(to: index, atomically: true, encoding: .utf8)
            #expect(try lectern.run(["verify", "--lab", lab, lesson.path]).status == 0)
            #expect(try lines(of: "/opt/last.txt", in: lab) == 1)
            // All but the last had been placed before, and was placed again.
            #expect(try lines(of: "~/asset.txt", in: lab) == 2)
        }
    }

    @Test func aVerifierThatIsKilledWhilePlacingHasNotStartedTheLesson() throws {
        let count = 1000
        let names = (0..<count).map { "assets/a\($0).txt" }
        let lesson = try WrittenScenario(
            in: lectern, step: "", page: "`ls ~/many | wc -l`{{execute}}\n\nThe output is:\n\n`\(count)`\n",
            before: #""assets": {"host01": [{"file": "*.txt", "target": "~/many"}]}, "#,
            files: Dictionary(uniqueKeysWithValues: names.map { ($0, "asset\n") }))
        let bare = try lectern.page("`true`{{execute}}\n")
        try withLab(on: "process", for: bare) { lab in
            let (process, output, _) = try lectern.start(["verify", "--lab", lab, lesson.path])
            // The heading is written before the first file is placed.
            _ = output.fileHandleForReading.availableData
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let run = try lectern.run(["verify", "--lab", lab, lesson.path])
            #expect(run.status == 0, "\(run.output)\(run.problems)")
            #expect(!run.problems.contains("are in this lab already; skipped"))
        }
    }
}

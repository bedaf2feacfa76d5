import Foundation
import Testing

/// `lectern new` and `lectern import` as a user runs them.
@Suite struct NewAndImportTests {
    @Test(.enabled(if: LecternProgram.missing == nil, "no lab can be had here: see 'lectern doctor'"))
    func aNewLessonVerifiesAtOnce() throws {
        let program = try LecternProgram()
        defer { program.remove() }
        let path = program.state.path + "/first-steps"
        let made = try program.run(["new", path])
        #expect(made.status == 0)
        #expect(made.output == path + "\n")
        #expect(made.problems.contains("lectern verify \(path)"))
        let verified = try program.run(["verify", path])
        #expect(verified.status == 0, "\(verified.output)\(verified.problems)")
        #expect(verified.output.contains("Verified  4 actions, 3 samples"))
        let linted = try program.run(["lint", "--strict", path])
        #expect(linted.status == 0)
        #expect(linted.output.hasPrefix("no problems (1 scenario, "), "\(linted.output)")
        let script = try FileManager.default.attributesOfItem(atPath: path + "/verify1.sh")
        #expect(script[.posixPermissions] as? Int == 0o755)
    }

    @Test func whatIsThereIsNotOverwritten() throws {
        let program = try LecternProgram()
        defer { program.remove() }
        let path = program.state.path + "/taken"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let run = try program.run(["new", path])
        #expect(run.status == 2)
        #expect(run.problems.contains("'\(path)' already exists"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: path).isEmpty)
    }

    @Test(arguments: ["Upper", "with space", "-dash", "dash-", "umlaut-ü", ".", String(repeating: "a", count: 65)])
    func badNamesAreRefusedAndNothingIsMade(name: String) throws {
        let program = try LecternProgram()
        defer { program.remove() }
        let run = try program.run(["new", "--", "\(program.state.path)/x/\(name)"])
        #expect(run.status == 2)
        #expect(!FileManager.default.fileExists(atPath: "\(program.state.path)/x"))
    }

    @Test(arguments: [
        ("two words", nil, "such as 'two-words'"), ("Größe_2", nil, "such as 'gr-e-2'"),
        ("漢字", nil, "such as 'first-steps'"),
        ("no/such/place", "no/such", "mkdir -p"),
    ])
    func aNameThatWillNotDoGetsOneThatDoes(name: String, absent: String?, remedy: String) throws {
        let program = try LecternProgram()
        defer { program.remove() }
        let run = try program.run(["new", "\(program.state.path)/\(name)"])
        #expect(run.status == 2)
        #expect(run.problems.contains(remedy), "\(run.problems)")
        if let absent { #expect(run.problems.contains("'\(program.state.path)/\(absent)', where")) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: program.state.path).isEmpty)
    }

    @Test func whateverTheTitleTheLessonIsSound() throws {
        let program = try LecternProgram()
        defer { program.remove() }
        try FileManager.default.createDirectory(
            atPath: program.state.path + "/my lessons", withIntermediateDirectories: false)
        let path = program.state.path + "/my lessons/a"
        let made = try program.run(["new", path, "--title", "A \"quoted\" \\ title,\n\ttwo\u{7} lines 漢字"])
        #expect(made.problems.contains("lectern verify '\(path)'"))
        #expect(try program.run(["lint", "--strict", path]).status == 0)
        let index = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path + "/index.json")))
        let title = try #require((index as? [String: Any])?["title"] as? String)
        #expect(title.hasPrefix("A \"quoted\" \\ title,") && title.hasSuffix("lines 漢字"))
        let empty = program.state.path + "/without-title"
        #expect(try program.run(["new", empty, "--title", ""]).status == 0)
        #expect(try program.run(["lint", "--strict", empty]).output.hasPrefix("no problems"))
    }

    @Test func aRepositoryIsReportedWhateverIsWrongInIt() throws {
        let program = try LecternProgram()
        defer { program.remove() }
        func write(_ text: String, to name: String) throws {
            let file = program.state.appending(path: "repository/" + name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let index = #"{"title": "漢字", "details": {"steps": [{"text": "a.md"}]}, "backend": {"imageid": "ubuntu"}}"#
        try write(
            #"{"items": [{"path": "b"}, {"path": "a"}, {"path": "gone"}, {"path": "broken"}]}"#, to: "structure.json")
        try write(index, to: "a/index.json")
        try write("`docker ps`{{execute}}", to: "a/a.md")
        try write(index, to: "b/index.json")
        try write("`ls`{{execute}}", to: "b/a.md")
        try write(index, to: "broken/index.json")
        try write(index, to: "draft/index.json")
        let path = program.state.path + "/repository"
        let text = try program.run(["import", path])
        #expect(text.status == 0)
        #expect(!text.output.contains("\u{1B}") && !text.problems.contains("\r"))
        let lines = text.output.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.hasPrefix("b ") && $0.hasSuffix("supported") })
        #expect(lines.contains { $0.hasPrefix("a ") && $0.hasSuffix("unsupported  docker") })
        #expect(text.output.contains("structure.json:1:51: no such directory: '\(path)/gone'"))
        #expect(text.output.contains("no such file: '\(path)/broken/a.md'"))
        #expect(
            lines.last
                == "1 supported, 0 degraded, 1 unsupported, 1 unreadable; 2 steps, 2 actions, 0 samples, 0 scripts, 0 assets"
        )
        let json = try program.run(["import", "--json", path])
        let report = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect((report["scenarios"] as? [[String: Any]])?.compactMap { $0["path"] as? String } == ["b", "a"])
        #expect(report["unlisted"] as? [String] == ["draft"])
        #expect((report["levels"] as? [String: Int])?["unsupported"] == 1)
        #expect(try program.run(["import", program.state.path + "/nowhere"]).status == 2)
    }
}

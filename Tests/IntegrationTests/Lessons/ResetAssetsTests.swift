import Foundation
import Testing

/// `lectern reset` on a lab that was made for a lesson.
@Suite(.enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct ResetAssetsTests {
    private static let containersMissing: String? = {
        let run = try? LecternProgram().run(["doctor", "--engine", "docker"])
        return run?.status == 0 ? nil : "lectern doctor --engine docker: \(run?.output ?? "did not run")"
    }()

    private let lectern: LecternProgram
    private let scenario: WrittenScenario

    init() throws {
        lectern = try LecternProgram()
        scenario = try WrittenScenario(
            in: lectern, step: "", page: "`cat ~/app/a.txt`{{execute}}\n\nThe output is:\n\n`asset`\n",
            before: #""assets": {"host01": [{"file": "a.txt", "target": "~/app", "chmod": "+x"}]}, "#,
            files: ["assets/a.txt": "asset\n"])
    }

    /// Stands a lab up for the lesson, and takes it down whatever happens.
    private func withLab(on engine: String, _ body: (String) throws -> Void) throws {
        defer { lectern.remove() }
        let up = try lectern.run(["up", "--engine", engine, scenario.path])
        try #require(up.status == 0, "\(up.problems)")
        let name = up.output.trimmingCharacters(in: .whitespacesAndNewlines)
        defer { _ = try? lectern.run(["down", name]) }
        try body(name)
    }

    @Test(arguments: ["process", "docker"])
    func theAssetsOfTheLessonAreBack(_ engine: String) throws {
        if engine == "docker", let missing = Self.containersMissing { try Test.cancel("\(missing)") }
        try withLab(on: engine) { lab in
            let status = try lectern.run(["status", "--json", lab])
            #expect(status.output.contains("\"lesson\" : \"\(scenario.path)\""), "\(status.output)")
            let reset = try lectern.run(["reset", lab])
            #expect(reset.status == 0, "\(reset.problems)")
            #expect(reset.problems.contains("is as it was after seeding"))
            let step = try lectern.run(["verify", "--lab", lab, "--step", "1", scenario.path])
            #expect(step.status == 0, "\(step.output)\(step.problems)")
        }
    }

    @Test func aLessonThatIsGoneLeavesTheLabResetAndIsSaid() throws {
        try withLab(on: "process") { lab in
            try FileManager.default.removeItem(atPath: scenario.path)
            let reset = try lectern.run(["reset", lab])
            #expect(reset.status == 2)
            #expect(reset.problems.contains("is reset, but without its lesson's assets"), "\(reset.problems)")
            #expect(try lectern.run(["status", lab]).output.contains("\(lab)  ready"))
        }
    }
}

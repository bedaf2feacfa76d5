import Foundation
import LessonLinting
import Testing

/// What a linter finds out of the host for whoever wrote the lesson: nothing.
@Suite struct LessonBoundaryTests {
    @Test("what lies outside the lesson counts as missing, and no name or heading there is suggested")
    func links() throws {
        let links = [
            "/etc/passwd", "../../../../../../etc/passwd", "../../../../../../etc/passwx", "up/hostname",
            "out.md#seckret",
        ]
        let lesson = try scenario(
            links.map { "[text](\($0))\n" }.joined(separator: "\n"), files: ["inside.md": "# Here\n"])
        let outside = try Directory(["secret.md": "# Secret\n"])
        for (name, target) in [("up", "/etc"), ("out.md", outside.path + "/secret.md")] {
            try FileManager.default.createSymbolicLink(atPath: lesson.path + "/" + name, withDestinationPath: target)
        }
        let problems = try lesson.problems()
        #expect(!problems.contains { $0.rule.code == "LL307" })
        let found = problems.filter { $0.rule.code == "LL305" }
        #expect(found.count >= 3, "\(found)")
        for problem in problems {
            #expect(
                problem.remedy?.contains("passwd") != true && problem.remedy?.contains("secret") != true, "\(problem)")
        }
        let inside = try scenario("[text](inside.md)\n\n[other](inside.md#her)\n", files: ["inside.md": "# Here\n"])
        #expect(try inside.problems().filter { $0.rule.code == "LL305" }.isEmpty)
    }

    @Test("an index that is a link out is reported without a word of what it leads to")
    func index() throws {
        let lesson = try Directory(["secret": "{\"title\": \"seckret-4711\", broken\n", "lesson/x": ""])
        try FileManager.default.createSymbolicLink(
            atPath: lesson.path + "/lesson/index.json", withDestinationPath: "../secret")
        var text = ""
        do {
            text = "\(try linter().lint(scenario: lesson.path + "/lesson"))"
        } catch {
            text = "\(error)"
        }
        #expect(text.contains("symbolic link out") && !text.contains("seckret"), "\(text)")
    }
}

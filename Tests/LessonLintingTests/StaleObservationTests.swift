import Diagnostics
import LessonLinting
import Lessons
import Testing

@Suite struct StaleObservationTests {
    private static let index = #"{"title": "T", "details": {"steps": [{"title": "S", "text": "step1.md"}]}}"#

    private func lint(sample: String, observed: String) throws -> [Problem] {
        let page = "Count:\n\n`wc -l x`{{execute}}\n\n```\n\(sample)\n```\n"
        let directory = try Directory([
            "index.json": Self.index, "step1.md": page, ObservedVariation.path: observed,
        ])
        return try linter(only: "LL204").lint(scenario: directory.path)
    }

    private func observed(_ digest: String) -> String {
        """
        {
          "runs" : 3,
          "samples" : [
            { "command" : "wc -l x", "digest" : "\(digest)", "lines" : ["{integer} x"], "page" : "step1.md" }
          ],
          "schemaVersion" : 1
        }
        """
    }

    @Test func anObservationOfAChangedSampleIsReportedAtItsEntry() throws {
        #expect(try lint(sample: "3 x", observed: observed("ddc48a8bd61de075")).isEmpty)
        let problems = try lint(sample: "4 x", observed: observed("ddc48a8bd61de075"))
        #expect(problems.map(\.rule.code) == ["LL204"])
        #expect(problems.first?.place.line == 4)
        #expect(
            problems.first?.message
                == "the sample of 'wc -l x' in 'step1.md' has changed since the lesson was observed")
        #expect(problems.first?.severity == .warning)
    }

    @Test(arguments: ["", "[]", #"{"runs": 3, "samples": [], "schemaVersion": 9}"#])
    func aFileOfAnotherFormIsAnError(_ text: String) throws {
        #expect(try lint(sample: "3 x", observed: text).map(\.severity) == [.error])
    }
}

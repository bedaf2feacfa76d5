import Diagnostics
import Foundation
import LessonLinting
import Lessons
import Testing

@Suite struct ReportTests {
    private func report() async throws -> (LintReport, Directory) {
        let directory = try scenario("`ls`{{exeute}}\n\nTODO: é ![p](p.png)\n")
        return (try await linter().lint(paths: [directory.path]), directory)
    }

    @Test func aProblemShowsItsPlaceItsLineAndWhatToDo() throws {
        let problem = try #require(problems("Ä `ls`{{exeute}}\n").first)
        #expect(
            LintText().text(of: problem).plain == """
                page.md:1:9: error: unknown macro 'exeute' [LL104]
                  Ä `ls`{{exeute}}
                          ^~~~~~
                  try: did you mean 'execute'?
                """)
        #expect(LintText().text(of: problem).rendered(inColour: true).contains("\u{1B}[31merror\u{1B}[0m"))
    }

    @Test(arguments: [
        ("a\tb {{execute}}", 5, "  a b {{execute}}\n      ^~~~~~~~~~~"),
        ("日本 {{execute}}\r\nx", 4, "  日本 {{execute}}\n       ^~~~~~~~~~~"),
        ("👍 e\u{301} {{execute}}\r", 6, "  👍 e\u{301} {{execute}}\n       ^~~~~~~~~~~"),
        ("\u{202E}x\u{200B} {{execute}}", 5, "   x  {{execute}}\n      ^~~~~~~~~~~"),
    ])
    func theCaretStandsUnderWhatIsMeant(text: String, column: Int, excerpt: String) throws {
        let problem = try #require(problems(text, only: "LL107").first)
        #expect(problem.place.column == column)
        #expect(problem.excerpt == excerpt)
    }

    @Test func longLinesAreCutAroundTheCaret() throws {
        let filler = String(repeating: "é", count: 3000)
        let problem = try #require(problems("\(filler) `ls`{{exeute}} \(filler)\n", only: "LL104").first)
        let lines = problem.excerpt.split(separator: "\n")
        #expect(lines[0].unicodeScalars.count <= 102)
        let caret = try #require(lines[1].firstIndex(of: "^"))
        let column = lines[1].distance(from: lines[1].startIndex, to: caret)
        #expect(String(Array(lines[0])[column..<column + 6]) == "exeute")
    }

    @Test func whatALessonHoldsDrivesNoTerminal() throws {
        let found = problems("`ls`{{execute}}\n\n[x](\u{1B}[31mgone.md)\n", only: "LL305")
        #expect(found.count == 1)
        for problem in found { #expect(!LintText().text(of: problem).plain.contains("\u{1B}")) }
    }

    @Test func theSummaryCounts() async throws {
        let (report, _) = try await report()
        #expect(
            LintText().summary(of: report).plain
                == "2 errors, 1 warning (1 scenario, 2 files); 1 can be fixed by --fix")
        #expect(report.fails(strict: false))
        #expect(report.from(.error).problems.count == 2)
    }

    @Test func jsonHasEveryProblem() async throws {
        let (report, directory) = try await report()
        let data = Data(try LintJSON().text(of: report).utf8)
        let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let first = try #require((document["problems"] as? [[String: Any]])?.first)
        #expect(document["errors"] as? Int == 2 && document["warnings"] as? Int == 1 && document["notes"] as? Int == 0)
        #expect(first["code"] as? String == "LL104" && first["rule"] as? String == "unknown-verb")
        #expect(first["file"] as? String == directory.path + "/step1.md")
        #expect(first["line"] as? Int == 1 && first["column"] as? Int == 7 && first["endColumn"] as? Int == 13)
        #expect(first["fix"] as? String == "write 'execute'")
    }

    @Test func sarifHasRulesRegionsAndFixes() async throws {
        let (report, directory) = try await report()
        let data = Data(try SARIF(version: "1.2.3").text(of: report, from: directory.path).utf8)
        let log = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(log["version"] as? String == "2.1.0")
        #expect((log["$schema"] as? String)?.hasSuffix("sarif-schema-2.1.0.json") == true)
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]])
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(driver["version"] as? String == "1.2.3")
        #expect(rules.map { $0["id"] as? String } == ["LL104", "LL306", "LL401"])
        #expect(results.count == 3)
        for result in results {
            let index = try #require(result["ruleIndex"] as? Int)
            #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
            #expect(["error", "warning", "note"].contains(result["level"] as? String))
        }
        let location = try #require(
            (results[0]["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
        #expect((location["artifactLocation"] as? [String: Any])?["uri"] as? String == "step1.md")
        #expect(
            (location["region"] as? [String: Int]) == ["startLine": 1, "startColumn": 7, "endLine": 1, "endColumn": 13])
        let change = ((results[0]["fixes"] as? [[String: Any]])?.first?["artifactChanges"] as? [[String: Any]])?.first
        let replacement = try #require((change?["replacements"] as? [[String: Any]])?.first)
        #expect((replacement["insertedContent"] as? [String: String]) == ["text": "execute"])
        #expect(results[1]["fixes"] == nil)
    }

    @Test func theResultDoesNotDependOnTheWorkers() async throws {
        let index =
            "{\"title\": \"\", \"backend\": {\"imageid\": \"x\"}, \"details\": {\"steps\": [{\"text\": \"a.md\"}]}}"
        var files: [String: String] = [:]
        for number in 0..<40 {
            files["s\(number)/index.json"] = index
            files["s\(number)/a.md"] = "TODO: \(number)\n"
        }
        let directory = try Directory(files)
        let one = try await linter().lint(paths: [directory.path], workers: 1)
        let many = try await linter().lint(paths: [directory.path, directory.path + "/s1"], workers: 7)
        #expect(one.problems == many.problems)
        #expect(one.scenarios == 40 && many.scenarios == 40)
        #expect(one.problems == one.problems.sorted())
    }

    @Test(arguments: ["/nowhere/at/all", "/etc/hostname", "/proc/self/task"])
    func pathsWithoutALessonAreErrors(path: String) async {
        let error = await #expect(throws: (any Error).self) { try await linter().lint(paths: [path]) }
        #expect((error as? any UserFacingError)?.problem.contains("'\(path)'") == true)
    }
}

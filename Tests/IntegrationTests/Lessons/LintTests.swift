import Foundation
import Testing

/// `lectern lint` as a user runs it.
@Suite struct LintTests {
    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    @Test func ourOwnLessonsAreClean() throws {
        defer { lectern.remove() }
        let run = try lectern.run(["lint", "--strict", "scenarios"])
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.hasPrefix("no problems"))
    }

    @Test func theStatusTellsErrorsFromWarnings() throws {
        defer { lectern.remove() }
        let error = try lectern.page("Run ls{{execute}}\n")
        let warning = try lectern.page("TODO: write\n")
        #expect(try lectern.run(["lint", error]).status == 1)
        #expect(try lectern.run(["lint", warning]).status == 0)
        #expect(try lectern.run(["lint", "--strict", warning]).status == 1)
        #expect(try lectern.run(["lint", "--strict", "--ignore", "LL401", warning]).status == 0)
        #expect(try lectern.run(["lint", "--only", "leftover-text,LL104", error]).status == 0)
        #expect(try lectern.run(["lint", "nowhere.md"]).status == 2)
    }

    @Test(arguments: [
        ["lint"], ["lint", "--only", "LL999", "x.md"], ["lint", "--json", "--sarif", "x.md"],
        ["lint", "--dry-run", "x.md"],
        ["lint", "--explain", "nothing"],
    ])
    func aWrongCommandLineAnswers64(_ arguments: [String]) throws {
        defer { lectern.remove() }
        #expect(try lectern.run(arguments).status == 64)
    }

    @Test func aRuleExplainsItself() throws {
        defer { lectern.remove() }
        let run = try lectern.run(["lint", "--explain", "ll501"])
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("# LL501 verify-passes-everyone\n"))
        let all = try lectern.run(["lint", "--explain", "all"]).output
        #expect(all.contains("# LL001 ") && all.contains("# LL601 "))
    }

    @Test func mendingShowsWhatItWouldDoAndThenDoesItOnce() throws {
        defer { lectern.remove() }
        let page = try lectern.page("`ls`{{ exeute T2 }}\n")
        let shown = try lectern.run(["lint", "--fix", "--dry-run", page])
        #expect(shown.output.contains("-`ls`{{ exeute T2 }}\n+`ls`{{ execute T2 }}"))
        let mended = try lectern.run(["lint", "--fix", page])
        #expect(mended.status == 0 && mended.output.hasPrefix("no problems"))
        #expect(try String(contentsOfFile: page, encoding: .utf8) == "`ls`{{execute T2}}\n")
        #expect(try lectern.run(["lint", "--fix", page]).problems.isEmpty)
    }

    @Test func pathsInSARIFAreRelativeToTheWorkingDirectory() throws {
        defer { lectern.remove() }
        let page = try lectern.page("TODO: write\n")
        let run = try lectern.run(["lint", "--sarif", page])
        let log = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect((log["runs"] as? [Any])?.count == 1)
        #expect(run.output.contains("\"uri\" : \"file://"))
    }
}

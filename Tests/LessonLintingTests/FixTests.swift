import Foundation
import LessonLinting
import Lessons
import SeededNumbers
import Testing

@Suite struct FixTests {
    /// Mends until nothing is left, as the command does; answers how many rounds it took.
    private func mend(_ directory: Directory) throws -> Int {
        for round in 0..<6 {
            let application = try FixApplication(of: try directory.problems())
            if application.changes.isEmpty { return round }
            try application.write()
        }
        return 6
    }

    @Test(arguments: [
        ("`ls`{{exeute T2}}\n", "`ls`{{execute T2}}\n"), ("`ls`{{ execute }}\n", "`ls`{{execute}}\n"),
        ("`ls` {{Execute interupt t2}}\n", "`ls`{{execute interrupt T2}}\n"),
        ("```\nls\n``` {{exex}}\n", "```\nls\n```{{exec}}\n"),
        (
            "[x](https://2886795274-8080-host03nc.environments.katacoda.com/a)\n",
            "[x](https://[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]].environments.katacoda.com/a)\n"
        ),
        // Nothing here is certain.
        (
            "`ls`{{foo}} `ls`{{execute test-x}} https://a-80-b.environments.katacoda.com\n",
            "`ls`{{foo}} `ls`{{execute test-x}} https://a-80-b.environments.katacoda.com\n"
        ),
    ])
    func pagesAreMended(before: String, after: String) throws {
        let directory = try scenario(before)
        #expect(try mend(directory) < 4)
        #expect(try directory.text(of: "step1.md") == after)
        #expect(try mend(directory) == 0)
    }

    @Test func scriptsAndIndexesAreMendedAndKeepTheirPermissionsAndMark() throws {
        let directory = try scenario(
            step: "\"foregroud\": \"f.sh\", \"verify\": \"v.sh\"",
            files: ["f.sh": "ls\n", "v.sh": "\u{FEFF}#!/bin/bash\r\nstat /x\r\n"])
        let script = directory.path + "/v.sh"
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
        _ = try mend(directory)
        #expect(try directory.text(of: "v.sh") == "\u{FEFF}#!/bin/bash\nstat /x\n")
        #expect(try directory.text(of: "index.json").contains("\"foreground\": \"f.sh\""))
        let mode = try FileManager.default.attributesOfItem(atPath: script)[.posixPermissions] as? Int
        #expect(mode == 0o755)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == [
                "f.sh", "index.json", "step1.md", "v.sh",
            ])
    }

    @Test func theDiffShowsLinesAroundAChange() throws {
        let directory = try scenario("one\ntwo\nthree\nfour\n`ls`{{exeute}}\nsix\n")
        let application = try FixApplication(of: try directory.problems())
        let diff = application.changes.map { UnifiedDiff($0).text }.joined()
        let file = directory.path + "/step1.md"
        #expect(
            diff == """
                --- \(file)
                +++ \(file)
                @@ -2,5 +2,5 @@
                 two
                 three
                 four
                -`ls`{{exeute}}
                +`ls`{{execute}}
                 six
                """)
        #expect(try directory.text(of: "step1.md").contains("exeute"))
    }

    @Test func neighbouringChangesShareOneHunk() throws {
        let directory = try scenario("`a`{{exeute}}\nsame\n`b`{{exeute}}\n`c`{{exeute}}\n")
        let application = try FixApplication(of: try directory.problems())
        let lines = application.changes.map { UnifiedDiff($0).text }.joined().split(separator: "\n").dropFirst(2)
        #expect(
            Array(lines) == [
                "@@ -1,4 +1,4 @@", "-`a`{{exeute}}", "+`a`{{execute}}", " same", "-`b`{{exeute}}", "-`c`{{exeute}}",
                "+`b`{{execute}}", "+`c`{{execute}}",
            ])
    }

    /// Whatever a lesson holds: what is mended once stays as it is.
    @Test func mendingTwiceIsMendingOnce() throws {
        var generator = SplitMix(state: 23)
        let parts = [
            "`ls`{{exeute}}", "`a b` {{ execute  t2 INTERRUPT}}", "``x``{{cpoy}}", "\n```bash\nls\n```{{ exec }}\n",
            "{{execute}}",
            "`x`{{execute interupt no-newlin}}", "https://2886795274-80-host03nc.environments.katacoda.com/",
            "`a`{{ }}", "`b`{{}}",
            "text", "\n\n", "* ", "> ", "é", "`", "{{", "}}", "<!-- lectern: ignore LL108 -->\n", "```", "   ",
        ]
        for _ in 0..<150 {
            let page = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                parts.randomElement(using: &generator) ?? ""
            }.joined(separator: Bool.random(using: &generator) ? " " : "\n")
            let directory = try scenario(page)
            #expect(try mend(directory) < 6, "\(page)")
            let once = try directory.text(of: "step1.md")
            #expect(try mend(directory) == 0)
            #expect(try directory.text(of: "step1.md") == once)
        }
    }
}

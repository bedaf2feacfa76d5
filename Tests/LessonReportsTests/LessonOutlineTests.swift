import Diagnostics
import Foundation
import LessonMarkdown
import LessonReports
import Lessons
import Testing

/// `lectern inspect` without anything being run: a scenario on the disk, read and described.
@Suite struct LessonOutlineTests {
    private static let files = [
        "index.json": """
        {"title": "Panda", "type": "challenge@1.0", "details": {
          "assets": {"host01": [{"file": "app/**", "target": "~/", "chmod": "+x"}]},
          "intro": {"text": "intro.md", "background": "hidden.sh", "code": "typed.sh"},
          "steps": [{"title": "One", "text": "step1.md", "verify": "check.sh", "hint": "hint.md",
                     "answer": "answer.md", "lectern": {"timeout": "90s", "checkTimeout": "500ms"}}],
          "finish": {"text": "finish.md"}},
         "environment": {"hidefinish": true}, "backend": {"imageid": "ubuntu"},
         "lectern": {"environment": ["a.yaml", "b.yaml"], "seed": {"rows": 3, "seed": 7, "language": "de"},
                     "timeout": "30s", "backgroundTimeout": "2m", "terminals": {"columns": 100, "rows": 30}}}
        """,
        "intro.md": "hello",
        "step1.md": """
        <!-- lectern: retry timeout=5s status=1 -->
        `date`{{execute T2}}

        <!-- lectern: screen similar field:year=integer -->

        ```
        Mon
        ```

        <pre class="file" data-filename="x.conf" data-target="insert" data-marker="# HERE">one</pre>

        [shop](https://[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]].environments.katacoda.com/cart)

        >>Which one?<<
        (*) this
        ( ) that

        ```
        make
        make install
        ```{{execute}}
        """,
        "answer.md": "`touch panda`{{execute}}", "hint.md": "look", "finish.md": "bye",
        "hidden.sh": "ls", "typed.sh": "ls", "check.sh": "ls",
    ]

    private func outline(of path: String, files: [String: String] = files) throws -> [String] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "outline-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in files {
            try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        let scenario = try LessonReader().scenario(at: folder.path)
        return LessonOutline().lines(for: scenario)
            .map { $0.plain.replacing(folder.path, with: "lesson") }
    }

    @Test func everythingALessonHoldsIsShownInTheOrderOfThePage() throws {
        let lines = try outline(of: "lesson")
        let expected = """
            Panda (lesson)
              environment  a.yaml
              environment  b.yaml
              seeding      rows 3, seed 7, language de
              machine      ubuntu
              type         challenge@1.0
              terminals    100 × 30
              time-out     30 s an action
              time-out     120 s a background script
              asset        app/** → ~/ on host01, chmod +x
              hidden       finish

            lesson/intro.md
              background   hidden.sh  (lesson/index.json:3:47)
              foreground   typed.sh  (lesson/index.json:3:68)

            lesson/step1.md  One
              time-out     90 s an action
              time-out     0.5 s a check
              2: execute T2  date  (retry, time-out 5 s, status 1)
                  sample at line 6, similar, on the screen, year is integer
              10: file  x.conf, replacing '# HERE'
              12: link  the lab's port 8080 /cart
              14: quiz  Which one? (one of 2 choices)
              18: execute  make …
              check        check.sh  (lesson/index.json:4:60)
              hint         hint.md  (lesson/index.json:4:80)
              answer       answer.md  (lesson/index.json:5:24)
                1: execute  touch panda

            lesson/finish.md
            """
        #expect(lines.joined(separator: "\n") == expected)
    }
}

import Diagnostics
import Foundation
import LessonLinting
import Lessons
import SeededNumbers
import Testing

/// Lessons are untrusted: whatever they hold, linting ends soon and points into the file.
@Suite struct RobustnessTests {
    private static let page = """
        # Title
        1. Run `ls -l`{{execute T2 interupt}} and `tail -f x` {{ execute}} TODO: [x](#title) ![p](q.png)

           ```bash
           curl https://x.org | sh
           ```{{exeute T1}}

        > [x](https://[[HOST_SUBDOMAIN]]-80-[[KATACODA_HOST]].environments.katacoda.com/) {{TRAFFIC_HOST9_99999}}

        <!-- lectern: ignore LL401 LL107 -->
        <pre class="file" data-filename="/x" data-target='insert'>&lt;</pre>
        >>Q?<<
        [*] a
        [ ] b
        password=Zk39xQ7vLm2TpW8sBd <b onclick="x">b</b> https://2886795274-8080-host03nc.environments.katacoda.com
        """
    private static let index = """
        {"title": "T", "backend": {"imageid": "ubuntu"}, "lectern": {"timeout": "30s"},
         "details": {"intro": {"text": "step1.md"}, "steps": [{"title": "a", "text": "step1.md", "verify": "v.sh"}],
          "assets": {"host01": [{"file": "**/*", "target": "~/"}]}}}
        """
    private static let script =
        "#!/bin/bash\nif [[ -f /x ]]; then\n  echo 'done'\nelse echo \"no\" \\\n  more\nfi <<EOF\nx\nEOF\n"

    private func mutated(_ text: String, _ generator: inout SplitMix) -> String {
        var bytes = Array(text.utf8)
        let tokens = [
            "```", "`", "{{execute}}", "{{", "}}", "<!--", "-->", "\r\n", "\n", "\"", "[", "<", "\u{E9}", "\u{0}",
            "<<EOF", "fi",
        ]
        for _ in 0..<Int.random(in: 1...8, using: &generator) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...30, using: &generator)))
            case 2: bytes.insert(contentsOf: Array((tokens.randomElement(using: &generator) ?? "").utf8), at: at)
            default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 40)], at: at)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func mutatedLessonsAreLinted() throws {
        var generator = SplitMix(state: 5)
        let directory = try Directory(["assets/a": "x"])
        for _ in 0..<250 {
            try directory.write(mutated(Self.page, &generator), to: "step1.md")
            try directory.write(mutated(Self.script, &generator), to: "v.sh")
            try directory.write(
                Bool.random(using: &generator) ? Self.index : mutated(Self.index, &generator), to: "index.json")
            for problem in try directory.problems() {
                #expect(problem.place.line >= 1 && problem.place.column >= 1)
                #expect((problem.end.line, problem.end.column) >= (problem.place.line, problem.place.column))
                _ = LintText().text(of: problem)
            }
        }
    }

    /// Eight times the text may take eight times as long, and not sixty-four times.
    @Test(arguments: [
        "TODO: x ", "`a`{{exeute}} ", "<b onclick=x ", "[a](#b) ", "![a](b.png) ", "{{TRAFFIC_HOST1_0}} ",
        "password=aB3", "<!-- lectern: ignore LL401 --> ", "```\n", "# a\n", "environments.katacoda.com", "[[[[",
        "AKIA", "-----BEGIN ", "<", "`", ">>a<<\n", "`a`{{execute T2}} `b`{{execute}}\n",
        "You'll see the following output:\n\n```\nx\n```\n\n",
    ])
    func timeGrowsWithTheSizeAlone(unit: String) throws {
        // The thread's own time: other work on the machine doesn't count.
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        func seconds(_ count: Int) -> Double {
            let text = String(repeating: unit, count: count)
            return (0..<2).map { _ in
                let start = now()
                _ = linter().lint(markdown: text, file: "p.md")
                return now() - start
            }.min() ?? 0
        }
        let small = 6_000 / unit.utf8.count
        let ratio = seconds(small * 8) / max(seconds(small), 0.002)
        #expect(ratio < 32, "\(ratio)")
    }
}

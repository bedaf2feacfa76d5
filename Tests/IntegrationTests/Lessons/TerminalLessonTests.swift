import Foundation
import Testing

/// What a lesson's terminals do, as a report tells it.
@Suite(.enabled(if: LecternProgram.missing == nil, "no lab can be had here; see 'lectern doctor'"))
struct TerminalLessonTests {
    private struct Action: Decodable {
        var verdict: String
        var output: String
        var problem: String?
        var notes: [String]
    }

    private struct Report: Decodable {
        struct Page: Decodable { var actions: [Action] }
        struct Scenario: Decodable { var pages: [Page] }
        var scenarios: [Scenario]
    }

    private let lectern: LecternProgram

    init() throws { lectern = try LecternProgram() }

    private func verify(_ path: String, options: [String] = []) throws -> (status: Int32, actions: [Action]) {
        let run = try lectern.run(["verify", "--json"] + options + [path])
        let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
        return (run.status, report.scenarios.flatMap(\.pages).flatMap(\.actions))
    }

    @Test(.enabled(if: access("/usr/bin/python3", X_OK) == 0, "python3 is not installed"))
    func whatAServerLogsLaterIsNobodyElsesOutput() throws {
        defer { lectern.remove() }
        let page = try lectern.page(
            """
            `echo found > page; python3 -u -m http.server 8000 --bind 127.0.0.1`{{execute T1}}

            You'll get the following output:

            ```
            Serving HTTP on 127.0.0.1 port 8000 (http://127.0.0.1:8000/) ...
            ```

            `curl -s localhost:8000/page`{{execute T2}}

            You'll get the following output:

            `found`

            `echo stopped`{{execute T1 interrupt}}

            You'll get the following output:

            `stopped`
            """)
        let (status, actions) = try verify(page)
        #expect(status == 0, "\(actions)")
        #expect(actions.map(\.output).dropFirst() == ["found", "stopped"], "\(actions)")
        #expect(actions.first?.output.split(separator: "\n").count == 1)
        #expect(actions.last?.notes == [])
    }

    @Test func aProgramThatIgnoresCtrlCIsToldOfAndEnded() throws {
        defer { lectern.remove() }
        let page = try lectern.page(
            """
            `bash -c 'trap "" INT; echo up; while :; do read -t 100 < <(:); done'`{{execute T1}}

            You'll get the following output:

            `up`

            `echo next`{{execute T1 interrupt}}

            You'll get the following output:

            `next`
            """)
        let (status, actions) = try verify(page)
        #expect(status == 0, "\(actions)")
        #expect(actions.last?.notes == ["'bash' did not end on Ctrl-C and got SIGTERM"])
        #expect(lectern.leftovers() == [])
    }

    @Test func aShellThatEndsIsToldOfAndTheNextActionGetsAnother() throws {
        defer { lectern.remove() }
        let page = try lectern.page(
            """
            `cd /tmp && exit`{{execute T1}}

            `pwd`{{execute T1}}

            You'll get the following output:

            `/root`

            `set -e`{{execute T1}}

            <!-- lectern: status=1 -->
            `false`{{execute T1}}

            `echo $-`{{execute T1}}

            You'll get the following output:

            `himBHs`
            """)
        let (status, actions) = try verify(page)
        #expect(status == 0, "\(actions)")
        let ended = "the shell ended; the next action gets a new one"
        #expect(actions.map(\.notes) == [[ended], [], [], [ended], []], "\(actions)")
    }

    @Test func aShellThatEndsWhileItIsLookedAtIsAResult() throws {
        defer { lectern.remove() }
        // Looks at the foreground program come at ever longer intervals; the ends fall before, into and after them.
        let page = (0..<40).map { "`sleep 0.\(100 + $0 * 5); exit`{{execute}}\n\n" }.joined()
        let (status, actions) = try verify(try lectern.page(page))
        #expect(status == 0, "\(actions)")
        #expect(actions.allSatisfy { $0.notes == ["the shell ended; the next action gets a new one"] }, "\(actions)")
    }

    @Test func aTimeOutIsThatOfTheActionElseOfThePageElseOfTheLessonUnlessTheRunNamesOne() throws {
        defer { lectern.remove() }
        let (slow, endless) = ("`sleep 2`{{execute}}\n\n", "`sleep 1000`{{execute}}\n")
        let long = #""lectern": {"timeout": "1000s"}"#
        let short = #""lectern": {"timeout": "300ms"}"#
        let backend = #""backend": {"imageid": "ubuntu"}, "#
        let marked = "<!-- lectern: timeout=100s -->\n\(slow)<!-- lectern: timeout=300ms -->\n\(endless)"
        let lessons = [
            try WrittenScenario(in: lectern, step: long, page: marked, others: backend + long),
            try WrittenScenario(in: lectern, step: short, page: endless, others: backend + long),
            try WrittenScenario(in: lectern, step: "", page: endless, others: backend + short),
        ]
        for lesson in lessons {
            let (status, actions) = try verify(lesson.path)
            #expect(status == 1)
            #expect(actions.last?.problem?.hasPrefix("timed out after 0.3 s: 'sleep'") == true, "\(actions)")
            #expect(actions.dropLast().allSatisfy { $0.verdict == "passed" }, "\(actions)")
        }
        let lesson = try WrittenScenario(in: lectern, step: long, page: endless, others: backend + long)
        let (_, actions) = try verify(lesson.path, options: ["--timeout", "0.3"])
        #expect(actions.last?.problem?.hasPrefix("timed out after 0.3 s: 'sleep'") == true, "\(actions)")
        #expect(lectern.leftovers() == [])
    }
}

import Diagnostics
import LessonReports
import Lessons
import SchemaChecks
import Testing

/// What `lectern verify --json` prints is what its schema says.
@Suite("The report for programs")
struct JSONReportTests {
    private let place = SourcePlace(file: "lesson/step1.md", line: 3)

    private func outcome(_ verdict: Verdict, problem: String? = nil) -> ScenarioOutcome {
        var action = ActionOutcome(
            action: Action(place: place, text: "date", terminal: 2), terminal: "T2", verdict: verdict)
        action.problem = problem
        action.timeout = ActionTimeout(
            limit: 2, program: "date", state: "S", isWaitingForTerminal: false, outlivedSignals: false)
        action.takenBy = "vi"
        action.samples = [
            SampleOutcome(
                place: place, wording: .similar, source: .screen, verdict: verdict, differences: ["year: missing"],
                explanation: "x")
        ]
        var page = PageOutcome(page: Page(role: .step(1), title: "One", file: "lesson/step1.md"), actions: [action])
        page.links = [LinkOutcome(link: Link(place: place, target: .labPort(80, path: "/")), verdict: .passed)]
        page.scripts = [ScriptOutcome(.verify, file: "check.sh", place: place)]
        page.fileBlocks = [
            FileBlockOutcome(
                block: FileBlock(place: place, file: "a", target: .insert(marker: "b"), text: "c"), path: "/root/a")
        ]
        page.quizzes = [QuizOutcome(quiz: Quiz(place: place, question: "?", answer: .equals("a")))]
        var outcome = ScenarioOutcome(title: "Lesson", path: "lesson", pages: [page], provisioning: 0.5, duration: 2)
        outcome.recordings = [Recording(terminal: "T1", path: "rec/T1.cast", problem: "the disk is full")]
        outcome.notes = ["a note"]
        return outcome
    }

    private var unread: ScenarioOutcome {
        ScenarioOutcome(title: "", path: "gone", problem: "'gone' does not exist", remedy: "name a scenario")
    }

    @Test("every member of a report is described, and of the type that the schema says")
    func described() throws {
        var interrupted = outcome(.inconclusive)
        interrupted.interrupted = true
        interrupted.position = "at step1.md:3: date"
        let schema = try SchemaCheck(VerifySchema.text, isClosed: true)
        for report in [
            JSONReport([outcome(.passed), outcome(.failed, problem: "it differs"), unread, interrupted]),
            JSONReport([], problem: "the table can't be read", remedy: "check the path"),
        ] {
            #expect(try schema.objections(to: report.jsonText()) == [])
        }
    }

    @Test(
        "a document that isn't a report is objected to",
        arguments: ["{}", "[]", #"{"schemaVersion": 1, "verdict": "well", "interrupted": false, "scenarios": []}"#])
    func objections(document: String) throws {
        #expect(try SchemaCheck(VerifySchema.text).objections(to: document) != [])
    }

    @Test("of several verdicts inconclusive counts before failed, and failed before passed; of none it is inconclusive")
    func worst() {
        #expect(JSONReport([outcome(.passed), outcome(.failed), unread]).verdict == .inconclusive)
        #expect(JSONReport([outcome(.passed), outcome(.failed)]).verdict == .failed)
        #expect(JSONReport([outcome(.passed)]).verdict == .passed)
        #expect(JSONReport([]).verdict == .inconclusive)
    }

    @Test("each lesson has its verdict")
    func verdicts() throws {
        let text = try JSONReport([outcome(.passed), unread]).jsonText()
        let lessons = try JSONReport([outcome(.passed)]).jsonText()
        #expect(text.contains(#""verdict" : "inconclusive""#))
        #expect(lessons.split(separator: #""verdict" : "passed""#).count > 3)
    }

    @Test("a run that verified nothing is inconclusive, whatever was left out")
    func nothing() {
        let link = LinkOutcome(link: Link(place: place, target: .external("https://example.org")), verdict: .notRun)
        let copied = ActionOutcome(action: Action(place: place, text: "x", kind: .copy), verdict: .passed)
        for page in [
            PageOutcome(page: Page(role: .alone, title: "", file: "a.md")),
            PageOutcome(page: Page(role: .alone, title: "", file: "a.md"), links: [link]),
            PageOutcome(page: Page(role: .alone, title: "", file: "a.md"), actions: [copied]),
        ] {
            let outcome = ScenarioOutcome(title: "", path: "a.md", pages: [page])
            #expect(outcome.verdict == .inconclusive)
            #expect(TerminalReport().summary(of: outcome).plain.contains("nothing of the lesson was verified"))
        }
        #expect(outcome(.passed).verdict == .passed)
    }
}

import Diagnostics
import LessonReports
import Lessons
import Testing

private let place = SourcePlace(file: "lesson/step1.md", line: 12)

@Suite struct TerminalReportTests {
    private let report = TerminalReport()

    @Test func aPassedActionIsOneLineThatNamesItsSample() {
        var outcome = ActionOutcome(action: Action(place: place, text: "db"), terminal: "T1", verdict: .passed)
        outcome.duration = 0.0123
        outcome.samples = [
            SampleOutcome(place: place, wording: .exact, source: .output, verdict: .passed)
        ]
        let lines = report.lines(for: outcome).map(\.plain)
        #expect(lines.count == 1)
        #expect(lines[0].hasPrefix("  ✓ T1   db "))
        #expect(lines[0].contains("12 ms"))
        #expect(lines[0].hasSuffix("= step1.md:12"))
    }

    @Test func aFailureSaysWhereAndWhat() {
        var outcome = ActionOutcome(action: Action(place: place, text: "db"), terminal: "T1", verdict: .failed)
        outcome.problem = "quantity: missing"
        outcome.samples = [
            SampleOutcome(
                place: SourcePlace(file: "lesson/step1.md", line: 20), wording: .similar, source: .output,
                verdict: .failed,
                differences: ["quantity: missing", "email: missing"], explanation: "- a\n+ b")
        ]
        let text = report.lines(for: outcome).joined(separator: "\n").plain
        #expect(text.contains("lesson/step1.md:12"))
        #expect(text.contains("quantity: missing"))
        #expect(text.contains("email: missing"))
        #expect(text.contains("lesson/step1.md:20 (similar)"))
        #expect(text.contains("      - a\n      + b"))
    }

    @Test func whatAProgramPrintedCannotCommandTheReadersTerminal() {
        var outcome = ActionOutcome(
            action: Action(place: place, text: "printf '\u{1B}]0;x\u{07}'"), terminal: "T1", verdict: .failed)
        outcome.output = "\u{1B}[2Jgone\u{9B}31m"
        let text = report.lines(for: outcome).joined(separator: "\n").plain
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x9B || $0.value == 0x07 })
    }

    @Test func commandsThatAnotherProgramTookAreCounted() {
        var outcome = ScenarioOutcome(title: "Lesson", path: "lesson")
        var page = PageOutcome(page: Page(role: .step(1), title: "One", file: "step1.md"))
        for (text, program) in [("vim x", nil), ("ls", "vim"), ("git log", "vim"), (":q!", nil)] {
            let place = SourcePlace(file: "step1.md", line: 1)
            var action = ActionOutcome(action: Action(place: place, text: text), terminal: "T1", verdict: .passed)
            action.takenBy = program
            page.actions.append(action)
        }
        outcome.pages = [page]
        let summary = TerminalReport().summary(of: outcome).plain
        #expect(summary.contains("4 actions (2 of them typed into 'vim'), 0 samples"), "\(summary)")
    }

    @Test func anOffTerminalReportHasNoEscapeCodes() {
        let outcome = ScenarioOutcome(title: "Lesson", path: "lesson", problem: "no bubblewrap", remedy: "install it")
        #expect(!report.summary(of: outcome).plain.contains("\u{1B}"))
        #expect(report.summary(of: outcome).rendered(inColour: true).contains("\u{1B}[33mInconclusive"))
    }

    @Test func anUndecidedScenarioNamesTheProblemAndTheRemedy() {
        let outcome = ScenarioOutcome(title: "Lesson", path: "lesson", problem: "no bubblewrap", remedy: "install it")
        #expect(outcome.verdict == .inconclusive)
        #expect(report.summary(of: outcome).plain.contains("no bubblewrap"))
        #expect(report.summary(of: outcome).plain.contains("try: install it"))
    }
}

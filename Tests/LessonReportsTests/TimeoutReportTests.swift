import Diagnostics
import LessonReports
import Lessons
import Testing

@Suite struct TimeoutReportTests {
    private let report = TerminalReport()
    private let place = SourcePlace(file: "lesson/step1.md", line: 12)

    private func timeout(_ state: String = "S", waits: Bool = false, outlivedSignals: Bool = false) -> ActionTimeout {
        ActionTimeout(
            limit: 2, program: "server", state: state, isWaitingForTerminal: waits, outlivedSignals: outlivedSignals)
    }

    private func outcome(output: String = "", screen: [String]) -> ActionOutcome {
        var outcome = ActionOutcome(action: Action(place: place, text: "server"), terminal: "T2", verdict: .failed)
        outcome.timeout = timeout()
        outcome.problem = outcome.timeout?.description
        outcome.output = output
        outcome.screen = screen
        return outcome
    }

    @Test func itSaysWhatRanHowItStoodAndWhatBecameOfIt() {
        #expect(
            "\(timeout("SRS"))" == "timed out after 2 s: 'server' was still running (asleep, running), and was ended")
        #expect("\(timeout(waits: true))" == "timed out after 2 s: 'server' waited for input, and was ended")
        #expect(
            "\(timeout("D", outlivedSignals: true))".hasSuffix("(waiting for a device), and only ended with its shell"))
        let unknown = ActionTimeout(
            limit: 0.5, program: "", state: "", isWaitingForTerminal: false, outlivedSignals: false)
        #expect("\(unknown)" == "timed out after 0.5 s: the program was still running, and was ended")
    }

    @Test func theScreenIsShownInAFrame() {
        let lines = report.lines(for: outcome(output: "listening", screen: ["$ server", "", "listening"])).map(\.plain)
        #expect(
            lines.suffix(8) == [
                "    timed out after 2 s: 'server' was still running (asleep), and was ended",
                "    the screen of T2:", "      ┌────", "      │ $ server", "      │ ", "      │ listening",
                "      └────", "",
            ])
    }

    @Test func outputThatTheScreenDoesNotHoldIsShownBesideIt() {
        let lines = report.lines(for: outcome(output: "gone by\nshown", screen: ["shown"])).map(\.plain)
        #expect(lines.contains("      gone by"))
        #expect(lines.contains("      │ shown"))
    }

    @Test func aLargeScreenIsBoundedAndCommandsNothing() {
        let screen = (1...200).map { "line \($0) \u{1B}[31m" + String(repeating: "x", count: 500) }
        let lines = report.lines(for: outcome(screen: screen)).map(\.plain)
        #expect(lines.contains("      │ … 160 lines above"))
        #expect(lines.filter { $0.hasPrefix("      │ line") }.count == 40)
        #expect(lines.allSatisfy { $0.count < 180 && !$0.unicodeScalars.contains("\u{1B}") })
        #expect(report.lines(for: outcome(screen: [])).map(\.plain).contains("    the screen of T2 is empty"))
    }

    @Test func aScriptThatWasTypedHasItToo() {
        var script = ScriptOutcome(.foreground, file: "lesson/start.sh", terminal: "T1", verdict: .failed)
        script.timeout = timeout()
        script.screen = ["$ server"]
        #expect(report.lines(for: script).map(\.plain).contains("      │ $ server"))
    }

    @Test func programsAreToldByAFieldOfItsOwn() throws {
        var scenario = ScenarioOutcome(title: "Lesson", path: "lesson")
        var page = PageOutcome(page: Page(role: .step(1), title: "One", file: "step1.md"))
        page.actions = [outcome(screen: ["$ server"])]
        scenario.pages = [page]
        let text = try JSONReport([scenario]).jsonText()
        #expect(text.contains(#""program" : "server""#))
        #expect(text.contains(#""limit" : 2"#))
        #expect(text.contains(#""$ server""#))
    }
}

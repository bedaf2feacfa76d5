import Diagnostics
import Lessons
import Testing

@testable import LessonVerification

@Suite struct RunStateTests {
    private func outcome(_ text: String, _ verdict: Verdict, line: Int = 1) -> ActionOutcome {
        ActionOutcome(
            action: Action(place: SourcePlace(file: "page.md", line: line), text: text), terminal: "T1",
            verdict: verdict)
    }

    private func script(_ kind: ScriptOutcome.Kind, _ verdict: Verdict) -> ScriptOutcome {
        ScriptOutcome(kind, file: "a.sh", verdict: verdict)
    }

    @Test func theFirstFailureEndsARun() {
        let state = RunState(keepsGoing: false)
        _ = state.conclude(outcome("true", .passed))
        #expect(!state.isStopped)
        _ = state.conclude(outcome("false", .failed))
        #expect(state.isStopped)
    }

    @Test func aRunThatKeepsGoingNamesTheFailureThatMayHaveCausedAnother() {
        let state = RunState(keepsGoing: true)
        let first = state.conclude(outcome("cat orders.txt", .failed, line: 3))
        let second = state.conclude(outcome("wc -l orders.txt", .failed, line: 9))
        let third = state.conclude(outcome("ls elsewhere", .failed, line: 12))
        #expect(!state.isStopped)
        #expect(first.consequenceOf == nil && third.consequenceOf == nil)
        #expect(second.consequenceOf?.line == 3)
        #expect(second.notes == ["may be a consequence of page.md:3, which also names 'orders.txt'"])
    }

    @Test func whatIsInconclusiveEndsEveryRun() {
        for keepsGoing in [false, true] {
            let state = RunState(keepsGoing: keepsGoing)
            state.conclude(script(.verify, .inconclusive))
            #expect(state.isStopped)
            let other = RunState(keepsGoing: keepsGoing)
            _ = other.conclude(outcome("make", .inconclusive))
            #expect(other.isStopped)
        }
    }

    @Test func aCheckThatFailsEndsOnlyARunThatDoesNotKeepGoing() {
        let state = RunState(keepsGoing: true)
        state.conclude(script(.verify, .failed))
        state.partFailed()
        #expect(!state.isStopped)
        state.conclude(script(.foreground, .failed))
        #expect(state.isStopped)
    }
}

@Suite struct TerminalUseTests {
    private func action(_ text: String, _ kind: Action.Kind = .execute, in terminal: Int? = nil) -> Action {
        Action(place: SourcePlace(file: "page.md", line: 1), text: text, kind: kind, terminal: terminal)
    }

    @Test func anActionWithoutATerminalGoesToTheOneUsedLast() {
        var terminals = TerminalUse()
        let actions = [action("a"), action("b", in: 3), action("c", .copy, in: 2), action("d")]
        let used = actions.map { terminals.terminal(for: $0) }
        #expect(used == ["T1", "T3", nil, "T3"])
    }

    @Test func aTerminalIsNewOnce() {
        var terminals = TerminalUse()
        let answers = ["T1", "T2", "T1", "T2"].map { terminals.isNew($0) }
        #expect(answers == [true, true, false, false])
    }

    @Test func onlyTheNextActionOfTheSameTerminalInterruptsIt() {
        var terminals = TerminalUse()
        _ = terminals.terminal(for: action("ping", in: 2))
        let interrupt = action("^C", .keys, in: 2)
        #expect(terminals.isInterrupted("T2", by: [action("ls", in: 1), interrupt]))
        #expect(!terminals.isInterrupted("T2", by: [action("ls"), interrupt]))
        #expect(!terminals.isInterrupted("T1", by: [interrupt]))
        #expect(!terminals.isInterrupted("T2", by: []))
    }

    @Test func itRemembersWhoHadTheWholeScreen() {
        var terminals = TerminalUse()
        let changes = [("T1", true), ("T1", true), ("T2", true), ("T1", false), ("T1", false)]
        let before = changes.map { terminals.setFullScreen($0.1, in: $0.0) }
        #expect(before == [false, true, false, true, false])
    }
}

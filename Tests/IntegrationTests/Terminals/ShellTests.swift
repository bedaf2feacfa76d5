import Dispatch
import Foundation
import TerminalScreens
import TerminalSessions
import Testing

@Suite(.enabled(if: isInstalled("bash"), "bash is not installed")) struct ShellTests {
    @Test func aCommandEndsWithItsOutputAndStatus() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let good = try await terminal.line("echo hello; echo world")
            #expect(good.text == "hello\nworld")
            #expect(good.ending == .status(0))
            #expect(good.prompt == "$ ")
            let bad = try await terminal.line("ls nowhere")
            #expect(bad.ending == .status(2))
            #expect(bad.text.contains("nowhere"))
            #expect(try await terminal.line("(exit 42)").ending == .status(42))
        }
    }

    @Test func directoriesExportsFunctionsAndAliasesPersist() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line(
                "mkdir inner; cd inner; export FRUIT=pear; f() { echo \"f $1\"; }; alias a='echo alias'")
            #expect(try await terminal.line("basename $PWD; echo $FRUIT; f 1").text == "inner\npear\nf 1")
            #expect(try await terminal.line("a b").text == "alias b")
        }
    }

    @Test func aBlockIsTypedLineByLine() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let capture = try await terminal.line(
                """
                # prepare

                for i in 1 2 3; do
                  echo "round $i"
                done
                echo one \\
                  two
                false
                cat <<EOF
                \tindented by a tab
                $((1 + 1)) apples
                EOF
                """)
            #expect(capture.text == "round 1\nround 2\nround 3\none two\n        indented by a tab\n2 apples")
            #expect(capture.statuses == [0, 0, 1, 0])
            #expect(capture.ending == .status(0))
        }
    }

    @Test func hereDocumentsKeepTheirTabs() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("cat > made <<'EOF'\nall:\n\techo $HOME\nEOF")
            #expect(try await terminal.line("od -c made | head -2").text.contains(#"\t"#))
        }
    }

    @Test func blankLinesAndCommentsSucceedAndRefusedLinesFail() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("(exit 7)")
            #expect(try await terminal.line("").ending == .status(0))
            #expect(try await terminal.line("# nothing").ending == .status(0))
            let syntax = try await terminal.line("if then")
            #expect(syntax.ending == .status(2))
            #expect(syntax.text.contains("syntax error"))
            let history = try await terminal.line("echo hi !nosuchevent")
            #expect(history.text.contains("event not found"))
            #expect(history.ending != .status(0))
            #expect(try await terminal.line("echo fine").text == "fine")
        }
    }

    @Test func anIncompleteLineWaitsAtTheContinuationPrompt() async throws {
        try await TestTerminal.with { (terminal) async throws in
            #expect(try await terminal.line("echo 'one").ending == .prompt("> "))
            let capture = try await terminal.line("two'")
            #expect(capture.text == "one\ntwo")
            #expect(capture.ending == .status(0))
        }
    }

    @Test func marksSurviveLessonsThatChangeThePrompt() async throws {
        try await TestTerminal.with { (terminal) async throws in
            for change in [
                "PS1='new> '", "PROMPT_COMMAND='true'", "set -x", "exec 2>/dev/null", "exec 2>/dev/tty", "set +x",
                "unset PROMPT_COMMAND", "PS0=''",
            ] {
                _ = try await terminal.line(change)
                let capture = try await terminal.line("echo out; (exit 3)")
                #expect(capture.ending == .status(3), "after \(change)")
                #expect(capture.text.contains("out"), "after \(change)")
            }
        }
    }

    @Test func whatABackgroundJobWritesBetweenTwoActionsIsKeptApart() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("mkfifo gate; (read < gate; echo late) & disown")
            // Opened from outside, while the shell shows its prompt and no action waits.
            let gate = try FileHandle(forWritingTo: terminal.home.appending(path: "gate"))
            try gate.write(contentsOf: Data("go\n".utf8))
            _ = try await terminal.screen { $0.lines.last?.contains("late") == true || $0.lines.contains("late") }
            let capture = try await terminal.line("echo mine")
            #expect(capture.text == "mine")
            #expect(capture.earlierText.contains("late"), "\(capture)")
        }
    }

    @Test func aJobThatEndsIsNoticedAtTheNextPromptOnly() async throws {
        try await TestTerminal.with { (terminal) async throws in
            #expect(try await terminal.line("true & wait $!").ending == .status(0))
            let capture = try await terminal.line("echo mine")
            #expect(capture.text.split(separator: "\n").last == "mine" || capture.text.hasPrefix("mine"), "\(capture)")
            #expect(try await terminal.line("echo more").text == "more")
        }
    }

    @Test func clearBeginsTheCaptureAnew() async throws {
        try await TestTerminal.with { (terminal) async throws in
            #expect(try await terminal.line("echo old; clear; echo new").text == "new")
            #expect(try await terminal.line("clear").text == "")
            let capture = try await terminal.line("echo before\nclear && echo after")
            #expect(capture.text == "after")
        }
    }

    @Test(.enabled(if: isInstalled("reset"), "reset is not installed"))
    func resetMakesTheTerminalAsNew() async throws {
        try await TestTerminal.with { (terminal) async throws in
            // Colours, a scroll region, the graphics character set and a mode that changes line ends.
            _ = try await terminal.line(#"printf '\e[7m\e[3;5r\e(0\e[20hgarbled'"#)
            let capture = try await terminal.line("reset")
            #expect(capture.ending == .status(0) && capture.text == "", "\(capture)")
            #expect(try await terminal.line("echo lqk; seq 40 | tail -2").text == "lqk\n39\n40")
        }
    }

    @Test func nestedShellsAreEnteredAndLeft() async throws {
        try await TestTerminal.with { (terminal) async throws in
            for shell in ["bash --norc", "sh", "script -q /dev/null"] {
                let entered = try await terminal.line(shell)
                // A plain `sh` takes the marks along, and so says how each of its commands ended.
                let isMarked = shell == "sh"
                #expect(entered.ending == (isMarked ? .status(0) : .waiting), "\(shell)")
                let inside = try await terminal.line("echo nested $((20 + 1))")
                #expect(inside.text == "nested 21", "\(shell)")
                #expect(inside.ending == (isMarked ? .status(0) : .prompt(inside.prompt ?? "")), "\(shell)")
                #expect(
                    try await terminal.line("exit 5").ending == .status(shell.hasPrefix("script") ? 0 : 5), "\(shell)")
            }
        }
    }

    @Test func aShellThatEndsIsSaidToEndAndOpensAgain() async throws {
        try await TestTerminal.with { (terminal) async throws in
            #expect(try await terminal.line("exit 3").ending == .shellEnded(3))
            #expect(try await terminal.line("echo again").text == "again")
            _ = try await terminal.line("set -e")
            #expect(try await terminal.line("false").ending == .shellEnded(1))
            #expect(try await terminal.line("kill -9 $$").ending == .shellEnded(nil))
            #expect(try await terminal.line("echo again").text == "again")
        }
    }

    @Test func aLongLineIsOneLine() async throws {
        try await TestTerminal.with(columns: 80) { (terminal) async throws in
            for length in [79, 80, 81, 160, 161, 1000] {
                let capture = try await terminal.line("printf 'x%.0s' {1..\(length)}; echo; echo next")
                #expect(capture.text == String(repeating: "x", count: length) + "\nnext")
            }
        }
    }

    @Test func aSixtyKilobyteLineArrivesWhole() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let word = String(repeating: "abcdefghij", count: 6000)
            let capture = try await terminal.line("x=\(word); echo ${#x}")
            #expect(capture.text == "60000")
        }
    }

    @Test func fiftyThousandLinesBelongToTheirCommand() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let capture = try await terminal.line("seq 50000")
            let lines = capture.text.split(separator: "\n")
            #expect(lines.count == 50000 && lines.first == "1" && lines.last == "50000" || capture.droppedBytes > 0)
            #expect(try await terminal.line("echo next").text == "next")
        }
    }

    @Test func binaryOutputTypesNothingIntoTheShell() async throws {
        try await TestTerminal.with { (terminal) async throws in
            for _ in 0..<5 {
                _ = try await terminal.line(#"printf '\e[c\e[6n\e]11;?\a\e[>c'; head -c 30000 /bin/bash"#)
                #expect(try await terminal.line("echo clean").text == "clean")
            }
        }
    }

    @Test func anAnswerReachesTheProgramThatReadsIt() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let capture = try await terminal.line(#"printf '\e[6n'; read -rsd R answer; echo "${answer#*[}""#)
            #expect(capture.ending == .status(0))
            #expect(capture.text.contains(";1"))
        }
    }

    @Test func interruptStopsAProgramBeforeTyping() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let server = try await terminal.line("echo up; sleep 1000") { $0.text == "up" }
            #expect(server.text == "up")
            let next = try await terminal.line("echo next", interrupting: true)
            #expect(next.text == "next")
            #expect(next.ending == .status(0))
            #expect(next.notes.isEmpty)
            #expect(try await terminal.line("echo more", interrupting: true).text == "more")
        }
    }

    @Test func aProgramThatIgnoresInterruptsIsReportedAndEnded() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("(trap '' INT; echo up; while :; do sleep 100; done)") { $0.text == "up" }
            let next = try await terminal.line("echo next", interrupting: true)
            #expect(next.text == "next")
            #expect(next.notes.count >= 1)
        }
    }

    @Test func timeIsOverWithEvidenceAndTheTerminalIsUsableAfter() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let capture = try await terminal.line("echo begun; sleep 1000", timeout: 2)
            guard case .timedOut(let evidence) = capture.ending else {
                Issue.record("\(capture.ending)")
                return
            }
            #expect(evidence.command == "sleep")
            #expect(evidence.wasEnded)
            #expect(capture.text == "begun")
            #expect(try await terminal.line("echo next").text == "next")
        }
    }

    @Test func whatAStepStartedEndsWithItsTimeAndWhatWasThereBeforeStays() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("sleep 1001 & earlier=$!; sleep 0.1")
            let capture = try await terminal.line(
                "sleep 1002 & begun=$!; (trap '' INT TERM; sleep 1003 | cat) & piped=$!; sleep 1000", timeout: 1)
            guard case .timedOut = capture.ending else {
                Issue.record("\(capture.ending)")
                return
            }
            #expect(
                try await terminal.line("wait $begun $piped; kill -0 $earlier && echo stayed").text.contains("stayed"))
            #expect(try await terminal.line("kill -0 $begun 2>/dev/null || kill -0 $piped").ending == .status(1))
            _ = try await terminal.line("kill $earlier; wait")
        }
    }

    @Test func aProgramThatWaitsIsFoundToWaitHoweverLateTheLookComes() async throws {
        try await TestTerminal.with { (terminal) async throws in
            for name in ["Anna", "Bert"] {
                _ = try await terminal.line("read -p 'Name: ' name")
                // Nothing of this process gets to run for longer than a command of an earlier action is waited for.
                DispatchQueue.global().asyncAfter(deadline: .now() + .microseconds(500)) {
                    for _ in 0..<2 * ProcessInfo.processInfo.activeProcessorCount {
                        Task.detached { Self.hold(for: 1_300_000) }
                    }
                }
                let answered = try await terminal.line(name)
                #expect(answered.ending == .status(0), "\(answered)")
            }
        }
    }

    private static func hold(for microseconds: UInt32) { usleep(microseconds) }

    @Test func quietButUnfinishedIsNotDone() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let capture = try await terminal.line("sleep 3; echo done")
            #expect(capture.text == "done")
            #expect(capture.ending == .status(0))
        }
    }

    @Test func aLineTypedWhileACommandRunsOnGetsItsOwnOutput() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let early = try await terminal.line("echo first; sleep 2; echo second") { $0.text == "first" }
            #expect(early.text == "first")
            let next = try await terminal.line("echo third")
            #expect(next.text == "third")
            #expect(next.ending == .status(0))
        }
    }

    @Test func outputInSingleBytesAndProgressBarsIsWhatAPersonSees() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let capture = try await terminal.line(
                #"for i in 1 2 3; do printf "\r$i of 3"; sleep 0.05; done; printf '\n'; for c in a b c; do printf $c; sleep 0.02; done; echo"#
            )
            #expect(capture.text == "3 of 3\nabc")
        }
    }

    @Test func peopleWatchAndTypeInTheSameTerminal() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("echo seen")
            let (snapshot, stream) = await terminal.session.attach()
            #expect(String(decoding: snapshot, as: UTF8.self).contains("seen"))
            await terminal.session.type(Array("echo ty''ped\r".utf8))
            var shown = ""
            for await bytes in stream {
                shown += String(decoding: bytes, as: UTF8.self)
                if shown.contains("typed") { break }
            }
            #expect(!shown.contains("133;"))
            #expect(try await terminal.line("echo mine").text == "mine")
        }
    }

    @Test func aNewSizeReachesTheProgram() async throws {
        try await TestTerminal.with { (terminal) async throws in
            await terminal.session.resize(columns: 66, rows: 20)
            #expect(try await terminal.line("stty size").text == "20 66")
        }
    }
}

import TerminalSessions
import Testing

@Suite(.enabled(if: isInstalled("bash"), "bash is not installed")) struct NestedShellTests {
    @Test("a bash that is typed at the prompt has statuses and prompts of its own, and hands back to the first one")
    func bash() async throws {
        try await TestTerminal.with { (terminal) async throws in
            #expect(try await terminal.line("bash").ending == .status(0))
            let failed = try await terminal.line("(exit 7)")
            #expect(failed.ending == .status(7))
            #expect(failed.program == nil)
            #expect(try await terminal.line("echo one; echo two").text == "one\ntwo")
            _ = try await terminal.line("exit 0")
            #expect(try await terminal.line("echo back").text == "back")
        }
    }

    @Test("a sh that is typed at the prompt tells the status of each line, and of what it can't read")
    func sh() async throws {
        try await TestTerminal.with { (terminal) async throws in
            #expect(try await terminal.line("sh").ending == .status(0))
            #expect(try await terminal.line("false").ending == .status(1))
            let listing = try await terminal.line("echo one; ls nowhere")
            #expect(listing.ending == .status(2))
            #expect(listing.text.hasPrefix("one\n"))
            #expect(try await terminal.line("true").ending == .status(0))
            #expect(try await terminal.line("for i in 1 2; do\necho $i\ndone").text == "1\n2")
            #expect(try await terminal.line("env | grep -c '^ENV='").text == "0")
            _ = try await terminal.line("exit")
            #expect(try await terminal.line("(exit 3)").ending == .status(3))
        }
    }

    @Test("the prompt variables show what the lesson put there, and what PROMPT_COMMAND prints is no output")
    func variables() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("PS1='cup> '; PS2='more> '")
            #expect(try await terminal.line("echo \"[$PS1][$PS2]\"").text == "[cup> ][more> ]")
            #expect(try await terminal.line("PS1=\"hot $PS1\"").ending == .status(0))
            let shown = try await terminal.line("echo \"[$PS1]\"")
            #expect(shown.text == "[hot cup> ]")
            #expect(shown.prompt == "hot cup> ")
            _ = try await terminal.line("PROMPT_COMMAND='echo -- ready --'")
            let failed = try await terminal.line("echo two; (exit 4)")
            #expect(failed.text == "two")
            #expect(failed.ending == .status(4))
            #expect(try await terminal.line("for i in 1; do\necho $i\ndone").text == "1")
        }
    }

    @Test("the lines of a block that fail are told with their places, statuses and outputs")
    func failures() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let capture = try await terminal.line(
                "teapot init\nfor i in 1\ndo false\ndone\ngrep -q x /dev/null || true\necho ready")
            #expect(capture.failures.map(\.line) == [1, 2])
            #expect(capture.failures.map(\.status) == [127, 1])
            #expect(capture.failures.map(\.text) == ["teapot init", "for i in 1"])
            #expect(capture.failures.first?.output.contains("teapot: command not found") == true)
            #expect(capture.ending == .status(0))
        }
    }

    @Test("the line that a history expansion stands for is shown before the output")
    func history() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("echo one two")
            let again = try await terminal.line("!!")
            #expect(again.text == "one two")
            #expect(again.shownBefore == "echo one two\n")
            #expect(try await terminal.line("^one^three").shownBefore == "echo three two\n")
            #expect(try await terminal.line("echo 'wow!'").shownBefore == "")
        }
    }

    @Test("the echo of Ctrl-C is no output of the program that it ends")
    func interrupt() async throws {
        try await TestTerminal.with { (terminal) async throws in
            let begun = try await terminal.line("bash -c 'trap \"echo stopped; exit\" INT; echo up; sleep 100 & wait'")
            {
                $0.text.contains("up")
            }
            #expect(begun.text == "up")
            let stopped = try await terminal.keys("^C")
            #expect(stopped.text == "stopped")
            #expect(stopped.shownBefore.hasPrefix("^C"))
        }
    }
}

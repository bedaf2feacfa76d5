import Testing

@testable import TerminalSessions

@Suite struct PagerTests {
    @Test(arguments: ["", "q", "G", "g", " ", "10", "50%", "12G", "/pattern", "?back", ":n", "&filter", "-N"])
    func keysOfAPagerAreForIt(_ line: String) { #expect(Pager.takes(line)) }

    @Test(arguments: [
        "ls", "ls -l", "cat orders.txt | less", "/usr/bin/env", "./run", "$SHELL", "exit", "qy", "echo a\necho b",
    ])
    func commandsAreNot(_ line: String) { #expect(!Pager.takes(line)) }
}

import Lessons
import Testing

/// The word of a check script: lint and verify ask the same function.
@Suite struct CompletionWordTests {
    @Test(arguments: [
        "echo done", "echo \"done\"", "  echo 'done'", "test -f a && echo -n done", "if true; then echo done; fi",
        "[ -f a ] && { echo done; }", "#!/bin/sh\nit's\necho done # for Katacoda", "echo start; echo done",
    ])
    func scriptsThatEchoTheWordAreKnown(script: String) {
        #expect(CompletionWord.isEchoed(by: script))
    }

    @Test(arguments: [
        "", "# echo done", "echo not done", "echo done.", "echo \"not done\"", "for a in b; do echo $a; done", "done",
        "printf done", "echo donee",
    ])
    func otherScriptsAreNot(script: String) {
        #expect(!CompletionWord.isEchoed(by: script))
    }

    @Test func theWordIsALineOfItsOwn() {
        #expect(CompletionWord.isPrinted(in: "start\n done \r\n"))
        #expect(!CompletionWord.isPrinted(in: "not done\ndone.\n"))
        #expect(!CompletionWord.isPrinted(in: ""))
    }
}

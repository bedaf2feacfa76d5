import Lessons
import Testing

@Suite struct CheckCompletionTests {
    @Test(arguments: [
        "echo done", "test -f a && echo \"done\"", "if true; then echo 'done'; fi", "echo -n done", "(echo done)",
        "true\n  echo done >&1\n",
    ])
    func aScriptThatEchoesDoneMustPrintIt(_ script: String) {
        #expect(CheckCompletion.isExpected(by: script))
    }

    @Test(arguments: ["# echo done", "echo well done", "echo donered", "for a in b; do c; done", "printf done", ""])
    func anyOtherScriptNeedNotPrintIt(_ script: String) {
        #expect(!CheckCompletion.isExpected(by: script))
    }

    @Test func theWordIsAloneOnItsLine() {
        #expect(CheckCompletion.isPrinted(in: "checking\n done \n"))
        #expect(!CheckCompletion.isPrinted(in: "all done\n"))
        #expect(!CheckCompletion.isPrinted(in: ""))
    }
}

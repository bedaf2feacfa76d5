import LessonExpectations
import Lessons
import Testing

/// Samples that are code spans in a sentence.
@Suite struct QuotedWordsTests {
    private func matches(_ quote: String, _ output: String, isQuoted: Bool = true) -> Bool {
        ParsedSample(
            documented: quote, wording: .exact,
            context: SampleContext(command: "list", sentence: "It says", isQuoted: isQuoted)
        ).compare(with: output).matches
    }

    @Test(arguments: [
        "bash: list: command not found", "command not found: list", "sh: 1: list: Command not found\n",
        "some text\nbash: list: command not found",
    ])
    func wordsOfALineMatchIt(output: String) {
        #expect(matches("command not found", output))
        #expect(!matches("command not found", output, isQuoted: false))
    }

    @Test(arguments: [
        "", "bash: list: not found", "a subcommand not found", "bash: list: command not foundry",
        "bash: list: command not found\nsort: write error: No space left on device",
    ])
    func otherOutputsDoNot(output: String) {
        #expect(!matches("command not found", output))
    }

    @Test func aSingleWordIsTheWholeLine() {
        #expect(matches("3", "3"))
        #expect(!matches("3", "3 errors"))
    }
}

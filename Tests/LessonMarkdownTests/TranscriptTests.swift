import LessonMarkdown
import Lessons
import Testing

/// Transcripts that stand above the command that the reader is to type.
@Suite struct TranscriptTests {
    private func page(_ transcript: String, then action: String, between: String = "Type it yourself:") -> Page {
        read("See how it goes:\n\n```bash\n\(transcript)\n```\n\n\(between)\n\n`\(action)`{{exec}}\n")
    }

    @Test func transcriptsOfTheNextCommandAreItsSamples() {
        #expect(page("$ status\nready", then: "status").pairs == ["3←10"])
        #expect(page("$ status\nready", then: "status").samples.first?.text == "$ status\nready")
        #expect(page("root@web:~# status  all\nready", then: "status all").pairs == ["3←10"])
    }

    @Test func theirLastCommandCounts() {
        #expect(page("$ cd app\n$ ls\na  b", then: "ls").pairs.count == 1)
        #expect(page("$ cd app\n$ ls\na  b", then: "cd app").samples.isEmpty)
    }

    @Test(arguments: ["$ status", "status\nready", "$ other\nready", "$ status\nready\n$ cd app"])
    func otherBlocksAboveACommandAreNone(block: String) {
        #expect(page(block, then: "status").samples.isEmpty)
    }

    @Test func headingsAndOtherCommandsKeepThemApart() {
        #expect(page("$ status\nready", then: "status", between: "## Later").samples.isEmpty)
        let page = read("```\n$ a\n1\n```\n```\n$ b\n2\n```\n`a`{{exec}} and `b`{{exec}}\n\n`a`{{exec}}\n")
        #expect(page.pairs == ["1←9", "5←9"])
        #expect(page.samples.map(\.action) == [0, 1])
    }

    @Test func sentencesAboveThemDecideTheWording() {
        let block = "```\n$ status\nready\n```\n\n`status`{{exec}}\n"
        #expect(read("The output is similar to this:\n\n\(block)").samples.first?.wording == .similar)
        #expect(read("You will see:\n\n\(block)").samples.first?.wording == .exact)
        #expect(read("Run this command:\n\n\(block)").samples.first?.wording == .unmarked)
    }

    @Test func samplesStayInTheOrderOfThePage() {
        let page = read("`a`{{exec}}\n\n```\n$ b\n2\n```\n\n`b`{{exec}}\n\n```\n$ b\n2\n```\n")
        #expect(page.pairs == ["3←8", "10←8"])
        let crossed = read("```\n$ a\n1\n```\n```\n$ b\n2\n```\n`b`{{exec}} and `a`{{exec}}\n")
        #expect(crossed.pairs == ["5←9"])
    }
}

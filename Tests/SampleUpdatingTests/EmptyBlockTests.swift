import Lessons
import SampleUpdating
import Testing

@Suite struct EmptyBlockTests {
    @Test("a block that its author left empty is filled in its place")
    func filled() {
        let page = "`echo tea`{{execute}}\n\nYou'll get the following output:\n\n```\n```\n\nThat was all.\n"
        let result = update(page, ["tea"])
        #expect(
            text(result)
                == "`echo tea`{{execute}}\n\nYou'll get the following output:\n\n```\ntea\n```\n\nThat was all.\n")
        #expect(update(text(result), ["tea"]).written.isEmpty)
    }

    @Test("a day that only today has is written as similar where the author's words are exact")
    func clock() {
        let page = "`python3 day.py`{{execute}}\n\nYou'll get the following output:\n\n```\n```\n"
        let result = update(page, ["datetime.date(2031, 7, 14)"])
        #expect(
            text(result)
                == "`python3 day.py`{{execute}}\n\nYou'll get the following output:\n\n<!-- lectern: similar -->\n"
                + "```\ndatetime.date(2031, 7, 14)\n```\n")
        #expect(update(text(result), ["datetime.date(2031, 8, 2)"]).written.isEmpty)
        let similar = "`python3 day.py`{{execute}}\n\nYou'll get output similar to this:\n\n```\n```\n"
        #expect(!text(update(similar, ["datetime.date(2031, 7, 14)"])).contains("<!--"))
    }

    @Test("an empty block that isn't announced as output stays empty")
    func instruction() {
        let page = "`echo tea`{{execute}}\n\nWrite your answer into this file:\n\n```\n```\n"
        #expect(text(update(page, ["tea"])).hasSuffix("file:\n\n```\n```\n"))
    }
}

import Lessons
import SampleUpdating
import Testing

/// The author's hand survives: whatever form a sample is written in, it is written in it again.
@Suite struct FormTests {
    @Test func marginsOfListsAndQuotesStay() {
        let list = "1. Count:\n\n   `wc`{{execute}}\n\n   ```\n   12 a\n   ```\n\n2. Go on.\n"
        #expect(text(update(list, ["14 a"])) == list.replacing("12 a", with: "14 a"))
        let quote = "> `wc`{{execute}}\n>\n> ```\n> 12 a\n>\n> b\n> ```\n"
        #expect(text(update(quote, ["14 a\n\nb"])) == quote.replacing("12 a", with: "14 a"))
    }

    @Test func aNewSampleStandsInTheListItemOfItsCommand() {
        let page = "1. Run `date`{{execute}}.\n2. Run `pwd`{{execute}}.\n"
        #expect(
            text(update(page, [nil, "/root"]))
                == "1. Run `date`{{execute}}.\n2. Run `pwd`{{execute}}.\n\n   You'll get the following output:\n\n   ```\n   /root\n   ```\n"
        )
        let first = update(page, ["ok", nil])
        #expect(
            text(first).hasPrefix(
                "1. Run `date`{{execute}}.\n\n   You'll get the following output:\n\n   ```\n   ok\n   ```\n\n2. Run"))
    }

    @Test func lineEndsOfWindowsStay() {
        let page = "`a`{{execute}}\r\n\r\n```\r\none 1\r\ntwo\r\n```\r\n\r\n`b`{{execute}}\r\n"
        let expected =
            "`a`{{execute}}\r\n\r\n```\r\none 2\r\ntwo\r\n```\r\n\r\n`b`{{execute}}\r\n\r\nYou'll get the following output:\r\n\r\n```\r\nb\r\n```\r\n"
        #expect(text(update(page, ["one 2\ntwo", "b"])) == expected)
    }

    @Test func aByteOrderMarkStays() {
        let page = "\u{FEFF}`a`{{execute}}\n\n```\nx 1\n```\n"
        #expect(text(update(page, ["x 2"])) == page.replacing("x 1", with: "x 2"))
    }

    @Test func codeSpansStayCodeSpans() {
        let page = "`db`{{execute}}\n\nYou'll get output as follows:\n\n`shop_r`\n\nGood.\n"
        #expect(text(update(page, ["shop_w"])) == page.replacing("shop_r", with: "shop_w"))
        let tall = update(page, ["a\nb"])
        #expect(text(tall) == page)
        #expect(
            tall.problems.map(\.problem) == ["the new output does not fit the form in which the sample is written"])
    }

    @Test func fencesKeepTheirStyle() {
        let page = "`a`{{execute}}\n\nYou'll get the following output:\n\n~~~~text\n1 x\n~~~~\n\n`b`{{execute}}\n"
        let written = text(update(page, ["2 x", "b"]))
        #expect(written.hasPrefix(page.replacing("1 x", with: "2 x")))
        #expect(written.hasSuffix("~~~~text\nb\n~~~~\n"))
    }

    @Test func aFenceIsLongerThanAnyInItsText() {
        let written = text(update("`cat a.md`{{execute}}\n", ["```\ncode\n```"]))
        #expect(written.hasSuffix("\n````\n```\ncode\n```\n````\n"))
    }

    @Test func anAnnouncementIsFollowedByTheBlockThatItLacks() {
        let page = "`ls`{{execute}}\n\nNow you'll get the following output:\n\nThat is all.\n"
        #expect(
            text(update(page, ["a.txt"]))
                == "`ls`{{execute}}\n\nNow you'll get the following output:\n\n```\na.txt\n```\n\nThat is all.\n")
    }

    @Test func preformattedTextKeepsItsEntities() {
        let page = "`a`{{execute}}\n\nYou'll get the following output:\n\n<pre>\n1 &lt;b&gt;\n</pre>\n"
        #expect(text(update(page, ["2 <b> & c"])) == page.replacing("1 &lt;b&gt;", with: "2 &lt;b&gt; &amp; c"))
    }

    @Test func jsonThatTheAuthorSetOutStaysSetOut() {
        let page = "`a`{{execute}}\n\n```json\n{\n  \"id\": 1,\n  \"tags\": [\n    \"new\"\n  ]\n}\n```\n"
        let written = text(update(page, [#"{"id":2,"tags":["new","it's, {odd}"]}"#]))
        #expect(
            written
                == "`a`{{execute}}\n\n```json\n{\n  \"id\": 2,\n  \"tags\": [\n    \"new\",\n    \"it's, {odd}\"\n  ]\n}\n```\n"
        )
    }

    @Test func theLineThatShowsHowTheCommandWasTypedStays() {
        let page = "`wc -l a`{{execute}}\n\n```\n$ wc -l a\n12 a\n```\n"
        #expect(text(update(page, ["14 a"])) == page.replacing("12 a", with: "14 a"))
    }
}

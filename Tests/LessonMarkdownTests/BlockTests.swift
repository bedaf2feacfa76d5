import Diagnostics
import LessonMarkdown
import Lessons
import Testing

@Suite struct BlockTests {
    @Test func closingFencesMayCarryAMacro() {
        let page = read("```bash\nls\ncd /\n```{{execute T2}}\n\nafter `pwd`{{execute}}")
        #expect(page.texts == ["ls\ncd /", "pwd"])
        #expect(page.actions.map(\.place.line) == [1, 6])
        #expect(page.actions.first?.terminal == 2)
    }

    @Test func fencesInListItemsLoseTheirIndentation() {
        let page = read(
            "1. Do this:\n\n   ```\n   cat <<EOF\n     a\n   EOF\n   ```{{execute}}\n\n2. And:\n    ```\n    ls\n    ```{{exec}}\n"
        )
        #expect(page.texts == ["cat <<EOF\n  a\nEOF", "ls"])
        #expect(page.actions.map(\.place.line) == [3, 10])
    }

    @Test func bodiesMayBeIndentedLessThanTheirFence() {
        let page = read("- x\n\n  ```\ncat <<EOF\nEOF\n  ```{{execute}}\n\n`ls`{{execute}}")
        #expect(page.texts == ["cat <<EOF\nEOF", "ls"])
    }

    @Test func aMacroAtALinesEndClosesTheFence() {
        let page = read(
            "```\ncat <<EOF\nx\nEOF```{{execute}}\n\n```val a = 1\nval b = 2```{{execute T1}}\n\n```ls```{{execute}}")
        #expect(page.texts == ["cat <<EOF\nx\nEOF", "val a = 1\nval b = 2", "ls"])
        #expect(page.actions.map(\.place.line) == [1, 6, 9])
    }

    @Test func indentedFencesAndSpansWithAMacroAreNoIndentedCode() {
        let page = read("text\n\n    ```\n    ls\n    ```{{execute}}\n\n    `pwd`{{execute}}\n")
        #expect(page.texts == ["ls", "pwd"])
    }

    @Test func carriageReturnsAreLineEnds() {
        let page = read("`a`{{execute}}\r\n\r\n```\r\nls\r\npwd\r\n```{{execute}}\r\n")
        #expect(page.texts == ["a", "ls\npwd"])
        #expect(page.actions.map(\.place.line) == [1, 3])
    }

    @Test func tabsIndentToTheNextStop() {
        #expect(read("-\t```\n\tls\n\t\tx\n\t```{{execute}}").texts == ["ls\n\tx"])
    }

    @Test func longerFencesHoldShorterOnes() {
        let page = read("````\n```\nls\n```{{execute}}\n````\n\n~~~\npwd\n~~~{{execute}}")
        #expect(page.texts == ["pwd"])
    }

    @Test func textAfterTheMacroStaysText() {
        #expect(read("```\nls\n```{{exec}}|skip{{sandbox}}\n\n`b`{{exec}}").texts == ["ls", "b"])
    }

    @Test func unclosedFencesWarn() {
        #expect(read("```\nls\n").problems == ["1:1 warning the code block that opens here is not closed"])
    }

    @Test func macrosInDetailsAreLive() {
        let page = read("<details>\n<summary>Solution</summary>\n`ls`{{exec}}\n```\npwd\n```{{exec}}\n</details>")
        #expect(page.texts == ["ls", "pwd"])
    }

    @Test func macrosInPreAndCommentsAreNot() {
        let page = read(
            "<pre>\n`ls`{{execute}}\n</pre>\n\n<!-- `a`{{execute}}\n\n`b`{{execute}} -->\n\nx <!-- `c`{{execute}} --> `d`{{execute}}"
        )
        #expect(page.texts == ["d"])
    }

    @Test func macrosInQuotesHeadingsAndTablesAreLive() {
        let page = read(
            "> `a`{{execute}}\n> ```\n> b\n> ```{{execute}}\n\n# `c`{{execute}}\n\n| x | y |\n| - | - |\n| `d`{{execute}} | `e |\n| z` | |\n"
        )
        #expect(page.texts == ["a", "b", "c", "d"])
        #expect(page.actions.map(\.place.line) == [1, 2, 6, 10])
    }

    @Test func fileBlocksKeepTheirAttributes() throws {
        let page = read(
            "<pre class=\"file\"\n data-filename='app.js' data-target=\"insert\"\n data-marker=\"<!-- TODO: x -->\">\n<b>&amp;`x`{{execute}}\n</pre>\n"
        )
        let block = try #require(page.fileBlocks.first)
        #expect(block.file == "app.js")
        #expect(block.target == .insert(marker: "<!-- TODO: x -->"))
        #expect(block.text == "<b>&`x`{{execute}}")
        #expect(page.actions.isEmpty)
    }

    @Test(arguments: [
        (
            "1. x\n\n   <pre class=\"file\" data-filename=\"a\">\n   one\n     two\n\n   three\n   </pre>\n",
            "one\n  two\n\nthree"
        ),
        (
            "* x\n  * y\n\n    <pre class=\"file\" data-filename=\"a\">\n    one\n\ttwo\n  three</pre>\n",
            "one\ntwo\nthree"
        ),
        ("  <pre class=\"file\" data-filename=\"a\">\n  one\n</pre>\n", "  one"),
        ("> <pre class=\"file\" data-filename=\"a\">one</pre>\n", "one"),
    ])
    func aFileBlockLosesTheMarginOfItsListItem(markdown: String, text: String) {
        #expect(read(markdown).fileBlocks.map(\.text) == [text])
        #expect(read(markdown.replacing("\n", with: "\r\n")).fileBlocks.map(\.text) == [text])
    }

    @Test func fileBlocksWithoutATargetAppend() {
        #expect(read("<pre class=\"file\" data-filename=\"a\">x</pre>").fileBlocks.first?.target == .append)
        #expect(read("<pre class=\"file\" data-target=\"clipboard\">x</pre>").fileBlocks.first?.target == .clipboard)
    }

    @Test func quizzesAreReadBeforeMarkdown() {
        let page = read(">>Q1: Enter test<<\n=== test\n\n>>Which ports?<<\n[*] 80\n[ ] 81\n\n>>One?<<\n( ) a\n(*) b\n")
        #expect(page.quizzes.map(\.question) == ["Q1: Enter test", "Which ports?", "One?"])
        #expect(page.quizzes.first?.answer == .equals("test"))
        #expect(
            page.quizzes[1].answer == .choices([.init(text: "80", isRight: true), .init(text: "81", isRight: false)]))
        #expect(page.quizzes[2].answer == .choice([.init(text: "a", isRight: false), .init(text: "b", isRight: true)]))
    }

    @Test func linksTellPortsFilesAndTheWorldApart() {
        let page = read(
            """
            https://[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]].environments.katacoda.com/
            [g]({{TRAFFIC_HOST1_9090}}/graph) and {{TRAFFIC_HOSTX_Y}} ![p](./assets/p.png "t") <img src="../q.png" width="9">
            [c](https://console-openshift-console-[[HOST2_SUBDOMAIN]]-443-[[KATACODA_HOST]].environments.katacoda.com/a?b)
            [https://example.org/x](https://example.org/x), <https://example.org/y>. [top](#top)
            """)
        #expect(
            page.links.map(\.target) == [
                .labPort(8080, path: "/"), .labPort(9090, path: "/graph"), .file("./assets/p.png"), .file("../q.png"),
                .labPort(443, path: "/a?b"), .external("https://example.org/x"), .external("https://example.org/y"),
            ])
        #expect(page.links.map(\.place.line) == [1, 2, 2, 2, 3, 4, 4])
    }

    @Test func theFirstHeadingIsTheTitle() {
        #expect(read("text\n\n## The `read` source ##\n\n# Other").title == "The read source")
    }
}

import Diagnostics
import Foundation
import LessonMarkdown
import Lessons
import SeededNumbers
import Testing

@testable import LessonPages

@Suite("Pages as HTML")
struct PageHTMLTests {
    private func body(_ markdown: String) -> String {
        PageHTML().body(of: SourceText(bytes: Array(markdown.utf8), file: "step1.md"))
    }

    @Test("an action is a button around its code, without the braces")
    func inlineAction() {
        #expect(
            body("Run `ls -l <a>`{{execute T2}} now")
                == "<p>Run <button type=\"button\" class=\"action\" data-kind=\"execute\" data-terminal=\"2\">"
                + "<code>ls -l &lt;a&gt;</code></button> now</p>\n")
    }

    @Test("a fence closed by a macro ends there", arguments: ["", "   ", "> "])
    func fencedAction(margin: String) {
        let lead = margin.isEmpty ? "" : margin == "> " ? "> Do:\n" : "1. Do:\n"
        let html = body("\(lead)\(margin)```bash\n\(margin)one\n\(margin)two\n\(margin)```{{execute}}\n\n## After\n")
        #expect(html.contains("data-terminal=\"1\"><code>one\ntwo</code></button></div>"))
        #expect(html.contains("<h2>After</h2>"))
        #expect(!html.contains("{{") && !html.contains("```"))
    }

    @Test("text right after a fenced action is Markdown")
    func textAfterFence() {
        #expect(body("```\na\n```{{exec}}\nSome **bold** text").hasSuffix("<p>Some <strong>bold</strong> text</p>\n"))
    }

    @Test("actions inside HTML are live")
    func insideDetails() {
        let html = body("<details><summary>s</summary>\n\n```\nls\n```{{exec}}\n\n</details>\n\nafter")
        #expect(html.contains("<details><summary>s</summary>"))
        #expect(html.contains("<code>ls</code></button>"))
        #expect(html.contains("</details>\n<p>after</p>"))
    }

    @Test("unknown macros and those without code leave no braces")
    func slips() {
        let html = body("`a`{{exeute}} and {{execute}} then `b`{{}}")
        #expect(
            html
                == "<p>a and  then b</p>\n".replacing("a and", with: "<code>a</code> and")
                .replacing("then b", with: "then <code>b</code>"))
    }

    @Test("templates in code stay as they are")
    func templates() {
        #expect(body("```yaml\nx: {{ .Values.y }}\n```\n").contains("x: {{ .Values.y }}"))
    }

    @Test("a file block shows its name and its text as written")
    func fileBlock() {
        let html = body(
            "<pre class=\"file\" data-filename=\"a.js\" data-target=\"replace\">\n&lt;b&gt; *x*\n</pre>\n\nafter")
        #expect(html.contains("<p class=\"file\">a.js</p><pre class=\"file\"><code>&lt;b&gt; *x*"))
        #expect(html.hasSuffix("<p>after</p>\n"))
    }

    @Test("a quiz is a list that doesn't tell what is right")
    func quiz() {
        let html = body(">>Which?<<\n[*] 80\n[ ] 81\n\nafter")
        #expect(html.contains("<p class=\"question\">Which?</p><ul class=\"choices\"><li>80</li><li>81</li></ul>"))
        #expect(!html.contains("[*]"))
    }

    @Test(
        "links to ports lead to this machine",
        arguments: [
            "[x]({{TRAFFIC_HOST1_8080}}/a)", "see {{TRAFFIC_HOST1_8080}}/a",
            "[x](https://[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]].environments.katacoda.com/a)",
        ])
    func ports(_ markdown: String) { #expect(body(markdown).contains("<a href=\"http://localhost:8080/a\"")) }

    @Test("placeholders without a port are the lab, in text and in what is clicked; in other code they stay")
    func placeholders() {
        #expect(
            body("[x](https://[[HOST_SUBDOMAIN]]-[[KATACODA_HOST]].environments.katacoda.com/)").contains(
                "<a href=\"http://localhost/\""))
        #expect(body("[x]({{TRAFFIC_SELECTOR}})").contains("<a href=\"http://localhost\""))
        #expect(
            body("at [[HOST_IP]] and [[HOST2_IP]], not [[PASSWORD]]").contains(
                "at 127.0.0.1 and 127.0.0.1, not [[PASSWORD]]"))
        #expect(body("`curl [[HOST_IP]]`{{execute}}").contains("<code>curl 127.0.0.1</code></button>"))
        #expect(body("`[[HOST_IP]]` {{TRAFFIC_HOSTX_Y}}").contains("<code>[[HOST_IP]]</code> {{TRAFFIC_HOSTX_Y}}"))
        #expect(body("```\n[[HOST_IP]] {{TRAFFIC_HOST1_80}}\n```").contains("[[HOST_IP]] {{TRAFFIC_HOST1_80}}"))
    }

    @Test("a fence that our reader takes for text opens no block")
    func strayFence() {
        let html = body("```{{execute}}\n\nafter `ls`{{execute}}\n")
        #expect(html.contains("<p>after <button") && !html.contains("<pre>"))
    }

    @Test("pictures are found from where the document lies")
    func pictures() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/pages-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for directory in ["my lesson/steps", "my lesson/assets", "out/deep"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/\(directory)", withIntermediateDirectories: true)
        }
        func write(_ text: String, to name: String) throws {
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/my lesson/\(name)"))
        }
        try write(#"{"title": "T", "details": {"steps": [{"text": "steps/a.md"}]}}"#, to: "index.json")
        try write("", to: "assets/a b.png")
        try write("", to: "steps/near.png")
        try write(
            "![a](./assets/a%20b.png?x) ![n](near.png) ![w](https://x.org/p.png) [r](/root) [h](#h) <img src='gone.png'>",
            to: "steps/a.md")
        let scenario = try LessonReader().scenario(at: folder + "/my lesson")
        let far = try PageHTML().document(of: scenario, in: folder + "/out/deep")
        for url in [
            "../../my%20lesson/./assets/a%20b.png?x", "../../my%20lesson/steps/near.png", "https://x.org/p.png",
            "/root", "#page-h", "../../my%20lesson/steps/gone.png",
        ] {
            #expect(far.contains("=\"\(url)\""), "\(url)")
        }
        #expect(
            try PageHTML().document(of: scenario, in: folder + "/my lesson").contains("src=\"./assets/a%20b.png?x\""))
        #expect(try PageHTML().document(of: scenario).contains("src=\"near.png\""))
    }

    @Test(
        "what a page has beyond Markdown carries nothing in either",
        arguments: [
            "`<script>alert(1)</script>`{{execute}}", "`\" onclick=\"alert(1)`{{open}}",
            "```\n</code></pre><script>alert(1)</script>\n```{{copy}}",
            "```\"><script>\nx\n```", "```x\" onclick=alert(1)\nx\n```\n",
            "<pre class=\"file\" data-filename=\"&quot;><img src=x onerror=alert(1)>\" data-target=\"replace\"></code><script>x</script></pre>",
            ">>Q <script>alert(1)</script><<\n(*) <img src=x onerror=alert(1)>\n( ) </li><script>",
            "[p](https://[[HOST_SUBDOMAIN]]-80-[[KATACODA_HOST]].environments.katacoda.com/\"onclick=\"alert(1))",
            "{{TRAFFIC_HOST1_80}}/\"><script>alert(1)</script>", "[x](javascript:alert(1)) <javascript:alert(1)>",
            "![x](javascript:alert(1)) ![x](data:image/svg+xml,x) [x]: javascript:alert(1)\n\n[x]",
            "[[HOST_IP]]<script>[[HOST_IP]]</script> <a href=\"[[HOST_IP]]:javascript:alert(1)\">x</a>",
        ])
    func hostileParts(_ markdown: String) {
        let html = body(markdown)
        // The one element and attributes that only our own parts have.
        let plain = html.replacing(
            /<button type="button" class="action(?: block)?" data-kind="[a-z-]+"(?: data-terminal="\d+")?>/,
            with: "<span>"
        ).replacing("</button>", with: "</span>")
        #expect(HTMLAudit.problems(in: plain) == [], "\(html)")
    }

    @Test("a page can't forge an action or repeat one")
    func forgery() {
        let html = body(
            "`x`{{execute}} \u{10FFFD}0\u{10FFFD} `\u{10FFFD}0\u{10FFFD}` &#x10FFFD;0&#x10FFFD; <button class=action>y</button>"
        )
        #expect(html.split(separator: "<button").count == 2)
    }

    @Test("the document forbids scripts and says how it is encoded, and each page is closed")
    func document() throws {
        let html = try PageHTML().document(
            of: Scenario(directory: "x", title: "<T>", pages: [], settings: .init()))
        #expect(html.contains("<meta charset=\"utf-8\">"))
        #expect(html.contains("default-src 'none'; script-src 'none'"))
        #expect(html.contains("<title>&lt;T&gt;</title>"))
    }

    @Test("a control character of the page or of its title is not in the document")
    func controls() throws {
        let attack = "a\u{1B}[2J\u{9B}6n\u{7F}\u{202E}z"
        let html = body("\(attack) <b title=\"\(attack)\">x</b> `\(attack)`{{execute}}\n\n    \(attack)\n")
        let isInert = !html.unicodeScalars.contains { $0.commandsTerminal }
        #expect(isInert)
        #expect(html.contains("a[2J6n&#x202e;z"))
        let title = try PageHTML().document(of: Scenario(directory: "x", title: attack, pages: [], settings: .init()))
        #expect(title.contains("<title>a[2J6n&#x202e;z</title>"))
    }

    @Test(
        "an address is checked as it is written, without marks of ours",
        arguments: ["a href", "img src"])
    func addresses(attribute: String) {
        for mark in ["&#x10FFFD;", "&#1114109;", "\u{10FFFD}", "&#x10fffd", "\u{10FFFD}0\u{10FFFD}"] {
            for address in [
                "/\(mark)/evil.example", "\(mark)//evil.example", "/\(mark)\\evil.example",
                "java\(mark)script:alert(1)",
            ] {
                let html = body("<\(attribute)=\"\(address)\">x\n")
                #expect(HTMLAudit.problems(in: html) == [], "\(address): \(html)")
            }
        }
    }

    @Test("addresses made of anything lead nowhere that isn't allowed", arguments: [1, 2] as [UInt64])
    func mutatedAddresses(seed: UInt64) {
        var random = SplitMix(state: seed)
        let pieces = [
            "/", "/", "\\", "&#x10FFFD;", "\u{10FFFD}", "&sol;", "&#47;", "&bsol;", "&Tab;", "&NewLine;", "&#9;",
            "&#1;", "&#x80;", " ",
            "evil.example", "java", "script", ":", "&colon;", "&#58", "https:", "HTTP:", "mailto:", "data:", "file:",
            ".", "..", "?", "#",
            "%2F", "0", "[[HOST_SUBDOMAIN]]-80-[[KATACODA_HOST]].environments.katacoda.com", "&", "&#", ";", "\u{2028}",
            "\u{85}",
        ]
        for _ in 0..<4000 {
            let address = (0..<Int.random(in: 1...6, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            let page = "x <a href=\"\(address)\">x</a> <img src='\(address)'> [y](<\(address)>) ![z](\(address))\n"
            let html = body(page)
            let problems = HTMLAudit.problems(in: html)
            if problems != [] {
                Issue.record("\(address.debugDescription): \(problems)\n\(html)")
                return
            }
        }
    }

    @Test("a table of thousands of columns is shown as text, and one of a hundred as a table")
    func wideTables() {
        func table(_ columns: Int) -> String {
            [
                String(repeating: "|a", count: columns), String(repeating: "|-", count: columns),
                String(repeating: "|b", count: columns),
            ]
            .map { $0 + "|\n" }.joined()
        }
        let wide = body(table(24_000))
        #expect(!wide.contains("<td"))
        #expect(wide.contains("A table of more than 128 columns is shown as text."))
        #expect(wide.contains("a|a|a"))
        let cells = body(table(128)).split(separator: "<td>").count - 1
        #expect(cells == 128)
    }

    @Test("of a row with thousands of cells in a narrow table those that have a column are shown")
    func wideRows() {
        let html = body("|a|b|\n|-|-|\n" + String(repeating: "|c", count: 50_000) + "|\n")
        let cells = html.split(separator: "<td>").count - 1
        #expect(cells == 2)
    }

    @Test("our own lesson shows every action")
    func ownLesson() throws {
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let scenario = try LessonReader().scenario(at: root + "/scenarios/cqrs-event-driven")
        let html = try PageHTML().document(of: scenario)
        var rest = html[...]
        for action in scenario.pages.flatMap(\.actions) {
            let button = "<code>" + action.text.escapedForHTML + "</code></button>"
            let found = try #require(rest.firstRange(of: button), "\(action.place)")
            rest = rest[found.upperBound...]
        }
        #expect(!html.contains("}}"))
    }
}

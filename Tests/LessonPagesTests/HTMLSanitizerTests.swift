import SeededNumbers
import Testing

@testable import LessonPages

@Suite("Untrusted HTML")
struct HTMLSanitizerTests {
    static let attacks = [
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.example/a.js></SCRIPT>", "<script>alert(1)",
        "<scr<script>ipt>alert(1)</script>", "<script/x>alert(1)</script >", "<img src=x onerror=alert(1)>",
        "<img/src=x/onerror=alert(1)>", "<img src='x'onerror=alert(1)>", "<IMG SRC=x OnErRoR=alert(1)>",
        "<img src=x\nonerror\n=\nalert(1)>", "<a href=javascript:alert(1)>x</a>",
        "<a href=' javascript:alert(1)'>x</a>",
        "<a href=\"JaVaScRiPt:alert(1)\">x</a>", "<a href=\"java\tscript:alert(1)\">x</a>",
        "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=\"\u{1}javascript:alert(1)\">x</a>",
        "<a href=\"java\u{0}script:alert(1)\">x</a>", "<a href=\"javascript&colon;alert(1)\">x</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a>", "<a href=\"&#106avascript:alert(1)\">x</a>",
        "<a href=\"&#x6A;avascript&#58;alert(1)\">x</a>", "<a href=\"&#0000106;avascript:alert(1)\">x</a>",
        "<a href=\"java&Tab;script:alert(1)\">x</a>", "<a href=\"java&NewLine;script:alert(1)\">x</a>",
        "<a href=\"vbscript:msgbox(1)\">x</a>", "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<img src=\"data:image/svg+xml;base64,AAAA\">", "<a href=\"//evil.example\">x</a>",
        "<a href=\"\\\\evil.example\">x</a>", "<a href=\"/\\evil.example\">x</a>",
        "<a href=\"file:///etc/passwd\">x</a>",
        "<a href=\"blob:https://x/1\">x</a>", "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
        "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>", "<math><mtext><style><img onerror=alert(1)>",
        "<style>@import 'javascript:alert(1)'</style>", "<div style=\"background:url(javascript:alert(1))\">x</div>",
        "<div style=\"width:expression(alert(1))\">x</div>", "<div style='position:fixed;width:100%'>x</div>",
        "<iframe src=javascript:alert(1)></iframe>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<iframe src=https://www.youtube.com@evil.example/></iframe>",
        "<iframe src=https://www.youtube.com.evil.example/></iframe>", "<iframe src=http://www.youtube.com/a></iframe>",
        "<iframe src=https://www.youtube.com/embed/a srcdoc='<script>' onload=alert(1) sandbox=allow-top-navigation>",
        "<object data=x.swf></object>", "<embed src=x.swf>", "<base href=https://evil.example/>",
        "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<link rel=stylesheet href=x.css>",
        "<form action=https://evil.example><input name=x></form>", "<button onclick=alert(1)>x</button>",
        "<template><script>alert(1)</script></template>", "<noscript><p title=\"</noscript><img onerror=alert(1)>\">",
        "<textarea><img src=x onerror=alert(1)></textarea>", "<title><img src=x onerror=alert(1)></title>",
        "<xmp><script>alert(1)</script></xmp>", "<plaintext><script>alert(1)</script>",
        "<!--><script>alert(1)</script>-->",
        "<!-- --!><img src=x onerror=alert(1)> -->", "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml <script>alert(1)</script> ?>", "<p id=__proto__>x", "<a id=body name=cookie href=#x>x</a>",
        "<p title='\"><script>alert(1)</script>'>x", "<p title=\"&quot;><img onerror=alert(1)>\">x",
        "<table><td><script>alert(1)</script>", "<video src=x onerror=alert(1)></video>",
        "<details ontoggle=alert(1) open>x",
        "</section></body><script>alert(1)</script>", "<div\u{C}onclick=alert(1)>x</div>",
        "<a href=x target=_top>x</a>",
        "<img srcset='javascript:alert(1) 1x' alt=x>", "<a/href=\"javascript:alert(1)\"/x>y", "<p/ onclick=alert(1)//",
        "<<script>alert(1)//<</script>", "<a href=\"jav\u{AD}ascript:alert(1)\">x</a>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<svg><animate attributeName=href values=javascript:alert(1)>",
        "<!-- <!-- --><script>alert(1)</script> -->",
        "<select><option><script>alert(1)</script></select><img onerror=alert(1)>",
        "<body onload=alert(1)><frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>",
        "<table background='javascript:alert(1)'><td background='javascript:alert(1)'>x</table>",
        "<form><button formaction=javascript:alert(1)>x</button></form>", "<input autofocus onfocus=alert(1)>",
        "<marquee onstart=alert(1)>x</marquee>", "<map><area href=javascript:alert(1)></map>",
        "<img \"\"\"><script>alert(1)</script>\">", "<a href=https://x.org ping=https://evil.example>x</a>",
        "<kbd onclick=alert(1) accesskey=x tabindex=1 contenteditable>k</kbd>",
        "<a href=\"x\" <b onclick=alert(1)>x</a",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a>", "<dialog open><isindex action=javascript:alert(1)></dialog>",
        "<slot name=x></slot><portal src=https://evil.example></portal>",
        "<a href=\"javascript&colon&semi;alert(1)\">x</a>",
    ]

    @Test("nothing that runs, embeds or leads astray is left", arguments: attacks)
    func attack(_ html: String) {
        let clean = HTMLSanitizer.sanitized(html)
        #expect(HTMLAudit.problems(in: clean) == [])
        #expect(HTMLSanitizer.sanitized(clean) == clean)
        #expect(HTMLAudit.problems(in: HTMLSanitizer.sanitized("<table><tr><td>\(html)")) == [])
    }

    @Test(
        "what the allow list names stays",
        arguments: [
            "<p>a <b>b</b> <kbd>Ctrl</kbd></p>", "<details open=\"\"><summary>s</summary>x</details>",
            "<img src=\"./assets/a.png\" alt=\"a\" width=\"50%\">", "<table><thead><tr><th>a</th></tr></thead></table>",
            "<ol start=\"3\"><li>a</li></ol>", "a &lt; b &amp; c &copy;", "<code class=\"language-bash\">x</code>",
            "<div style=\"width: 50%\">x</div>",
        ])
    func kept(_ html: String) { #expect(HTMLSanitizer.sanitized(html) == html) }

    @Test("links leave no trace of the page, videos are fenced in, anchors stay on their page")
    func rewriting() {
        #expect(
            HTMLSanitizer.sanitized("<a href='https://a.example/?x=1&y=2'>x</a>")
                == "<a href=\"https://a.example/?x=1&amp;y=2\" rel=\"noopener noreferrer\">x</a>")
        let video = HTMLSanitizer.sanitized("<iframe src=https://www.youtube.com/embed/a width=560>x</iframe>y")
        #expect(video.hasPrefix("<iframe src=\"https://www.youtube.com/embed/a\" width=\"560\" sandbox="))
        #expect(video.hasSuffix("</iframe>y"))
        #expect(HTMLSanitizer.sanitized("<p id=a>x</p>") == "<p id=\"page-a\">x</p>")
    }

    @Test("every tag that is opened is closed, however the text ends")
    func balance() {
        #expect(HTMLSanitizer.sanitized("<div><ul><li>a<li>b") == "<div><ul><li>a</li><li>b</li></ul></div>")
        #expect(HTMLSanitizer.sanitized("a</div></section>") == "a")
        #expect(HTMLSanitizer.sanitized("<b title=\"never closed") == "")
    }

    @Test("mutated HTML comes out clean, and the same a second time")
    func mutations() {
        var random = SplitMix(state: 0x1EC7)
        let pieces =
            Self.attacks + [
                "<p>", "</p>", "<table>", "<tr>", "<td>", "</table>", "<a href=\"", "'", "\"", ">", "<", "&", "&#", ";",
                "--",
                "<!--", "-->", "</", "<li>", "<ul>", "</ul>", "<pre>\n", "</pre>", "<details>", "=", " ", "\n", "é",
                "\u{10FFFD}",
            ]
        for _ in 0..<3000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                var piece = Array(pieces[Int.random(in: 0..<pieces.count, using: &random)].utf8)
                if !piece.isEmpty, Bool.random(using: &random) {
                    piece[Int.random(in: 0..<piece.count, using: &random)] = .random(in: 0..<128, using: &random)
                }
                if Bool.random(using: &random) { piece.removeLast(Int.random(in: 0...piece.count, using: &random)) }
                bytes += piece
            }
            let html = String(decoding: bytes, as: UTF8.self)
            let clean = HTMLSanitizer.sanitized(html)
            #expect(HTMLAudit.problems(in: clean) == [], "\(html.debugDescription)")
            #expect(HTMLSanitizer.sanitized(clean) == clean, "\(html.debugDescription)")
        }
    }

    @Test(
        "twice the text is no more than twice the work",
        arguments: [
            "<", "<a", "<p>", "<div>", "<!--", "</", "<svg>", "<script>", "<a href='", "&", "&#", "<table><tr><td>",
            "<b><i>",
            "<a x=1 ", "<li>", "</p>", "<script></", "-", "<img src=x>",
        ])
    func linear(_ piece: String) {
        func work(_ count: Int) -> Int {
            var sanitizer = HTMLSanitizer(String(repeating: piece, count: count))
            _ = sanitizer.run()
            return sanitizer.work
        }
        #expect(work(4000) <= work(2000) * 21 / 10 + 100)
        #expect(work(4000) <= 4000 * (piece.utf8.count + 4 * HTMLSanitizer.deepest))
    }
}

/// Looks at HTML as a suspicious reader would, by rules of its own.
enum HTMLAudit {
    private static let elements: Set = [
        "a", "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "thead", "tbody", "tfoot",
        "tr", "td", "th", "caption", "code", "pre", "kbd", "b", "i", "em", "strong", "del", "sub", "sup", "blockquote",
        "details", "summary", "img", "div", "span", "iframe",
    ]
    private static let attributes: Set = [
        "href", "src", "alt", "title", "id", "class", "style", "width", "height", "align", "colspan", "rowspan",
        "start",
        "open", "rel", "sandbox", "loading", "referrerpolicy",
    ]

    static func problems(in html: String) -> [String] {
        var problems: [String] = []
        var open: [String] = []
        for part in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            guard let end = part.firstIndex(of: ">") else { return problems + ["an open tag: \(part)"] }
            let tag = String(part[..<end])
            if tag.hasPrefix("/") {
                if open.popLast() != String(tag.dropFirst()) { problems.append("</\(tag)> closes nothing") }
                continue
            }
            let name = String(tag.prefix { $0 != " " })
            if !elements.contains(name) { problems.append("<\(name)>") }
            if !["br", "hr", "img"].contains(name) { open.append(name) }
            var rest = tag.dropFirst(name.count)
            while !rest.isEmpty {
                guard let equals = rest.firstIndex(of: "="), rest[equals...].hasPrefix("=\""),
                    let quote = rest[rest.index(equals, offsetBy: 2)...].firstIndex(of: "\"")
                else { return problems + ["attributes '\(rest)'"] }
                let attribute = rest[..<equals].drop { $0 == " " }
                let value = String(rest[rest.index(equals, offsetBy: 2)..<quote])
                if !attributes.contains(String(attribute)) { problems.append("\(name) \(attribute)") }
                if attribute == "href" || attribute == "src" { problems += problem(ofURL: value) }
                if attribute == "id", !value.hasPrefix("page-") { problems.append("id \(value)") }
                if attribute == "style", value.contains(where: { "()\\@/*".contains($0) }) || value.contains("position")
                {
                    problems.append("style \(value)")
                }
                if attribute == "sandbox", value != "allow-scripts allow-same-origin allow-presentation" {
                    problems.append("sandbox \(value)")
                }
                rest = rest[rest.index(after: quote)...]
            }
            if name == "iframe", !tag.contains("sandbox=") || !tag.contains("src=\"https://www.youtube.com/") {
                problems.append(tag)
            }
        }
        return open.isEmpty ? problems : problems + ["open: \(open)"]
    }

    private static func problem(ofURL url: String) -> [String] {
        let head = url.prefix { !"/?#".contains($0) }
        let isKnown = ["http:", "https:", "mailto:"].contains { head.lowercased().hasPrefix($0) }
        if head.contains(":"), !isKnown { return ["url \(url)"] }
        return url.hasPrefix("//") || url.hasPrefix("\\") || url.hasPrefix("/\\") ? ["url \(url)"] : []
    }
}

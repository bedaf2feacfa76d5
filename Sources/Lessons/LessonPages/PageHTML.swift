import CCMarkGFM
public import LessonMarkdown
public import Lessons

/// Pages of lessons as HTML that is safe to show, whatever they hold.
public struct PageHTML: Sendable {
    /// Keeps no state: one value serves any number of lessons.
    public init() {}

    /// One page: Markdown rendered, HTML in it sanitised, actions as buttons that do nothing.
    package func body(of source: SourceText, base: PageBase? = nil) -> String {
        let slots = PageSlots(source)
        var sanitizer = HTMLSanitizer(Self.unsafeHTML(of: slots.markdown), slots: slots, base: base)
        return sanitizer.run().withoutControls
    }

    /// A document that is alone and runs no script.
    ///
    /// Pages are read again from the files they name; those without a file of their own show their title.
    ///
    /// - Parameter directory: Where the document will lie: relative pictures and links of the pages are written for it. With `nil` they stay
    ///   as the pages have them.
    /// - Throws: ``LessonError`` when a page's file can't be read any more.
    public func document(of scenario: Scenario, in directory: String? = nil) throws(LessonError) -> String {
        var sections = ""
        for page in scenario.pages {
            let title =
                page.role == .alone ? "" : "<p class=\"page\">\(page.title.escapedForHTML.withoutControls)</p>\n"
            var body = ""
            if page.file.lowercased().hasSuffix(".md") || page.file.lowercased().hasSuffix(".markdown") {
                let base = directory.map { PageBase(page: page.file, of: scenario.directory, seenFrom: $0) }
                body = self.body(of: try LessonFile.source(at: page.file), base: base)
            }
            sections += "<section>\n\(title)\(body)</section>\n"
        }
        return """
            <!DOCTYPE html>
            <html>
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(Self.contentSecurityPolicy)">
            <meta name="viewport" content="width=device-width">
            <title>\(scenario.title.escapedForHTML.withoutControls)</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            \(sections)</body>
            </html>

            """
    }

    private static let contentSecurityPolicy = """
        default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; img-src 'self' file: http: https:; frame-src \
        \(HTMLPolicy.videoHosts.sorted().map { "https://" + $0 }.joined(separator: " ")); base-uri 'none'; \
        form-action 'none'
        """

    private static let style = """
        body{font:16px/1.5 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
        section+section{border-top:1px solid #999;margin-top:3rem}
        pre,code{font:14px/1.4 monospace}pre{background:#f3f3f3;padding:.7rem;overflow:auto}
        img{max-width:100%}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2rem .6rem}
        .page{color:#555}.file{margin-bottom:0;font-weight:bold}pre.file{font-weight:normal;margin-top:0}
        .action{border:1px solid #2a6;border-radius:3px;background:#eefaf3;color:#111;text-align:left}
        .action code{white-space:pre-wrap}.action.block{display:block;width:100%;padding:.7rem}
        """

    private static func unsafeHTML(of markdown: String) -> String {
        cmark_gfm_core_extensions_ensure_registered()
        let options = CMARK_OPT_UNSAFE | CMARK_OPT_VALIDATE_UTF8
        guard let parser = cmark_parser_new(options) else { return "" }
        defer { cmark_parser_free(parser) }
        for name in ["table", "strikethrough", "autolink"] {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        var markdown = markdown
        markdown.withUTF8 { buffer in
            buffer.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        guard let document = cmark_parser_finish(parser) else { return "" }
        defer { cmark_node_free(document) }
        guard let html = cmark_render_html(document, options, cmark_parser_get_syntax_extensions(parser)) else {
            return ""
        }
        defer { free(html) }
        return String(cString: html)
    }
}

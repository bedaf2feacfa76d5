import Diagnostics
import LessonMarkdown
import Lessons

/// Pages without content.
struct EmptyPageCheck: PageCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        let outline = page.outline
        guard page.kind == .page, outline.codes.isEmpty, outline.links.isEmpty, outline.fileBlocks.isEmpty,
            outline.quizzes.isEmpty
        else {
            return
        }
        let headings = outline.headings.map(\.range)
        let saysNothing = outline.prose.allSatisfy { range in
            SortedRanges.contain(headings, offset: range.lowerBound, by: \.self)
                || !page.source.bytes[range].contains { $0.isLetter || $0.isDigit || $0 >= 0x80 }
        }
        // A tag such as `<video>` shows something too.
        guard saysNothing,
            !page.source.bytes.contains(.less) || page.source.first(of: "<!--", in: 0..<page.source.bytes.count) != nil
        else { return }
        findings.add(
            .emptyPage, at: 0..<0, of: page.source,
            outline.headings.isEmpty ? "the page is empty" : "the page has a heading and nothing else",
            remedy: "write its text, or remove it from the index",
            severity: severity(of: page))
    }

    /// An intro or a finish that nobody wrote loses nothing of the lesson.
    private func severity(of page: LintedPage) -> Severity {
        guard page.outline.headings.isEmpty else { return .note }
        return page.page.role == .intro || page.page.role == .finish ? .warning : .error
    }
}

/// Marks of unfinished work.
struct LeftoverCheck: PageCheck {
    private static let words: Set<String> = ["TODO", "FIXME", "TBD", "TBP", "XX", "XXX", "XXXX"]
    private static let subjects: Set<String> = [
        "app", "apps", "application", "applications", "list", "lists", "item", "items", "api", "service", "example",
        "demo", "tutorial", "entry", "entries", "project", "task", "tasks", "backend", "frontend", "component", "mvc",
        "model", "table", "database", "resource", "object", "objects", "file", "comment", "comments", "data",
    ]

    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        let source = page.source
        for range in page.outline.prose {
            var offset = range.lowerBound
            while offset < range.upperBound {
                let byte = source.bytes[offset]
                guard byte.isLetter else {
                    offset += 1
                    continue
                }
                var end = offset
                while end < range.upperBound, source.bytes[end].isLetter || source.bytes[end].isDigit { end += 1 }
                if end - offset <= 5 { word(offset..<end, in: range, of: source, &findings) }
                offset = end
            }
        }
    }

    private func word(_ word: Range<Int>, in range: Range<Int>, of source: SourceText, _ findings: inout Findings) {
        if word.count == 5, source.starts(with: "lorem ipsum", at: word.lowerBound) {
            return findings.add(
                .leftoverText, at: word.lowerBound..<word.lowerBound + 11, of: source,
                "placeholder text is left on the page",
                remedy: "write the text")
        }
        let first = source.bytes[word.lowerBound]
        guard first >= 0x46, first <= 0x58, first < 0x61 else { return }
        let text = source.string(word)
        guard Self.words.contains(text) else { return }
        let before = word.lowerBound > range.lowerBound ? source.bytes[word.lowerBound - 1] : .space
        let after = word.upperBound < range.upperBound ? source.bytes[word.upperBound] : .space
        let openers = [UInt8](" \t\n([*_:\"'-".utf8)
        let closers = [UInt8](" \t\r\n)]*_:,.!?\"'".utf8)
        guard openers.contains(before), closers.contains(after) else { return }
        if text == "TODO" || text == "TBD" {
            let rest = source.bytes[word.upperBound..<range.upperBound].drop { !$0.isLetter }.prefix { $0.isLetter }
            if Self.subjects.contains(String(decoding: rest, as: UTF8.self).lowercased()), after != UInt8(ascii: ":") {
                return
            }
        }
        // "XX" also stands for a number that differs; alone with a blank on each side it stands for nothing.
        if text.hasPrefix("XX"),
            !before.isWhite && before != UInt8(ascii: "(") || !(after.isWhite || after == UInt8(ascii: ")"))
        {
            return
        }
        findings.add(
            .leftoverText, at: word, of: source, "'\(text)' is left in the text",
            remedy: "finish the text, or remove it")
    }
}

/// HTML that players take out.
struct UnsafeHTMLCheck: PageCheck {
    private static let removed: Set<String> = [
        "script", "style", "object", "embed", "applet", "base", "meta", "link", "form", "frame", "frameset",
    ]

    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        let source = page.source
        var rest = 0..<source.bytes.count
        while let open = source.bytes[rest].firstIndex(of: .less) {
            rest = open + 1..<source.bytes.count
            guard open + 1 < source.bytes.count, source.bytes[open + 1].isLetter, !page.isCode(open),
                !isHidden(open, page), let tag = HTMLTag(at: open, in: source)
            else { continue }
            rest = tag.end..<source.bytes.count
            if Self.removed.contains(tag.name) {
                // `<link>` and `<object>` in prose are names to fill in, unless they have attributes.
                if !["script", "style"].contains(tag.name), tag.attributeNames.isEmpty { continue }
                findings.add(
                    .unsafeHTML, at: open..<tag.end, of: source, "players remove '<\(tag.name)>'",
                    remedy: "use Markdown instead")
                continue
            }
            for name in tag.attributeNames.sorted() {
                if name.count > 4, name.hasPrefix("on"), name.utf8.allSatisfy(\.isLetter) {
                    findings.add(
                        .unsafeHTML, at: open..<tag.end, of: source, "players remove the event handler '\(name)'",
                        remedy: "remove it")
                } else if ["href", "src", "action"].contains(name), let url = tag[name], let scheme = Self.unsafe(url) {
                    findings.add(
                        .unsafeHTML, at: open..<tag.end, of: source, "players remove '\(scheme):' URLs",
                        remedy: "link to a page or a file")
                }
            }
        }
        for link in page.outline.links {
            guard let scheme = Self.unsafe(link.target), source.bytes[link.range].count > 1 else { continue }
            let isTag =
                link.range.lowerBound > 0 && [UInt8](#"'"="#.utf8).contains(source.bytes[link.range.lowerBound - 1])
            guard !isTag else { continue }
            findings.add(
                .unsafeHTML, at: link.range, of: source, "players remove '\(scheme):' URLs",
                remedy: "link to a page or a file")
        }
    }

    private func isHidden(_ offset: Int, _ page: LintedPage) -> Bool {
        SortedRanges.contain(page.outline.fileBlocks, offset: offset, by: \.body)
            || SortedRanges.contain(page.outline.comments, offset: offset, by: \.range)
    }

    private static func unsafe(_ url: String) -> String? {
        let scheme = url.utf8.drop(while: \.isWhite).prefix { $0 != UInt8(ascii: ":") }
        guard scheme.count < 12, scheme.count < url.utf8.count else { return nil }
        let name = String(decoding: scheme, as: UTF8.self).lowercased()
        return ["javascript", "vbscript", "data"].contains(name) ? name : nil
    }
}

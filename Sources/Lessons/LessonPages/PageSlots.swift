import Diagnostics
import LessonMarkdown
import Lessons

/// The Markdown of a page with its code blocks, actions, files and quizzes replaced by marks that no Markdown parser changes.
///
/// A closing fence with a macro closes nothing for a stock parser; so our own reader finds these parts, and what they look
/// like is put in once the rest is HTML and sanitised. The mark is a private character; one that the page holds itself
/// becomes U+FFFD.
struct PageSlots {
    private struct Slot {
        var html: String
        var text: String
    }

    private static let mark = "\u{10FFFD}"
    private static let markBytes = Array(mark.utf8)

    private(set) var markdown = ""
    private var slots: [Slot] = []

    init(_ source: SourceText) {
        let (page, outline) = LessonReader().outlinedPage(source, role: .alone)
        var parts: [(range: Range<Int>, text: String?)] = []
        var places = PlaceFinder()
        var macros: [Int: PageOutline.Macro] = [:]
        for macro in outline.macros {
            macros[macro.gap.lowerBound] = macro
            macros[macro.range.lowerBound] = macro
            if case .stray = macro.meaning { parts.append((Self.withFence(macro.range, in: source), "")) }
        }
        for code in outline.codes {
            let macro = macros[code.range.upperBound]
            if code.form == .span, macro == nil { continue }
            if code.form == .indented || code.form == .preformatted { continue }
            var action: Action?
            if case .action(let index, _)? = macro?.meaning { action = page.actions[index] }
            let isBlock = code.form == .fenced
            let html = action.map { PageParts.button($0, isBlock: isBlock) } ?? PageParts.code(code)
            let token = add(html, text: code.text)
            let range = code.range.lowerBound..<max(code.range.upperBound, macro?.range.upperBound ?? 0)
            parts.append(isBlock ? block(token, at: range, of: outline, in: source) : (range, token))
        }
        let files = Dictionary(page.fileBlocks.map { ($0.place, $0) }) { first, _ in first }
        let quizzes = Dictionary(page.quizzes.map { ($0.place, $0) }) { first, _ in first }
        for file in outline.fileBlocks {
            let place = places.place(of: file.range.lowerBound, in: source)
            guard let block = files[place] else { continue }
            let rest = file.body.upperBound..<source.bytes.count
            let end = source.first(of: ">", in: rest).map { $0 + 1 } ?? source.bytes.count
            let token = add(PageParts.file(block), text: block.text)
            parts.append(self.block(token, at: file.range.lowerBound..<end, of: outline, in: source))
        }
        for range in outline.quizzes {
            let place = places.place(of: range.lowerBound, in: source)
            guard let quiz = quizzes[place] else { continue }
            parts.append(block(add(PageParts.quiz(quiz), text: quiz.question), at: range, of: outline, in: source))
        }
        for link in outline.links {
            guard case .labPort(let port, let path)? = PortURL.classify(link.target) else { continue }
            parts.append((link.range, "http://localhost:\(port)\(path)"))
        }
        // In code that no one clicks, a placeholder is what the author shows.
        for code in outline.codes { parts.append((code.range, nil)) }
        markdown = WideTables.bounded(Self.replacing(parts, in: source))
    }

    /// The braces with the fence before them, which our reader takes for text and any other for the start of a block.
    private static func withFence(_ braces: Range<Int>, in source: SourceText) -> Range<Int> {
        let line = source.lineStarts[source.lineNumber(at: braces.lowerBound)]
        let before = source.trimmed(line..<braces.lowerBound)
        guard before.count >= 3, let mark = source.bytes[before].first, mark == .backtick || mark == .tilde,
            source.bytes[before].allSatisfy({ $0 == mark })
        else { return braces }
        return before.lowerBound..<braces.upperBound
    }

    private mutating func add(_ html: String, text: String) -> String {
        slots.append(Slot(html: html, text: text))
        return Self.mark + String(slots.count - 1) + Self.mark
    }

    /// A block of its own, in the list item or quote where it stood.
    private func block(
        _ token: String, at range: Range<Int>, of outline: PageOutline, in source: SourceText
    ) -> (range: Range<Int>, text: String) {
        let margin = outline.margin(ofBlockAt: range.lowerBound)
        let lineStart = source.lineStarts[source.lineNumber(at: range.lowerBound)]
        let isOwnLine = source.bytes[lineStart..<range.lowerBound].allSatisfy { $0.isBlank || $0 == .greater }
        let quote = margin.contains(">") ? margin : ""
        let text = "<div>\(token)</div>\n\(quote)\n\(quote)"
        return isOwnLine ? (lineStart..<range.upperBound, margin + text) : (range, text)
    }

    /// The source with the parts replaced and, between them, addresses in the place of placeholders. Of two parts that overlap the
    /// first counts, the one that was added earlier when they begin together; one without a text stays as it is.
    private static func replacing(_ parts: [(range: Range<Int>, text: String?)], in source: SourceText) -> String {
        var out: [UInt8] = []
        var offset = 0
        let sorted = parts.enumerated().sorted {
            ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
        }
        for (_, part) in sorted {
            guard part.range.lowerBound >= offset else { continue }
            appendText(source.bytes[offset..<part.range.lowerBound], to: &out)
            if let text = part.text {
                out.append(contentsOf: text.utf8)
            } else {
                append(source.bytes[part.range], to: &out)
            }
            offset = part.range.upperBound
        }
        appendText(source.bytes[offset...], to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private static func appendText(_ bytes: ArraySlice<UInt8>, to out: inout [UInt8]) {
        let addressed = LabAddresses.substituted(in: String(decoding: bytes, as: UTF8.self))
        append(Array(addressed.utf8)[...], to: &out)
    }

    private static func append(_ bytes: ArraySlice<UInt8>, to out: inout [UInt8]) {
        var offset = bytes.startIndex
        while offset < bytes.endIndex {
            if bytes[offset] == 0xF4, bytes[offset...].starts(with: markBytes) {
                out.append(contentsOf: "\u{FFFD}".utf8)
                offset += markBytes.count
            } else {
                out.append(bytes[offset])
                offset += 1
            }
        }
    }

    /// The slot whose mark opens at the offset, and where its mark ends.
    func index(at start: Int, in text: ArraySlice<UInt8>) -> (Int, Int)? {
        guard text[start...].starts(with: Self.markBytes) else { return nil }
        let digits = text[(start + Self.markBytes.count)...].prefix(9).prefix(while: \.isDigit)
        guard let index = Int(String(decoding: digits, as: UTF8.self)), slots.indices.contains(index),
            text[digits.endIndex...].starts(with: Self.markBytes)
        else { return nil }
        return (index, digits.endIndex + Self.markBytes.count)
    }

    func html(_ index: Int) -> String { slots[index].html }

    /// The value of an attribute, without marks.
    func plain(_ value: String) -> String {
        value.unicodeScalars.contains("\u{10FFFD}") ? String(value.unicodeScalars.filter { $0 != "\u{10FFFD}" }) : value
    }
}

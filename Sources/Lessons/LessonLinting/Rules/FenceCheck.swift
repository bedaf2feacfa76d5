import Diagnostics
import LessonMarkdown
import Lessons

/// Code blocks that aren't closed, or that end only where the next one was meant to begin.
struct FenceCheck: PageCheck {
    private static let verbs: Set = ["execute", "exec", "copy", "open"]
    /// Blocks in these show how a page is written.
    private static let showsPages: Set = ["markdown", "md"]

    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        let source = page.source
        let open = page.page.warnings.filter { $0.kind == .openFence }.compactMap { source.offset(of: $0.place) }
        let swallowing = Swallowing(page, open: open)
        if let (block, macro) = swallowing.first {
            return findings.add(
                .openFence, at: opening(of: block, in: source), of: source,
                "the code block that opens here is not closed, and swallows the macro in line \(source.lineNumber(at: macro) + 1)",
                remedy: "close it with the same fence on a line of its own", severity: .error)
        }
        for offset in open {
            findings.add(
                .openFence, at: opening(of: offset, in: source), of: source,
                "the code block that opens here is not closed",
                remedy: "close it with the same fence on a line of its own")
        }
    }

    private func opening(of offset: Int, in source: SourceText) -> Range<Int> {
        let line = source.line(source.lineNumber(at: offset))
        return offset..<max(offset, source.trimmed(offset..<max(offset, line.upperBound)).upperBound)
    }

    /// Looks for the block that was left open.
    private struct Swallowing {
        private let page: LintedPage
        private let open: Set<Int>
        /// Blocks that no macro follows.
        private let plain: [PageOutline.Code]

        init(_ page: LintedPage, open: [Int]) {
            self.page = page
            self.open = Set(open)
            let clicked = Set(page.outline.macros.filter(\.isFenced).map(\.gap.lowerBound))
            plain = page.outline.codes.filter { $0.form == .fenced && !clicked.contains($0.range.upperBound) }
        }

        /// Where the block opens, and a macro in it or one that lost its block.
        var first: (block: Int, macro: Int)? {
            for code in plain {
                guard let macro = macro(in: code) else { continue }
                // A block may well show macros; one that was left open ends in the middle of the page's text.
                if !open.isEmpty || endsInProse(code) || holdsFence(code) { return (code.range.lowerBound, macro) }
            }
            for stray in page.outline.macros where isStrayFence(stray) {
                let before = plain.last { $0.range.upperBound <= stray.range.lowerBound }
                if let before, endsInProse(before) { return (before.range.lowerBound, stray.range.lowerBound) }
            }
            return nil
        }

        /// The first `{{execute}}` behind a backtick.
        private func macro(in code: PageOutline.Code) -> Int? {
            guard open.contains(code.range.lowerBound) || !FenceCheck.showsPages.contains(code.language) else {
                return nil
            }
            let source = page.source
            var rest = code.range
            while let braces = source.first(of: "{{", in: rest) {
                rest = braces + 2..<code.range.upperBound
                let word = source.bytes[rest].prefix(40).drop(while: \.isBlank).prefix(while: \.isLetter)
                guard FenceCheck.verbs.contains(String(decoding: word, as: UTF8.self).lowercased()) else { continue }
                let before = source.bytes[code.range.lowerBound..<braces].last { !$0.isBlank }
                if before == .backtick || before == .tilde { return braces }
            }
            return nil
        }

        /// Whether the line before the closing fence is empty, or announces a block: then the fence was to open one.
        private func endsInProse(_ code: PageOutline.Code) -> Bool {
            let last = page.source.lineNumber(at: max(code.range.lowerBound, code.range.upperBound - 1))
            guard last > page.source.lineNumber(at: code.range.lowerBound) + 1 else { return false }
            let line = page.source.trimmed(page.source.line(last - 1))
            return line.isEmpty || page.source.bytes[line].last == UInt8(ascii: ":")
        }

        /// Whether a line in the block opens another: a fence with a language closes none.
        private func holdsFence(_ code: PageOutline.Code) -> Bool {
            code.text.split(separator: "\n").contains { line in
                let text = line.drop { $0 == " " }
                guard let mark = text.first, mark == "`" || mark == "~" else { return false }
                let rest = text.drop { $0 == mark }
                return text.count - rest.count >= 3 && rest.first?.isLetter == true
            }
        }

        /// Whether a macro is behind a fence that opens or closes nothing.
        private func isStrayFence(_ macro: PageOutline.Macro) -> Bool {
            guard case .stray = macro.meaning else { return false }
            let source = page.source
            let start = source.lineStarts[source.lineNumber(at: macro.range.lowerBound)]
            let before = source.bytes[source.trimmed(start..<macro.range.lowerBound)]
            return before.count >= 3 && before.allSatisfy { $0 == .backtick }
        }
    }
}

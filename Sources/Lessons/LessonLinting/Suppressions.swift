import Diagnostics
import LessonMarkdown
import Lessons

/// What authors want to hear nothing of: `<!-- lectern: ignore LL012 -->`, in scripts `# lectern: ignore LL012`.
///
/// On a line of its own a comment stands for the block after it (in a script: the line), and for itself; behind other
/// text it stands for its line.
struct Suppressions {
    struct Entry {
        let code: String
        /// Where the code is in the file.
        let range: Range<Int>
        /// From 1, of the problems that are suppressed.
        let lines: ClosedRange<Int>
        let source: SourceText
    }

    private(set) var entries: [Entry] = []

    init(pages: [LintedPage], scripts: [LintedScript]) {
        for page in pages { add(page) }
        var seen: Set<String> = []
        for script in scripts where seen.insert(script.source.file).inserted { add(script.source) }
    }

    private mutating func add(_ page: LintedPage) {
        let source = page.source
        for comment in page.outline.comments where !comment.ignoredCodes.isEmpty {
            let first = source.lineNumber(at: comment.range.lowerBound)
            var last = source.lineNumber(at: max(comment.range.lowerBound, comment.range.upperBound - 1))
            let isAlone =
                source.trimmed(source.lineStarts[first]..<comment.range.lowerBound).isEmpty
                && source.trimmed(comment.range.upperBound..<max(comment.range.upperBound, source.lineEnds[last]))
                    .isEmpty
            if isAlone { last = Self.endOfBlock(after: comment.range.upperBound, on: last, of: page) }
            for (code, offset) in comment.ignoredCodes {
                entries.append(
                    Entry(
                        code: code, range: offset..<offset + code.utf8.count, lines: first + 1...last + 1,
                        source: source))
            }
        }
    }

    /// The last line of the block after the comment, other comments left out.
    private static func endOfBlock(after offset: Int, on line: Int, of page: LintedPage) -> Int {
        let next = page.outline.blocks[page.outline.firstBlock(from: offset)...].first {
            !page.source.starts(with: "<!--", at: $0.range.lowerBound)
        }
        guard let range = next?.range else { return line }
        return page.source.lineNumber(at: max(range.lowerBound, range.upperBound - 1))
    }

    private mutating func add(_ script: SourceText) {
        for number in 0..<script.lineCount {
            let line = script.trimmed(script.line(number))
            guard script.bytes[line].first == UInt8(ascii: "#"),
                let mark = script.first(of: "lectern: ignore ", in: line)
            else { continue }
            for word in script.string(mark + 16..<line.upperBound).split(whereSeparator: { $0 == " " || $0 == "," })
            where word.hasPrefix("LL") {
                guard let found = script.firstRange(of: word, in: mark..<line.upperBound) else { continue }
                entries.append(Entry(code: String(word), range: found, lines: number + 1...number + 2, source: script))
            }
        }
    }
}

extension Findings {
    /// Removes what authors want to hear nothing of, and says which comments remove nothing.
    mutating func suppress(_ suppressions: Suppressions) {
        guard !suppressions.entries.isEmpty else { return }
        var used: Set<Int> = []
        var byFile: [String: [Int]] = [:]
        // More than anyone writes: each problem is compared with each comment of its file.
        for (index, entry) in suppressions.entries.enumerated().prefix(2000) {
            byFile[entry.source.file, default: []].append(index)
        }
        removeProblems { problem in
            guard let candidates = byFile[problem.place.file] else { return false }
            var isSuppressed = false
            for index in candidates {
                let entry = suppressions.entries[index]
                guard entry.code == problem.rule.code, entry.lines.contains(problem.place.line) else { continue }
                used.insert(index)
                isSuppressed = true
            }
            return isSuppressed
        }
        for (index, entry) in suppressions.entries.enumerated() where !used.contains(index) {
            guard let rule = Rule.named(entry.code) else {
                add(
                    .wrongComment, at: entry.range, of: entry.source, "no problem has the code '\(entry.code)'",
                    remedy: "write the code that the problem shows")
                continue
            }
            // Nothing can be said of a rule that didn't run.
            guard wants(rule) else { continue }
            add(
                .pointlessIgnore, at: entry.range, of: entry.source,
                "'\(entry.code)' is ignored here, but does not occur here", remedy: "remove the comment")
        }
    }
}

import Diagnostics
import LessonMarkdown
import Lessons

/// The braces after code.
struct MacroCheck: PageCheck {
    private static let verbs = ["execute", "exec", "copy", "open"]
    private static let words = ["interrupt", "ctrl-seq", "no-newline"]

    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        let source = page.source
        for macro in page.outline.macros {
            switch macro.meaning {
            case .action(_, let problem):
                if let problem {
                    findings.add(.unknownTerminal, at: macro.range, of: source, problem)
                }
                let words = words(in: macro.range, of: source)
                check(words.dropFirst(), in: source, &findings)
                spacing(of: macro, words: words, in: source, &findings)
            case .unknown: verb(of: macro, on: page, &findings)
            case .stray:
                findings.add(
                    .macroWithoutCode, at: macro.range, of: source,
                    "the macro '\(Self.shown(macro.range, source))' follows no code",
                    remedy: "put it right after the closing backtick or fence of the command")
            case .other where macro.isFenced:
                findings.add(
                    .bracesAfterFence, at: macro.range, of: source,
                    "'\(Self.shown(macro.range, source))' after the closing fence is not a macro",
                    remedy: "write '{{execute}}' for a command, or remove the braces for plain code")
            case .unclosed:
                findings.add(
                    .openMacro, at: macro.range, of: source, "the macro that opens here is not closed",
                    remedy: "write '}}' at its end, on the same line")
            case .other, .nothing: break
            }
        }
        warnings(page, &findings)
    }

    private static func shown(_ range: Range<Int>, _ source: SourceText) -> String {
        source.string(range.lowerBound..<min(range.upperBound, range.lowerBound + 60))
    }

    /// The words between the braces, with their places.
    private func words(in range: Range<Int>, of source: SourceText) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start: Int?
        for offset in range.lowerBound + 2...max(range.lowerBound + 2, range.upperBound - 2) {
            if offset < range.upperBound - 2, !source.bytes[offset].isBlank {
                start = start ?? offset
            } else if let begin = start {
                words.append(begin..<offset)
                start = nil
            }
        }
        return words
    }

    /// An error where a known word was meant, and where no macro of the page has one: what its author wanted run isn't.
    private func verb(of macro: PageOutline.Macro, on page: LintedPage, _ findings: inout Findings) {
        let source = page.source
        guard let range = words(in: macro.range, of: source).first else { return }
        let word = source.string(range)
        let near = Self.verbs.filter { Spelling.isNear(word.lowercased(), to: $0, slips: $0.count > 4 ? 2 : 1) }
        // `exec` is near to whatever is near to `execute`, and means the same.
        let meant = near.contains("execute") ? "execute" : near.first
        let isSure = near.count == 1 || near == ["execute", "exec"]
        findings.add(
            .unknownVerb, at: range, of: source, "unknown macro '\(word)'",
            remedy: meant.map { "did you mean '\($0)'?" } ?? "known are 'execute', 'exec', 'copy' and 'open'",
            severity: meant != nil || page.page.actions.isEmpty ? .error : .warning,
            fix: isSure ? meant.map { ("write '\($0)'", [(range, $0)]) } : nil)
    }

    private func check(_ words: ArraySlice<Range<Int>>, in source: SourceText, _ findings: inout Findings) {
        for range in words {
            let word = source.string(range)
            guard let meant = Self.words.first(where: { Slip.isNear(word, $0) && word.lowercased() != $0 }) else {
                continue
            }
            findings.add(
                .unknownWord, at: range, of: source, "unknown word '\(word)'", remedy: "did you mean '\(meant)'?",
                fix: ("write '\(meant)'", [(range, meant)]))
        }
    }

    private func spacing(
        of macro: PageOutline.Macro, words: [Range<Int>], in source: SourceText, _ findings: inout Findings
    ) {
        var usual = "{{"
        for (index, range) in words.enumerated() {
            if index > 0 { usual += " " }
            usual += Self.usual(source.string(range), isVerb: index == 0)
        }
        usual += "}}"
        let isDetached = !macro.gap.isEmpty
        guard isDetached || source.string(macro.range) != usual else { return }
        findings.add(
            .macroSpacing, at: macro.range, of: source,
            isDetached ? "there are blanks between the code and its macro" : "the macro is usually written '\(usual)'",
            fix: ("write '\(usual)'", [(macro.gap.lowerBound..<macro.range.upperBound, usual)]))
    }

    /// The word as it is usually written: small letters for what a macro knows, capitals for terminals and hosts.
    private static func usual(_ word: String, isVerb: Bool) -> String {
        let lowercased = word.lowercased()
        if isVerb || words.contains(lowercased) { return lowercased }
        let prefix = lowercased.utf8.prefix(while: \.isLetter)
        let digits = lowercased.utf8.dropFirst(prefix.count)
        guard !digits.isEmpty, digits.allSatisfy(\.isDigit),
            prefix.elementsEqual("t".utf8) || prefix.elementsEqual("host".utf8)
        else { return word }
        return lowercased.uppercased()
    }

    /// What the reader found.
    private func warnings(_ page: LintedPage, _ findings: inout Findings) {
        for warning in page.page.warnings {
            let rule: Rule
            var remedy: String?
            switch warning.kind {
            case .fileBlock: rule = .fileBlock
            case .comment: rule = .wrongComment
            case .quiz: (rule, remedy) = (.quizKey, "write the answers on the lines right after the question")
            case .openFence, .openMacro, .strayMacro, .unknownVerb, .unknownTerminal: continue
            }
            guard let offset = page.source.offset(of: warning.place) else { continue }
            let line = page.source.line(page.source.lineNumber(at: offset))
            let end =
                rule == .wrongComment
                ? Findings.wordEnd(from: offset, in: page.source)
                : page.source.trimmed(offset..<line.upperBound).upperBound
            findings.add(rule, at: offset..<max(offset, end), of: page.source, warning.problem, remedy: remedy)
        }
    }
}

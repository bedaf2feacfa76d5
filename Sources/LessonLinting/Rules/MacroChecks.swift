import LessonExpectations
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
                words(of: macro, in: source, &findings)
                spacing(of: macro, in: source, &findings)
            case .unknown(let problem): verb(of: macro, problem, in: source, &findings)
            case .stray:
                findings.add(
                    .macroWithoutCode, at: macro.range, of: source,
                    "the macro '\(Self.shown(macro.range, source))' follows no code",
                    remedy: "put it right behind the closing backtick or fence of the command")
            case .other where macro.isFenced:
                findings.add(
                    .bracesAfterFence, at: macro.range, of: source,
                    "'\(Self.shown(macro.range, source))' after the closing fence is no macro",
                    remedy: "write '{{execute}}' for a command, or nothing for plain code")
            case .unclosed:
                findings.add(
                    .openMacro, at: macro.range, of: source, "the macro that opens here isn't closed",
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

    private func verb(of macro: PageOutline.Macro, _ problem: String, in source: SourceText, _ findings: inout Findings)
    {
        guard let range = words(in: macro.range, of: source).first else { return }
        let word = source.string(range)
        let near = Self.verbs.filter { Spelling.isNear(word.lowercased(), to: $0, slips: $0.count > 4 ? 2 : 1) }
        // `exec` is near to whatever is near to `execute`, and means the same.
        let meant = near.contains("execute") ? "execute" : near.first
        let isSure = near.count == 1 || near == ["execute", "exec"]
        findings.add(
            .unknownVerb, at: range, of: source, "unknown macro '\(word)'",
            remedy: meant.map { "perhaps '\($0)' is meant" } ?? "known are 'execute', 'exec', 'copy' and 'open'",
            fix: isSure ? meant.map { ("write '\($0)'", [(range, $0)]) } : nil)
    }

    private func words(of macro: PageOutline.Macro, in source: SourceText, _ findings: inout Findings) {
        for range in words(in: macro.range, of: source).dropFirst() {
            let word = source.string(range)
            guard let meant = Self.words.first(where: { Slip.isNear(word, $0) && word.lowercased() != $0 }) else {
                continue
            }
            findings.add(
                .unknownWord, at: range, of: source, "unknown word '\(word)'", remedy: "perhaps '\(meant)' is meant",
                fix: ("write '\(meant)'", [(range, meant)]))
        }
    }

    private func spacing(of macro: PageOutline.Macro, in source: SourceText, _ findings: inout Findings) {
        let ranges = words(in: macro.range, of: source)
        var texts = ranges.map(source.string)
        for index in texts.indices {
            let lowercased = texts[index].lowercased()
            if index == 0 || Self.words.contains(lowercased) { texts[index] = lowercased }
            if let first = lowercased.first, first == "t" || lowercased.hasPrefix("host"), index > 0,
                lowercased.dropFirst(first == "t" ? 1 : 4).allSatisfy(\.isNumber), lowercased.last?.isNumber ?? false
            {
                texts[index] = lowercased.uppercased()
            }
        }
        let usual = "{{" + texts.joined(separator: " ") + "}}"
        let isDetached = !macro.gap.isEmpty
        guard isDetached || source.string(macro.range) != usual else { return }
        findings.add(
            .macroSpacing, at: macro.range, of: source,
            isDetached ? "blanks stand between the code and its macro" : "the macro is usually written '\(usual)'",
            fix: ("write '\(usual)'", [(macro.gap.lowerBound..<macro.range.upperBound, usual)]))
    }

    /// What the reader found.
    private func warnings(_ page: LintedPage, _ findings: inout Findings) {
        for warning in page.page.warnings {
            let rule: Rule
            var remedy: String?
            switch warning.kind {
            case .openFence: (rule, remedy) = (.openFence, "close it with the same fence on a line of its own")
            case .fileBlock: rule = .fileBlock
            case .comment: rule = .wrongComment
            case .quiz: (rule, remedy) = (.quizKey, "write the answers on the lines right after the question")
            case .openMacro, .strayMacro, .unknownVerb, .unknownTerminal: continue
            }
            guard let offset = Findings.offset(of: warning.place, in: page.source) else { continue }
            let line = page.source.line(page.source.lineNumber(at: offset))
            let end =
                rule == .wrongComment
                ? Findings.wordEnd(from: offset, in: page.source)
                : page.source.trimmed(offset..<line.upperBound).upperBound
            findings.add(rule, at: offset..<max(offset, end), of: page.source, warning.problem, remedy: remedy)
        }
    }
}

/// Samples and the comments for them.
struct SampleCheck: PageCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        var codes = page.outline.codes.lazy.filter { $0.form != .span }.makeIterator()
        var next = codes.next()
        var isCommand = false
        for (place, isMarked) in page.outline.orphanedSamples where page.kind == .page {
            guard let offset = Findings.offset(of: place, in: page.source) else { continue }
            while let code = next, code.range.lowerBound < offset {
                isCommand = Self.shells.contains(code.language) || code.text.hasPrefix("$ ")
                next = codes.next()
            }
            // Of source code that nobody types the page may well show a result.
            guard isMarked || isCommand else { continue }
            let line = page.source.line(page.source.lineNumber(at: offset))
            findings.add(
                .orphanedSample, at: offset..<max(offset, line.upperBound), of: page.source,
                "nothing on the page before this sample can be run",
                remedy: "let the command before it end in '{{execute}}'")
        }
        for comment in page.outline.comments {
            for (path, name) in comment.fieldClasses where FieldClass(rawValue: name) == nil {
                let near = FieldClass.allCases.map(\.rawValue).first { Slip.isNear(name, $0) }
                let written = "field:\(path)=\(name)"
                let found = page.source.bytes[comment.range].firstRange(of: Array(written.utf8))
                findings.add(
                    .wrongComment, at: found ?? comment.range, of: page.source,
                    "'\(name)' is no class of a field",
                    remedy: near.map { "perhaps '\($0)' is meant" }
                        ?? "use one of " + FieldClass.allCases.map(\.rawValue).joined(separator: ", "))
            }
        }
    }

    private static let shells: Set<String> = ["bash", "sh", "shell", "console", "zsh"]
}

/// Which terminal a command goes to.
struct TerminalCheck: PageCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        var numbered: Int?
        var isTold = false
        var held: [Int: (program: String, line: Int, end: Int)] = [:]
        var current = 1
        for macro in page.outline.macros {
            guard case .action(let index, _) = macro.meaning, page.page.actions.indices.contains(index) else {
                continue
            }
            let action = page.page.actions[index]
            if action.kind == .copy || action.kind == .open { continue }
            // Hosts have terminals of their own, by another count.
            if action.host != nil { continue }
            if let terminal = action.terminal {
                // After T1 both readings of a bare macro lead to T1.
                numbered = terminal > 1 ? terminal : nil
                isTold = false
            } else if let numbered, !isTold {
                isTold = true
                findings.add(
                    .ambiguousTerminal, at: macro.range, of: page.source,
                    "it is open which terminal this goes to, after one for T\(numbered)",
                    remedy: "name the terminal, such as '{{execute T1}}'")
            }
            current = action.terminal ?? current
            if action.kind == .interrupt || action.kind == .keys {
                held[current] = nil
            } else if let (program, line, end) = held[current] {
                held[current] = nil
                findings.add(
                    .blockedTerminal, at: macro.range, of: page.source,
                    "'\(program)' of line \(line) still runs in this terminal, so nothing takes the command",
                    remedy: "write '{{execute interrupt}}', or give it another terminal",
                    severity: Self.tellsToInterrupt(page.source, end..<max(end, macro.range.lowerBound)) ? .note : nil)
            }
            if let program = Self.holder(in: action.text), action.pressesReturn {
                held[current] = (program, action.place.line, macro.range.upperBound)
            }
        }
    }

    /// Whether the page asks the reader to press Ctrl-C there; a run by machine still needs the macro.
    private static func tellsToInterrupt(_ source: SourceText, _ range: Range<Int>) -> Bool {
        source.first(of: "ctrl", in: range) != nil || source.first(of: "control", in: range) != nil
    }

    /// The program that keeps the terminal, when the text ends with one.
    static func holder(in text: String) -> String? {
        let line = text.split(separator: "\n").last.map { $0.trimmingWhite } ?? ""
        guard !line.hasSuffix("&"), !line.contains("timeout "), ShellText.heredoc(in: text) == nil else { return nil }
        // What is piped into `head` ends.
        guard let last = line.split(separator: ";").last, !last.contains("| head"), !last.contains(">/dev"),
            let words = ShellText.simpleCommands(of: last).last.map(ShellText.program), let program = words.first
        else { return nil }
        let arguments = words.dropFirst()
        func has(_ options: Substring...) -> Bool { arguments.contains { options.contains($0) } }
        switch program {
        case "tail":
            return has("-f", "-F", "--follow") || arguments.contains { $0.hasPrefix("-") && $0.hasSuffix("f") }
                ? "tail -f" : nil
        case "watch": return "watch"
        case "kubectl", "oc", "k":
            if arguments.first == "port-forward" || arguments.first == "proxy" {
                return "\(program) \(arguments.first ?? "")"
            }
            if arguments.first == "get", has("-w", "--watch") { return "\(program) get -w" }
            // The log of a build or a job ends with it.
            let isFinite = program == "oc" || arguments.contains { $0.contains("job") || $0.contains("build") }
            return arguments.first == "logs" && has("-f", "--follow") && !isFinite ? "\(program) logs -f" : nil
        case "docker", "podman", "docker-compose":
            return arguments.contains("logs") && has("-f", "--follow") ? "\(program) logs -f" : nil
        case "journalctl": return has("-f", "--follow") ? "journalctl -f" : nil
        case "python", "python3": return has("http.server", "SimpleHTTPServer") ? "\(program) -m http.server" : nil
        default: return nil
        }
    }
}

/// File blocks and the editor's tree.
struct EditorCheck: PageCheck {
    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        guard let scenario, findings.wants(.fileOutsideEditor) else { return }
        let root = scenario.editorPath
        guard root.hasPrefix("/"), root != "/", let tree = RelativePath.normalized(root) else { return }
        for block in page.page.fileBlocks where block.file.hasPrefix("/") {
            guard let path = RelativePath.normalized(block.file), path != tree, !path.hasPrefix(tree + "/"),
                let offset = Findings.offset(of: block.place, in: page.source)
            else { continue }
            let line = page.source.line(page.source.lineNumber(at: offset))
            findings.add(
                .fileOutsideEditor, at: offset..<max(offset, line.upperBound), of: page.source,
                "'\(block.file)' lies outside the editor's directory '\(root)'",
                remedy: "set \"uieditorpath\" to a directory above it")
        }
    }
}

/// Questions and their keys.
struct QuizCheck: PageCheck {
    private typealias Fault = (message: String, remedy: String)

    func check(_ page: LintedPage, in scenario: LintedScenario?, _ findings: inout Findings) {
        for (quiz, range) in zip(page.page.quizzes, readable(page)) {
            let line = page.source.line(page.source.lineNumber(at: range.lowerBound))
            var faults = faults(of: quiz.answer)
            if Self.forms(of: page.source.string(range)) > 1 {
                faults.append(
                    ("the answers are written in different forms", "use one of '===', '=~=', '[*]' and '(*)'"))
            }
            for fault in faults {
                findings.add(
                    .quizKey, at: range.lowerBound..<min(line.upperBound, range.upperBound), of: page.source,
                    fault.message, remedy: fault.remedy)
            }
        }
    }

    private func faults(of answer: Quiz.Answer) -> [Fault] {
        switch answer {
        case .equals(let text), .contains(let text):
            return text.isEmpty ? [("the answer to the question is empty", "write it after the marks")] : []
        case .choices(let choices):
            let isOpen = !choices.contains(where: \.isRight)
            return (isOpen ? [("no choice is right", "mark one with '[*]'")] : []) + faults(of: choices)
        case .choice(let choices):
            let right = choices.filter(\.isRight).count
            var faults = faults(of: choices)
            if right == 0 { faults.append(("no choice is right", "mark one with '(*)'")) }
            if right > 1 {
                faults.append(("\(right) choices are right where one may be chosen", "use '[*]' and '[ ]' for several"))
            }
            return faults
        }
    }

    private func faults(of choices: [Quiz.Choice]) -> [Fault] {
        var seen: [String: Bool] = [:]
        for choice in choices {
            if let isRight = seen[choice.text], isRight != choice.isRight {
                return [("the choice '\(choice.text)' is both right and wrong", "remove one")]
            }
            seen[choice.text] = choice.isRight
        }
        return choices.count == 1 ? [("there is only one choice", "add another")] : []
    }

    /// Ranges of the questions whose answers the reader understood.
    private func readable(_ page: LintedPage) -> [Range<Int>] {
        let broken = Set(page.page.warnings.filter { $0.kind == .quiz }.map(\.place.line))
        return page.outline.quizzes.filter { !broken.contains(page.source.lineNumber(at: $0.lowerBound) + 1) }
    }

    private static func forms(of text: String) -> Int {
        var forms: Set<String> = []
        for line in text.split(separator: "\n").dropFirst() {
            let line = line.trimmingWhite
            if line.hasPrefix("===") { forms.insert("=") }
            if line.hasPrefix("=~=") { forms.insert("~") }
            if ["[*]", "[ ]", "[x]"].contains(where: line.hasPrefix) { forms.insert("[") }
            if ["(*)", "( )", "(x)"].contains(where: line.hasPrefix) { forms.insert("(") }
        }
        return forms.count
    }
}

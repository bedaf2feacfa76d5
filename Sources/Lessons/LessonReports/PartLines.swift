public import Diagnostics
public import Lessons

extension TerminalReport {
    /// What a reader should know before the first page.
    public func lines(forNotes notes: [String]) -> [StyledText] {
        notes.map { "\("  \($0)", .faint)" }
    }

    /// A script on one line with its points, and below it what it told the learner; after a failure, what it printed.
    public func lines(for outcome: ScriptOutcome) -> [StyledText] {
        let place = Figures.column(outcome.terminal ?? Self.word(for: outcome.kind), 4)
        let name = outcome.file.split(separator: "/").last.map(String.init) ?? outcome.file
        let text = Figures.column("\(name)  (\(Self.description(of: outcome.kind)))".printable, commandWidth)
        var line: StyledText =
            "  \(mark(outcome.verdict)) \(place) \(text) \(right(Figures.duration(outcome.duration), 8), .faint)"
        if let points = outcome.report.points { line += "  \(points.reached) of \(points.possible) points" }
        var lines = [line]
        // Of a check that failed it's the problem, and is below.
        if let message = outcome.report.message, message != outcome.problem {
            lines.append("         \(message)")
        }
        lines += outcome.notes.map(remark)
        if let hint = outcome.report.hint { lines.append(remark("hint: \(hint)")) }
        guard outcome.verdict == .failed || outcome.verdict == .inconclusive else { return lines }
        lines += ["", "    \(outcome.place.map(\.description) ?? outcome.file)"]
        lines.append("    \(outcome.problem ?? "it failed", .bad)")
        if outcome.timeout == nil || !isShown(outcome.output, outcome.screen) {
            lines.append("    what \(outcome.file) printed:")
            var output = outcome.output[...]
            while output.last?.isNewline == true { output.removeLast() }
            lines += indented(output.isEmpty ? "(nothing)" : String(output), most: 40)
        }
        if outcome.timeout != nil { lines += framed(outcome.screen, of: outcome.terminal) }
        return lines + [""]
    }

    /// A file block on one line, and below it what kept it from being written.
    public func lines(for outcome: FileBlockOutcome) -> [StyledText] {
        let text = "\(Self.verb(for: outcome.block.target)) \(outcome.path)"
        var lines: [StyledText] = ["  \(mark(outcome.verdict)) \(Figures.column("file", 4)) \(text)"]
        lines += outcome.notes.map(remark)
        guard outcome.verdict == .failed else { return lines }
        return lines + [
            "", "    \(outcome.block.place)", "    \(outcome.problem ?? "it failed", .bad)",
            "",
        ]
    }

    /// A question on one line, and below it what is inconsistent in its answer key.
    public func lines(for outcome: QuizOutcome) -> [StyledText] {
        let question = Figures.column(outcome.quiz.question.printable, commandWidth)
        let line: StyledText = "  \(mark(outcome.verdict)) \(Figures.column("quiz", 4)) \(question)"
        guard outcome.verdict == .failed else { return [line] }
        return [
            line, "", "    \(outcome.quiz.place)",
            "    \(outcome.problem ?? "it failed", .bad)", "",
        ]
    }

    /// `, 2 scripts, 1 check`; empty for a lesson that has neither scripts nor file blocks.
    func otherFigures(of outcome: ScenarioOutcome) -> String {
        let ran = outcome.pages.flatMap(\.scripts).filter { $0.verdict != .notRun }
        let checks = ran.filter { $0.kind == .verify }.count
        let scripts = ran.filter { [.foreground, .background, .solution].contains($0.kind) }.count
        let files = outcome.pages.flatMap(\.fileBlocks).filter { $0.verdict == .passed && !$0.path.isEmpty }.count
        return [(scripts, "script"), (files, "file"), (checks, "check")].filter { $0.0 > 0 }
            .map { ", \(Figures.count($0.0, $0.1))" }.joined()
    }

    /// What the first part says that couldn't be told.
    func undecidedPart(of outcome: ScenarioOutcome) -> String? {
        let script = outcome.pages.flatMap(\.scripts).first { $0.verdict == .inconclusive }
        return script.map { script in
            (script.place.map { "\($0): " } ?? "\(script.file): ")
                + (script.problem ?? "it did not run")
        }
    }

    private static func word(for kind: ScriptOutcome.Kind) -> String {
        switch kind {
        case .verify, .verifyBefore: "chk"
        case .foreground, .background, .start: "bg"
        case .solution: "sol"
        case .hint: "hint"
        }
    }

    private static func description(of kind: ScriptOutcome.Kind) -> String {
        switch kind {
        case .foreground: "foreground script"
        case .background: "background script"
        case .verify: "check"
        case .verifyBefore: "check, before the task is done"
        case .solution: "solution"
        case .hint: "hint"
        case .start: "start of the challenge"
        }
    }

    private static func verb(for target: FileBlock.Target) -> String {
        switch target {
        case .replace: "write"
        case .prepend: "prepend to"
        case .append: "append to"
        case .insert: "insert into"
        case .clipboard: "copy to the clipboard"
        }
    }
}

extension Page {
    /// Whether a run of the page has anything to report.
    var hasParts: Bool {
        !actions.isEmpty || !links.isEmpty || !fileBlocks.isEmpty || !quizzes.isEmpty
            || scripts.foreground != nil || scripts.background != nil || scripts.verify != nil
    }
}

public import Diagnostics
public import Lessons

/// The report a person reads: a line an action, and everything about what failed.
public struct TerminalReport: Sendable {
    /// How many characters of a command are shown.
    let commandWidth = 58

    /// It has no state: one serves all lessons.
    public init() {}

    /// The line above a lesson: its title, and the directory as the user named it.
    public func heading(of scenario: Scenario) -> StyledText {
        let title = scenario.title.isEmpty ? scenario.directory : "\(scenario.title) (\(scenario.directory))"
        return "\(title.oneLine, .strong)"
    }

    /// The line above a page, with a blank line before it; `nil` for a page with nothing to report.
    public func heading(of page: Page) -> StyledText? {
        guard page.hasParts else { return nil }
        let role =
            switch page.role {
            case .intro: "Intro"
            case .step(let number): "Step \(number)"
            case .finish: "Finish"
            case .alone: "Page"
            }
        let title = page.title.isEmpty ? page.file : page.title
        return "\n\("\(role)  \(title.oneLine)", .strong)"
    }

    /// An action on one line, and below it what to know of it; after a failure, both sides of each difference.
    public func lines(for outcome: ActionOutcome) -> [StyledText] {
        let text = outcome.action.firstLine.printable
        let place = Figures.column(outcome.terminal ?? outcome.action.kind.rawValue, 4)
        var line: StyledText = "  \(mark(outcome.verdict)) \(place) \(Figures.column(text, commandWidth))"
        if outcome.terminal != nil { line += " \(right(Figures.duration(outcome.duration), 8), .faint)" }
        let held = outcome.samples.filter { $0.verdict == .passed }
        if outcome.verdict == .passed, !held.isEmpty {
            line += "\("  = \(held.map(Self.summary).joined(separator: ", "))", .faint)"
        }
        var lines = [line]
        lines += outcome.notes.map(remark)
        if outcome.verdict == .failed || outcome.verdict == .inconclusive { lines += failure(outcome) }
        return lines
    }

    /// A link on one line, and below it where it is on the page when it failed.
    public func lines(for outcome: LinkOutcome) -> [StyledText] {
        let target =
            switch outcome.link.target {
            case .labPort(let port, let path): "link to the lab's port \(port) \(path)"
            case .file(let path): "file \(path)"
            case .external(let address): "link \(address)"
            }
        var line: StyledText = "  \(mark(outcome.verdict)) \(target)"
        if outcome.verdict == .notRun { line = "\(line + "  \(outcome.problem ?? "")", .faint)" }
        guard outcome.verdict == .failed else { return [line] }
        return [line, "    \(outcome.link.place)", "    \(outcome.problem ?? "it failed", .bad)"]
    }

    /// The verdict with its figures, after a blank line.
    public func summary(of outcome: ScenarioOutcome) -> StyledText {
        let actions = outcome.pages.flatMap(\.actions)
        let samples = actions.flatMap(\.samples).filter { $0.verdict == .passed }
        let links = outcome.pages.flatMap(\.links).filter { $0.verdict == .passed }
        let ran = actions.filter { $0.verdict != .notRun }
        let figures =
            [
                Figures.count(ran.count, "action") + Self.taken(of: ran) + Self.errors(of: ran),
                Figures.count(samples.count, "sample"),
                Figures.count(links.count, "link"),
            ].joined(separator: ", ") + otherFigures(of: outcome)
        let time = Figures.duration(outcome.duration)
        if outcome.interrupted {
            let actions = Figures.count(actions.filter { $0.verdict == .passed }.count, "action")
            return "\n\("Interrupted", .warning)  \(outcome.position ?? "on its way"), after \(actions) in \(time)"
        }
        switch outcome.verdict {
        case .passed: return "\n\("Verified", .good)  \(figures) in \(time)"
        case .inconclusive:
            let remedy = outcome.remedy.map { "\n  try: \($0)" } ?? ""
            let problem = outcome.problem ?? undecidedPart(of: outcome) ?? Self.nothingVerified(outcome)
            // Below the first line is what explains it, such as the line of the page.
            let lines = problem.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            let rest = lines.count > 1 ? "\n\(lines[1])" : ""
            return "\n\("Inconclusive", .warning)  \(lines[0]) (after \(time))\(rest)\(remedy)"
        case .failed, .notRun:
            let left = actions.count - ran.count
            let rest = left > 0 ? "; \(Figures.count(left, "action")) after it not run" : ""
            let page = outcome.pages.first { $0.verdict == .failed }
            let title = page.map { $0.title.isEmpty ? $0.file : $0.title } ?? ""
            return
                "\n\("Failed", .bad)  in '\(title.oneLine)' after \(figures) in \(time)\(rest)\(Self.failures(among: actions))"
        }
    }

    /// How many commands ran nothing, since another program took them.
    private static func taken(of actions: [ActionOutcome]) -> String {
        let takers = actions.compactMap(\.takenBy)
        guard !takers.isEmpty else { return "" }
        let names = Set(takers).sorted().map { "'\($0)'" }.joined(separator: ", ")
        return " (\(takers.count) of them typed into \(names))"
    }

    /// How many actions failed, of a run that kept going after the first.
    private static func failures(among actions: [ActionOutcome]) -> String {
        let failed = actions.filter { $0.verdict == .failed }
        guard failed.count > 1 else { return "" }
        let consequences = failed.count { $0.consequenceOf != nil }
        let remark = consequences == 0 ? "" : ", \(consequences) of them which may be consequences"
        return "; \(failed.count) actions failed\(remark)"
    }

    private static func nothingVerified(_ outcome: ScenarioOutcome) -> String {
        let isEmpty = !outcome.pages.contains { $0.hasVerified || $0.verdict == .inconclusive }
        return isEmpty ? "nothing of the lesson was verified" : "the lab broke"
    }

    /// How many actions passed though they printed an error.
    private static func errors(of actions: [ActionOutcome]) -> String {
        let count = actions.count { $0.showsError }
        return count == 0 ? "" : " (\(count) of them printed an error)"
    }

    /// Where the recordings of the terminals are; nothing when there are none.
    public func lines(for recordings: [Recording]) -> [StyledText] {
        let whole = recordings.filter { $0.problem == nil }.map(\.path)
        let broken = recordings.compactMap { recording -> StyledText? in
            recording.problem.map { "  \("Not recorded", .warning)  \(recording.path): \($0)" }
        }
        return (whole.isEmpty ? [] : ["  Recorded  \(whole.joined(separator: ", "))"]) + broken
    }

    /// One line for several scenarios, and a line for each that did not pass.
    public func summary(of outcomes: [ScenarioOutcome]) -> StyledText {
        let passed = outcomes.filter { $0.verdict == .passed }.count
        var lines: [StyledText] = [
            "", "\("\(passed) of \(Figures.count(outcomes.count, "scenario")) verified", .strong)",
        ]
        for outcome in outcomes where outcome.verdict != .passed {
            lines.append("  \(mark(outcome.verdict)) \(outcome.path)")
        }
        return lines.joined(separator: "\n")
    }

    // MARK: Parts of a failure

    private func failure(_ outcome: ActionOutcome) -> [StyledText] {
        var lines: [StyledText] = ["", "    \(outcome.action.place)"]
        lines.append("    \(outcome.problem ?? "it failed", .bad)")
        for sample in outcome.samples where sample.verdict != .passed {
            let subject = sample.source == .screen ? "screen" : "output"
            // The explanation says most of it, and the problem above the first part.
            let others = sample.differences.filter { $0 != outcome.problem && !sample.explanation.contains($0) }
            let explanation = sample.explanation.split(separator: "\n", omittingEmptySubsequences: false)
                .filter { String($0) != outcome.problem }.joined(separator: "\n")
            let isExplained = !others.isEmpty || !explanation.allSatisfy(\.isWhitespace)
            lines.append(
                "    the \(subject) against the sample at \(sample.place) (\(sample.wording.rawValue))\(isExplained ? ":" : "")"
            )
            lines += others.prefix(9).map { "    \($0, .bad)" }
            if others.count > 9 { lines.append("    … and \(others.count - 9) more") }
            if isExplained { lines += indented(explanation, most: 60) }
        }
        let timedOut = outcome.timeout != nil
        if outcome.samples.allSatisfy({ $0.verdict == .passed }), !timedOut || !isShown(outcome.output, outcome.screen)
        {
            lines.append("    what it printed:")
            lines += indented(outcome.output.isEmpty ? "(nothing)" : outcome.output, most: 40)
        }
        let missesOnScreen = outcome.samples.contains { $0.source == .screen && $0.verdict != .passed }
        // Where nothing was printed the screen may tell why: a question, an editor.
        if timedOut || missesOnScreen || outcome.output.isEmpty && !outcome.screen.isEmpty {
            lines += framed(outcome.screen, of: outcome.terminal)
        }
        return lines + [""]
    }

    /// Whether the screen has all of a text already.
    func isShown(_ text: String, _ screen: [String]) -> Bool {
        text.split(separator: "\n", omittingEmptySubsequences: false).allSatisfy { line in
            screen.contains { $0.contains(line) }
        }
    }

    /// A terminal's screen in a frame, its last 40 lines at most, each cut to 160 cells.
    func framed(_ screen: [String], of terminal: String?) -> [StyledText] {
        let most = 40
        let name = terminal ?? "the terminal"
        guard !screen.isEmpty else { return ["    the screen of \(name) is empty"] }
        let left = screen.count - most
        let shown: [StyledText] = screen.suffix(most).map { "      │ \(DisplayWidth.cut($0.printable, to: 160))" }
        return ["    the screen of \(name):", "      ┌────"]
            + (left > 0 ? ["      │ … \(Figures.count(left, "line")) above"] : []) + shown + ["      └────"]
    }

    func indented(_ text: String, most: Int) -> [StyledText] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let shown: [StyledText] = lines.prefix(most).map { "      \($0)" }
        return lines.count > most ? shown + ["      … and \(lines.count - most) more lines"] : shown
    }

    func mark(_ verdict: Verdict) -> StyledText {
        switch verdict {
        case .passed: StyledText("✓", .good)
        case .failed: StyledText("✗", .bad)
        case .inconclusive: StyledText("?", .warning)
        case .notRun: StyledText("·", .faint)
        }
    }

    /// What a reader should know of a line, below it.
    func remark(_ note: String) -> StyledText { "\("         \(note)", .faint)" }

    func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private static func summary(_ sample: SampleOutcome) -> String {
        let file = sample.place.file.split(separator: "/").last.map(String.init) ?? sample.place.file
        return "\(sample.source == .screen ? "screen " : "")\(file):\(sample.place.line)"
    }
}

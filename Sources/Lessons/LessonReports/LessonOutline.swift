public import Diagnostics
public import Lessons

/// What a lesson holds, for a person who asks how it is read: its settings, and page by page what there is to click, to see
/// and to run, in the order of the page.
public struct LessonOutline: Sendable {
    /// It has no state: one serves all lessons.
    public init() {}

    /// The lesson's own lines, then those of its pages; a single Markdown file has only the latter.
    public func lines(for scenario: Scenario) -> [StyledText] {
        let isFile = scenario.pages.first?.role == .alone
        var lines = isFile ? [] : heading(of: scenario)
        for page in scenario.pages {
            if !lines.isEmpty { lines.append(StyledText()) }
            lines += self.lines(for: page)
        }
        return lines
    }

    // MARK: The lesson

    private func heading(of scenario: Scenario) -> [StyledText] {
        let (settings, platform) = (scenario.settings, scenario.platform)
        let title = scenario.title.isEmpty ? scenario.directory : "\(scenario.title) (\(scenario.directory))"
        var facts: [(String, String)] = settings.environment.map { ("environment", $0) }
        if let seeding = settings.seeding {
            facts.append(
                ("seeding", seeding.parameters.isEmpty ? "by the lab's seed command" : seeding.description.oneLine))
        }
        if let image = settings.image ?? platform.image { facts.append(("machine", image)) }
        if let type = platform.type { facts.append(("type", type)) }
        if let limits = settings.limits {
            let parts = [
                limits.memory.map { "\(ByteSize.text($0)) of memory" }, limits.processes.map { "\($0) processes" },
                limits.disk.map { "\(ByteSize.text($0)) of disk" },
            ]
            facts.append(("limits", parts.compactMap(\.self).joined(separator: ", ")))
        }
        if let size = settings.terminals { facts.append(("terminals", "\(size.columns) × \(size.rows)")) }
        facts += timeouts(action: settings.timeout, check: settings.checkTimeout)
        if let limit = settings.backgroundTimeout {
            facts.append(("time-out", "\(Figures.seconds(limit)) a background script"))
        }
        facts += platform.assets.map { asset in
            let mode = asset.mode.map { ", chmod \($0)" } ?? ""
            return ("asset", "\(asset.file) → \(asset.target) on \(asset.host)\(mode)")
        }
        facts += platform.requests.map { ("not shown", "\($0.feature.rawValue): \($0.detail)") }
        if platform.hidesIntro { facts.append(("hidden", "intro")) }
        if platform.hidesFinish { facts.append(("hidden", "finish")) }
        return ["\(title.oneLine, .strong)"] + facts.map(fact)
    }

    private func timeouts(action: Double?, check: Double?) -> [(String, String)] {
        [(action, "an action"), (check, "a check")].compactMap { limit, what in
            limit.map { ("time-out", "\(Figures.seconds($0)) \(what)") }
        }
    }

    private func fact(_ name: String, _ value: String) -> StyledText {
        "  \(Figures.column(name, 12)) \(value)"
    }

    // MARK: A page

    private func lines(for page: Page) -> [StyledText] {
        var heading = page.file
        if !page.title.isEmpty { heading += "  \(page.title)" }
        var lines: [StyledText] = ["\(heading.oneLine, .strong)"]
        lines += timeouts(action: page.settings.timeout, check: page.settings.checkTimeout).map(fact)
        lines += [PageScripts.Kind.background, .foreground].compactMap { script($0, of: page) }
        lines += parts(of: page)
        lines += [.verify, .hint, .answer, .solution].compactMap { script($0, of: page) }
        for answer in page.answers { lines += parts(of: answer).map { "  " + $0 } }
        return lines
    }

    private func script(_ kind: PageScripts.Kind, of page: Page) -> StyledText? {
        guard let path = page.scripts[kind] else { return nil }
        let place = page.scripts.places[kind].map { "  (\($0))" } ?? ""
        return "\(fact(kind == .verify ? "check" : kind.rawValue, path))\(place, .faint)"
    }

    /// What is on the page, from top to bottom.
    private func parts(of page: Page) -> [StyledText] {
        var parts: [(place: SourcePlace, lines: [StyledText])] = page.actions.enumerated().map { index, action in
            let samples = page.samples.filter { $0.action == index }.map(line)
            return (action.place, [line(for: action)] + samples)
        }
        parts += page.fileBlocks.map { ($0.place, [line($0.place, "file", description(of: $0))]) }
        parts += page.quizzes.map { ($0.place, [line($0.place, "quiz", description(of: $0))]) }
        parts += page.links.map { ($0.place, [line($0.place, "link", description(of: $0.target))]) }
        return parts.sorted { $0.place < $1.place }.flatMap(\.lines)
    }

    private func line(_ place: SourcePlace, _ kind: String, _ text: String) -> StyledText {
        "  \(place.line): \(kind)  \(text)"
    }

    private func line(for action: Action) -> StyledText {
        var words = [action.kind.rawValue]
        words += [action.terminal.map { "T\($0)" }, action.host.map { "HOST\($0)" }].compactMap(\.self)
        if !action.pressesReturn, action.kind == .execute { words.append("no-newline") }
        var asked: [String] = []
        if action.directives.retries { asked.append("retry") }
        if let limit = action.directives.timeout { asked.append("time-out \(Figures.seconds(limit))") }
        if let statuses = action.directives.allowedStatuses {
            asked.append("status \(statuses.sorted().map { "\($0)" }.joined(separator: " or "))")
        }
        let remark = asked.isEmpty ? "" : "  (\(asked.joined(separator: ", ")))"
        return "\(line(action.place, words.joined(separator: " "), action.firstLine))\(remark, .faint)"
    }

    private func line(for sample: Sample) -> StyledText {
        let directives = sample.directives
        var words = [(directives.wording ?? sample.wording).rawValue]
        if sample.isElided { words.append("elided") }
        if directives.source == .screen { words.append("on the screen") }
        if directives.comparison != .inferred { words.append(directives.comparison.rawValue) }
        if directives.isUnordered { words.append("unordered") }
        if directives.isOptional { words.append("optional") }
        if let limit = directives.timeout { words.append("time-out \(Figures.seconds(limit))") }
        words += directives.fieldClasses.sorted { $0.key < $1.key }.map { "\($0.key) is \($0.value)" }
        return "      sample at line \(sample.place.line), \(words.joined(separator: ", "))"
    }

    private func description(of block: FileBlock) -> String {
        switch block.target {
        case .replace: "\(block.file), replaced"
        case .prepend: "\(block.file), at its beginning"
        case .append: "\(block.file), at its end"
        case .insert(let marker): "\(block.file), replacing '\(marker)'"
        case .clipboard: "none: copied to the clipboard"
        }
    }

    private func description(of quiz: Quiz) -> String {
        let key =
            switch quiz.answer {
            case .equals: "a text"
            case .contains: "a text that contains a word"
            case .choices(let choices): "\(choices.filter(\.isRight).count) of \(choices.count) choices"
            case .choice(let choices): "one of \(choices.count) choices"
            }
        let fault = quiz.answer.faults.first.map { "; \($0)" } ?? ""
        return "\(quiz.question) (\(key)\(fault))"
    }

    private func description(of target: Link.Target) -> String {
        switch target {
        case .labPort(let port, let path): "the lab's port \(port) \(path)"
        case .file(let path): path
        case .external(let address): "\(address) (not followed)"
        }
    }
}

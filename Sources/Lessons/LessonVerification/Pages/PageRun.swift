import Diagnostics
import Lessons

/// One page of a run: its scripts, what there is to click, its links, its check and its quizzes.
struct PageRun {
    private let context: RunContext
    private let page: Page
    private let scope: PageScope

    init(of page: Page, _ scope: PageScope, in context: RunContext) {
        self.context = context.on(page)
        self.page = page
        self.scope = scope
    }

    /// Runs the page; after a failure that ended the run its parts are listed as not run.
    func run() async throws -> PageOutcome {
        if !context.isStopped { context.listener(.pageStarted(page)) }
        var parts = PageParts(notes: [scope.note].compactMap(\.self))
        if scope.hasScripts { parts.append(try await PageStart(of: page, in: context).run()) }
        guard scope.hasText else { return PageOutcome(page: page, parts: parts) }
        let isTask = context.scripts.isTask(page)
        parts.append(
            isTask
                ? try await ChallengeRun(of: page, in: context).run() : try await PageWalk(of: page, in: context).run())
        let links = try await checkLinks()
        if !isTask { parts.append(try await PageCheck(of: page, in: context).run()) }
        var outcome = PageOutcome(page: page, parts: parts)
        outcome.links = links
        outcome.quizzes = checkQuizzes()
        return outcome
    }

    private func checkLinks() async throws -> [LinkOutcome] {
        var outcomes: [LinkOutcome] = []
        for link in page.links {
            if !context.isStopped { context.listener(.linkOpened(link)) }
            let outcome = try await check(link)
            if outcome.verdict == .failed { context.state.partFailed() }
            if outcome.verdict != .notRun || !context.isStopped { context.listener(.linkChecked(outcome)) }
            outcomes.append(outcome)
        }
        return outcomes
    }

    private func check(_ link: Link) async throws -> LinkOutcome {
        guard !context.isStopped else { return LinkOutcome(link: link, verdict: .notRun, problem: "not reached") }
        switch link.target {
        case .external:
            return LinkOutcome(link: link, verdict: .notRun, problem: "not followed")
        case .file(let path):
            let found = LessonFiles.exists(path, besides: page.file)
            return LinkOutcome(
                link: link, verdict: found ? .passed : .failed, problem: found ? nil : "the file '\(path)' is missing")
        case .labPort(let port, let path):
            guard let status = try await context.lab.status(ofPort: port, path: path) else {
                return LinkOutcome(link: link, verdict: .failed, problem: "nothing answers on the lab's port \(port)")
            }
            // A page that asks for a user and a password is a page that answers.
            let isGood = status < 400 || status == 401 || status == 403
            return LinkOutcome(
                link: link, verdict: isGood ? .passed : .failed,
                problem: isGood ? nil : "the lab's port \(port) answers \(path) with HTTP status \(status)")
        }
    }

    /// Checks answer keys; nothing else is left out for what they say.
    private func checkQuizzes() -> [QuizOutcome] {
        page.quizzes.map { quiz in
            let problem = quiz.answer.faults.first?.description
            let outcome = QuizOutcome(quiz: quiz, verdict: problem == nil ? .passed : .failed, problem: problem)
            context.listener(.quizChecked(outcome))
            return outcome
        }
    }
}

/// Which parts of a page are run.
struct PageScope {
    var hasScripts: Bool
    var hasText: Bool
    /// What a reader of the report should know of it.
    var note: String?

    /// - Parameters:
    ///   - isWanted: Whether the page is among those that the user asked for.
    ///   - runsIntro: Whether the intro's scripts belong to the run; others always do.
    init(of page: Page, in scenario: Scenario, isWanted: Bool, runsIntro: Bool) {
        let platform = scenario.platform
        let isHidden = page.role == .intro && platform.hidesIntro || page.role == .finish && platform.hidesFinish
        hasScripts = page.role != .intro || runsIntro
        hasText = isWanted && !isHidden
        guard isHidden, !page.actions.isEmpty || !page.fileBlocks.isEmpty else { return }
        note = "'index.json' hides the page; its commands are not run"
    }
}

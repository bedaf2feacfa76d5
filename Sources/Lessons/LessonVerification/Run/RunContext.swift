import Lessons

/// What all parts of one run of a lesson have in common.
struct RunContext {
    let lab: any LessonLab
    /// Those of the page that is run.
    private(set) var limits: VerificationLimits
    let purpose: RunPurpose
    let listener: @Sendable (VerificationEvent) -> Void
    let scripts: LessonScripts
    let background = BackgroundScripts()
    let state: RunState

    init(
        lab: any LessonLab, limits: VerificationLimits, purpose: RunPurpose, scripts: LessonScripts, state: RunState,
        listener: @escaping @Sendable (VerificationEvent) -> Void
    ) {
        self.lab = lab
        self.limits = limits
        self.purpose = purpose
        self.scripts = scripts
        self.state = state
        self.listener = listener
    }

    var isStopped: Bool { state.isStopped }

    /// The same with the limits that the lesson gives to a page.
    func on(_ page: Page) -> Self {
        var context = self
        context.limits = limits.on(page)
        return context
    }

    /// Gives a terminal the size that the lesson asks for, before anything is typed into it.
    func prepare(_ terminal: String) async throws {
        guard let size = scripts.scenario.settings.terminals, state.terminals.isNew(terminal) else { return }
        try await lab.resize(terminal, columns: size.columns, rows: size.rows)
    }

    /// Reports a script of the current page that has ended, or that is not run, and decides whether the run goes on.
    ///
    /// - Returns: The same outcome, for the page's.
    func conclude(_ script: ScriptOutcome) -> ScriptOutcome {
        if script.verdict != .notRun { listener(.scriptEnded(script, page: state.pageNumber)) }
        state.conclude(script)
        return script
    }

    /// The background scripts that ended since this was asked last, each reported.
    func endedBackgroundScripts() async -> [BackgroundScripts.Ended] {
        let ended = await background.takeEnded()
        for script in ended { await report(script) }
        return ended
    }

    /// The background scripts that ended or still run once the lesson is over, each reported. Those that are about to end get a
    /// moment.
    func lastBackgroundScripts() async -> [BackgroundScripts.Ended] {
        if !isStopped { await background.settle(within: limits.settling) }
        var ended = await background.takeEnded()
        ended += await background.cancel().map { left in
            var left = left
            left.outcome.notes.append("still runs at the end of the lesson")
            return left
        }
        for script in ended { await report(script) }
        return ended
    }

    private func report(_ script: BackgroundScripts.Ended) async {
        if script.outcome.verdict == .failed, script.role == .intro {
            // What failed late was not done; a lab that is gone keeps no list of what was.
            try? await lab.mark(.scripts, of: scripts.scenario.directory, isDone: false)
        }
        listener(.scriptEnded(script.outcome, page: script.page))
    }
}

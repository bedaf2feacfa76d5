public import Lessons

/// Runs a lesson's actions in a lab, one after the other, and compares what they print with the samples on the page.
///
/// The first part that fails ends the run, unless it is to keep going: what comes after it may depend on it. A lesson that
/// says something else than the program is a result; only a broken lab throws.
public struct LessonVerifier: Sendable {
    private let lab: any LessonLab
    private let limits: VerificationLimits
    private let purpose: RunPurpose
    private let keepsGoing: Bool
    private let listener: @Sendable (VerificationEvent) -> Void

    /// - Parameter keepsGoing: Whether the run goes on after an action, a file block, a link or a check that failed; see
    ///   ``ActionOutcome/consequenceOf``. A script of the lesson that failed still ends it, and so does what is inconclusive.
    public init(
        lab: any LessonLab, limits: VerificationLimits = .init(), purpose: RunPurpose = .verifying,
        keepsGoing: Bool = false, listener: @escaping @Sendable (VerificationEvent) -> Void = { _ in }
    ) {
        self.lab = lab
        self.limits = limits
        self.purpose = purpose
        self.keepsGoing = keepsGoing
        self.listener = listener
    }

    /// Verifies the pages of a scenario in reading order.
    ///
    /// The lab must be ready for the lesson, its assets placed. The scripts of the intro belong to the lesson's start: they run
    /// whatever steps are wanted, and not again in a lab that remembers them (``LessonLab/started(_:)``).
    ///
    /// - Parameters:
    ///   - materials: What the lesson brings along beside its pages.
    ///   - steps: The numbers of the steps to run, intro and finish left out; `nil` for everything. Steps before
    ///     them aren't run, so this is for a lab in which they were.
    /// - Throws: What the lab throws, and `CancellationError`. Outcomes until then went to the listener.
    public func verify(
        _ scenario: Scenario, materials: LessonMaterials = .init(), steps: ClosedRange<Int>? = nil
    ) async throws -> [PageOutcome] {
        let scripts = LessonScripts(lab: lab, scenario: scenario, materials: materials)
        let context = RunContext(
            lab: lab, limits: limits, purpose: purpose, scripts: scripts, state: RunState(keepsGoing: keepsGoing),
            listener: listener)
        let runsIntro = try await !lab.started(scenario.directory).contains(.scripts)
        do {
            return try await run(scenario, steps: steps, runsIntro: runsIntro, in: context)
        } catch {
            await context.background.cancel()
            throw error
        }
    }

    private func run(
        _ scenario: Scenario, steps: ClosedRange<Int>?, runsIntro: Bool, in context: RunContext
    ) async throws -> [PageOutcome] {
        var outcomes: [PageOutcome] = []
        for page in scenario.pages {
            let isWanted = Self.isWanted(page, steps)
            guard isWanted || page.role == .intro && runsIntro && page.scripts.runsSomething else { continue }
            let scope = PageScope(of: page, in: scenario, isWanted: isWanted, runsIntro: runsIntro)
            outcomes.append(try await PageRun(of: page, scope, in: context).run())
            context.state.pageNumber += 1
            for ended in await context.endedBackgroundScripts() { outcomes[ended.page].scripts.append(ended.outcome) }
        }
        for ended in await context.lastBackgroundScripts() where outcomes.indices.contains(ended.page) {
            outcomes[ended.page].scripts.append(ended.outcome)
        }
        return outcomes
    }

    private static func isWanted(_ page: Page, _ steps: ClosedRange<Int>?) -> Bool {
        guard let steps else { return true }
        guard case .step(let number) = page.role else { return false }
        return steps.contains(number)
    }
}

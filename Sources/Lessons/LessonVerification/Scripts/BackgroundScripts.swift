import Lessons

/// The background scripts of a run: started with their page, reported whenever they end.
actor BackgroundScripts {
    struct Ended {
        /// The page's index among those that were started.
        var page: Int
        var role: Page.Role
        var outcome: ScriptOutcome
    }

    private struct Script {
        var page: Int
        var role: Page.Role
        var outcome: ScriptOutcome
        var task: Task<Void, Never>
    }

    private var running: [Int: Script] = [:]
    private var ended: [Ended] = []
    private var count = 0

    var isRunning: Bool { !running.isEmpty }

    /// - Parameter body: Runs the script to its end; when it throws, the lab is gone and so is the script.
    func start(
        _ outcome: ScriptOutcome, page: Int, role: Page.Role,
        _ body: @escaping @Sendable () async throws -> ScriptOutcome
    ) {
        count += 1
        let number = count
        // Ends with the script, the lab or ``cancel()``.
        let task = Task {
            let result = try? await body()
            self.finish(number, with: result)
        }
        running[number] = Script(page: page, role: role, outcome: outcome, task: task)
    }

    private func finish(_ number: Int, with outcome: ScriptOutcome?) {
        guard let script = running.removeValue(forKey: number), let outcome else { return }
        ended.append(Ended(page: script.page, role: script.role, outcome: outcome))
    }

    /// Those that ended since this was asked last.
    func takeEnded() -> [Ended] {
        defer { ended = [] }
        return ended
    }

    /// Waits until none runs, at most so many seconds.
    func settle(within seconds: Double) async {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while isRunning, ContinuousClock.now < deadline, !Task.isCancelled {
            // A script may never end, and awaiting its task could not be given up.
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Gives up waiting; the scripts themselves end with the lab.
    ///
    /// - Returns: Those that run on.
    @discardableResult
    func cancel() -> [Ended] {
        let left = running.sorted { $0.key < $1.key }.map(\.value)
        running = [:]
        for script in left { script.task.cancel() }
        return left.map { Ended(page: $0.page, role: $0.role, outcome: $0.outcome) }
    }
}

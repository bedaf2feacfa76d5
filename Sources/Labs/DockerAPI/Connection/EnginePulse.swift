import Synchronization

/// Finds out whether an engine still answers while something waits for it, for as long as something does.
///
/// A stream, such as an engine's events, and an answer that comes when something happens may both be silent for hours. So
/// the engine is asked something else now and then; when it doesn't answer that in time, whoever waits is told.
final class EnginePulse: Sendable {
    struct Timing: Sendable {
        /// Between two questions.
        var interval: Duration = .seconds(2)
        /// How long an answer may take; a busy engine's takes milliseconds.
        var patience: Duration = .seconds(5)
    }

    private struct State {
        var waiting = 0
        var beat: Task<Void, Never>?
        var isLost = false
    }

    private let state = Mutex(State())
    private let timing: Timing
    private let ask: @Sendable (Duration) async -> Bool
    private let lost: @Sendable () async -> Void

    /// - Parameters:
    ///   - ask: Asks the engine, waits so long for an answer and says whether there was one, or a refusal.
    ///   - lost: Called once, when there was none.
    init(
        _ timing: Timing, ask: @escaping @Sendable (Duration) async -> Bool, lost: @escaping @Sendable () async -> Void
    ) {
        self.timing = timing
        self.ask = ask
        self.lost = lost
    }

    deinit { state.withLock { $0.beat }?.cancel() }

    /// `true` once the engine has left a question without an answer; it stays so.
    var isLost: Bool { state.withLock { $0.isLost } }

    /// Begins to ask, unless it's being asked already; goes on until the returned value and all like it are gone.
    func watch() -> Watch {
        state.withLock { state in
            state.waiting += 1
            if state.beat == nil, !state.isLost { state.beat = Task { [weak self] in await self?.beat() } }
        }
        return Watch(self)
    }

    /// Lasts as long as somebody waits.
    final class Watch: Sendable {
        private let pulse: EnginePulse

        fileprivate init(_ pulse: EnginePulse) {
            self.pulse = pulse
        }

        deinit { pulse.release() }
    }

    private func release() {
        let idle = state.withLock { state -> Task<Void, Never>? in
            state.waiting -= 1
            guard state.waiting == 0 else { return nil }
            return state.beat.take()
        }
        idle?.cancel()
    }

    private func beat() async {
        while true {
            do { try await Task.sleep(for: timing.interval) } catch { return }
            let isThere = await ask(timing.patience)
            // Nobody waits any more.
            if Task.isCancelled { return }
            guard !isThere else { continue }
            state.withLock { $0.isLost = true }
            return await lost()
        }
    }
}

import Diagnostics
import Labs
import Lessons
import Synchronization

/// Says what a command waits for once that takes more than two seconds.
///
/// On a terminal it's one line that is drawn over itself every second and is gone when the wait is over. Elsewhere, as in CI,
/// it's a line after two seconds and then ever more seldom: after 10 s, 30 s, and every further minute.
final class WaitDisplay: Sendable {
    /// What is waited for.
    struct Wait: Hashable, Sendable {
        /// Such as `at step1.md:3: make`.
        var what: String
        /// Seconds that it may take; `nil` when nobody knows.
        var limit: Double?

        init(_ what: String, upTo limit: Double? = nil) {
            self.what = what
            self.limit = limit
        }
    }

    private struct State {
        var wait: Wait?
        var began = ContinuousClock.now
        /// Lines told of this wait, where they aren't drawn.
        var told = 0
        var isDrawn = false
        var isClosed = false
        var ticker: Task<Void, Never>?
    }

    /// Nobody needs to be told of what is over sooner.
    private static let patience = 2.0

    private let console: Console
    private let state = Mutex(State())

    init(console: Console) {
        self.console = console
    }

    /// Says what is waited for from now on; `nil` for nothing.
    func wait(for wait: Wait?) {
        state.withLock { state in
            guard state.wait != wait, !state.isClosed else { return }
            erase(&state)
            state.wait = wait
            state.began = .now
            state.told = 0
            guard wait != nil, state.ticker == nil, console.progress != .none else { return }
            // Ends when the display is closed.
            state.ticker = Task { [weak self] in
                while !Task.isCancelled, let self {
                    self.tick()
                    try? await Task.sleep(for: .seconds(1))
                }
            }
        }
    }

    /// Writes something else, with nothing drawn in its way.
    func whileErased(_ body: () -> Void) {
        state.withLock { state in
            erase(&state)
            body()
        }
    }

    /// Takes away what is drawn, for good.
    func close() {
        state.withLock { state in
            erase(&state)
            state.isClosed = true
            state.ticker?.cancel()
        }
    }

    private func tick() {
        state.withLock { state in
            guard !state.isClosed, let wait = state.wait else { return }
            let seconds = (ContinuousClock.now - state.began).seconds
            guard seconds >= Self.patience else { return }
            let line = Self.line(for: wait, after: seconds)
            if console.drawsProgress {
                console.redraw(StyledText(line, .faint))
                state.isDrawn = true
            } else if seconds >= Self.isDue(state.told) {
                console.report(StyledText("  … \(line)"))
                state.told += 1
            }
        }
    }

    private func erase(_ state: inout State) {
        if state.isDrawn { console.eraseDrawing() }
        state.isDrawn = false
    }

    /// Seconds after which another line is told, where so many were.
    static func isDue(_ told: Int) -> Double {
        switch told {
        case 0: patience
        case 1: 10
        case 2: 30
        default: Double(told - 2) * 60
        }
    }

    static func line(for wait: Wait, after seconds: Double) -> String {
        let limit = wait.limit.map { " of at most \(Int($0.rounded(.up))) s" } ?? ""
        return "\(wait.what): \(Int(seconds)) s\(limit)"
    }
}

import Diagnostics
import DockerAPI
import Glibc
import Lessons
import Synchronization

/// Shows pulls on standard error: a bar per image that moves on a terminal, a line per change of stage elsewhere.
final class ImagePullDisplay: Sendable {
    private struct State {
        /// In the order in which they were first heard of.
        var images: [ImagePullProgress] = []
        /// How many lines are to be drawn over.
        var drawn = 0
        var lastDrawing: ContinuousClock.Instant?
    }

    private let console: Console
    private let isLive: Bool
    private let state = Mutex(State())

    init(console: Console) {
        self.console = console
        isLive = console.drawsProgress
    }

    func show(_ progress: ImagePullProgress) {
        state.withLock { state in
            var hasChangedStage = true
            if let index = state.images.firstIndex(where: { $0.reference == progress.reference }) {
                hasChangedStage = state.images[index].stage != progress.stage
                state.images[index] = progress
            } else {
                state.images.append(progress)
            }
            if isLive {
                draw(&state, isUrgent: hasChangedStage)
            } else if hasChangedStage, let line = plainLine(progress) {
                console.report(StyledText(line))
            }
        }
    }

    /// At most some twenty times a second, since engines report every few kilobytes.
    private func draw(_ state: inout State, isUrgent: Bool) {
        let now = ContinuousClock.now
        if !isUrgent, let last = state.lastDrawing, now - last < .milliseconds(50) { return }
        state.lastDrawing = now
        let width = terminalWidth()
        let nameWidth = state.images.map(\.reference.count).max() ?? 0
        let lines = state.images.map { StyledText(liveLine($0, nameWidth).oneLine.prefix(width - 1)) }
        console.redraw(lines, over: state.drawn)
        state.drawn = state.images.count
    }

    private func liveLine(_ image: ImagePullProgress, _ nameWidth: Int) -> String {
        let name = image.reference.padded(to: nameWidth)
        switch image.stage {
        case .waiting: return "  · \(name)  waiting"
        case .downloading, .extracting:
            let cells = 24
            let full = Int(image.fraction * Double(cells))
            let bar = String(repeating: "█", count: full) + String(repeating: "░", count: cells - full)
            let amount = image.total > 0 ? "\(image.received.inUnits) of \(image.total.inUnits)" : ""
            return "  … \(name)  \(bar)  \(image.stage == .extracting ? "unpacking" : amount)"
        case .retrying(let problem, let seconds): return "  ! \(name)  again in \(seconds.inSeconds): \(problem)"
        case .done: return "  ✓ \(name)  \(image.digest ?? "")"
        case .failed: return "  ✗ \(name)  failed"
        }
    }

    private func plainLine(_ image: ImagePullProgress) -> String? {
        switch image.stage {
        case .waiting, .extracting: nil
        case .downloading: image.layers == 0 ? "  … pulling \(image.reference)" : nil
        case .retrying(let problem, let seconds): "  ! \(image.reference): \(problem); again in \(seconds.inSeconds)"
        case .done: "  ✓ \(image.reference)  \(image.digest ?? "")"
        case .failed: "  ✗ \(image.reference)"
        }
    }

    private func terminalWidth() -> Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
        return Int(size.ws_col)
    }
}

/// Shows how much of a file has been written or read: one line that is drawn over on a terminal, nothing elsewhere.
final class TransferDisplay: Sendable {
    private let console: Console
    private let verb: String
    private let total: Int64?
    private let isLive: Bool
    private let lastDrawing = Mutex<ContinuousClock.Instant?>(nil)

    init(console: Console, verb: String, total: Int64? = nil) {
        self.console = console
        self.verb = verb
        self.total = total
        isLive = console.drawsProgress
    }

    func show(_ bytes: Int64) {
        guard isLive else { return }
        lastDrawing.withLock { last in
            let now = ContinuousClock.now
            if let last, now - last < .milliseconds(50) { return }
            last = now
            console.redraw("… \(bytes.inUnits)\(total.map { " of \($0.inUnits)" } ?? "") \(verb)")
        }
    }

    /// Takes the line away.
    func finish() {
        if isLive { console.eraseDrawing() }
    }
}

extension Int64 {
    /// `12.3 MB`, in powers of ten as registries and engines count.
    var inUnits: String {
        if self < 1000 { return "\(self) B" }
        var value = Double(self)
        for unit in ["kB", "MB", "GB", "TB"] {
            value /= 1000
            guard value >= 999.5 else {
                let tenths = Int((value * 10).rounded())
                return tenths >= 1000 ? "\(Int(value.rounded())) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
            }
        }
        return "\(Int(value)) TB"
    }
}

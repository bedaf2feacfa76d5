import AgentProtocol
import FrameConnections
import LabAgents
import LabControlProtocol
import Labs
import PseudoTerminals
import Synchronization

/// The client that reads and writes a terminal itself, as the supervisor speaks to it.
///
/// What such a terminal prints doesn't pass through the supervisor, which costs a step of a lesson the fewest wake-ups. Others
/// who look at the terminal see what its holder shows of it (``follow()``), as if the holder were one more window.
final class TerminalHolder: Sendable {
    let conversation: FrameConversation
    private let passing: DescriptorSocket

    private struct State {
        var isFollowed = false
        /// The first that is shown repaints the screen; nothing more is waited for once the holder has gone either.
        var hasScreen = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    init(_ conversation: FrameConversation, over passing: DescriptorSocket) {
        self.conversation = conversation
        self.passing = passing
    }

    /// Passes a shell's terminal.
    ///
    /// - Returns: `false` when it can't be passed.
    func take(_ terminal: PseudoTerminal, _ shell: HeldShell) -> Bool {
        guard let bytes = try? encode(shell), passing.send(terminal.master, as: conversation.number) else {
            return false
        }
        conversation.send(kind: ControlFrame.opened, bytes)
        return true
    }

    /// Says that the shell has ended.
    func ended(_ status: ExitStatus?) {
        guard let bytes = try? encode(status) else { return }
        conversation.send(kind: ControlFrame.ended, bytes)
    }

    func write(_ bytes: [UInt8]) { conversation.send(kind: ControlFrame.bytes, bytes) }

    func resize(_ size: TerminalSize) {
        guard let bytes = try? encode(size) else { return }
        conversation.send(kind: ControlFrame.size, bytes)
    }

    func answer(_ foreground: ForegroundState) {
        conversation.send(kind: ControlFrame.foreground, foreground.encoded())
    }

    func answer(failure: any Error) {
        conversation.fail(failure, as: ControlFrame.foregroundFailure)
    }

    // MARK: Showing others

    /// Somebody else has asked to see the terminal.
    var isFollowed: Bool { state.withLock { $0.isFollowed } }

    func startFollowing() {
        let isFirst = state.withLock { state in
            defer { state.isFollowed = true }
            return !state.isFollowed
        }
        if isFirst { conversation.send(kind: ControlFrame.follow) }
    }

    /// Has the holder show the terminal; returns when its screen has come, or after a while when the holder is stuck.
    func follow() async {
        startFollowing()
        _ = await within(.seconds(2)) { await self.waitForScreen() }
    }

    private func waitForScreen() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if !state.hasScreen { state.waiters.append(continuation) }
                return state.hasScreen
            }
            if isThere { continuation.resume() }
        }
    }

    func noteScreen() {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            state.hasScreen = true
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// The holder has gone.
    func leave() { noteScreen() }
}

import AgentProtocol
import Glibc
import NIOPosix
import Synchronization

/// A supervisor that is this process's child: it can be killed, and must not stay a zombie.
final class SupervisorChild: Sendable {
    private let pid: pid_t
    private struct State {
        var exit: ExitStatus?
        var wait: Task<Void, Never>?
        var seeingOff: Task<Void, Never>?
        var isSilent = false
    }

    private let state = Mutex(State())

    init(pid: pid_t) {
        self.pid = pid
    }

    /// How it ended, once ``exit()`` has returned.
    var knownExit: ExitStatus? { state.withLock { $0.exit } }

    /// It was found to give no sign of life: nobody need ask it again for anything.
    var isSilent: Bool { state.withLock { $0.isSilent } }

    func noteSilence() { state.withLock { $0.isSilent = true } }

    /// Waits until it has ended, and reaps it; a thread waits too, so this is for one that is about to end.
    func exit() async {
        let wait = state.withLock { state in
            let wait = state.wait ?? Task { await self.reap() }
            state.wait = wait
            return wait
        }
        await wait.value
    }

    private func reap() async {
        let status = try? await NIOThreadPool.singleton.runIfActive { [pid] in
            var status: Int32 = 0
            while waitpid(pid, &status, 0) < 0 {
                guard errno == EINTR else { return nil as ExitStatus? }
            }
            return ExitStatus(waitStatus: status)
        }
        state.withLock { $0.exit = status ?? .signal(SIGKILL) }
    }

    /// Runs a body that sees it off, once only, and to its end although whoever waits is cancelled; returns after it.
    ///
    /// Several who notice the end at the same time are told of it together, none before the others' cleaning up is done.
    func seeOff(_ body: @escaping @Sendable () async -> Void) async {
        let task = state.withLock { state in
            let task = state.seeingOff ?? Task { await body() }
            state.seeingOff = task
            return task
        }
        await task.value
    }

    /// Kills it, unless it has been reaped: its number may be another's then.
    func kill() {
        state.withLock { state in
            guard state.exit == nil else { return }
            _ = Glibc.kill(pid, SIGKILL)
        }
    }
}

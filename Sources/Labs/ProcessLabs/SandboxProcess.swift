import AgentProtocol
import Glibc
import NIOPosix
import ProcessSpawning

/// A running `bwrap`, started and waited for by one thread that lasts as long as it does.
///
/// `--die-with-parent` fires when the thread that started the sandbox ends, so no task or queue may do it.
struct SandboxProcess: Sendable {
    let pid: pid_t
    private let end: Task<ExitStatus, Never>

    /// - Parameters:
    ///   - input: Becomes standard input; stays open on this side.
    ///   - output: Gets what bwrap and its first program print.
    static func start(_ arguments: [String], input: Int32, output: Int32) async throws -> SandboxProcess {
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        let environment = ["PATH=/usr/local/bin:/usr/bin:/bin"]
        let pid: pid_t
        do {
            pid = try await thread.runIfActive {
                var request = SpawnRequest(
                    arguments, environment: environment, descriptors: [input, output, output], startsSession: true)
                request.confinement.hasOwnKeyring = true
                // Above all of the host's own, below what the agent starts.
                request.confinement.oomScore = 500
                return try request.spawn()
            }
        } catch {
            try? await thread.shutdownGracefully()
            throw error
        }
        // Ends with the sandbox; the thread must outlive it.
        let end = Task {
            let status = try? await thread.runIfActive { waitForExit(of: pid) }
            try? await thread.shutdownGracefully()
            return status ?? .signal(SIGKILL)
        }
        return SandboxProcess(pid: pid, end: end)
    }

    /// Waits for the end.
    func exit() async -> ExitStatus { await end.value }

    /// Ends the sandbox and everything in it at once.
    func kill() {
        _ = Glibc.kill(pid, SIGKILL)
    }
}

private func waitForExit(of pid: pid_t) -> ExitStatus {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return ExitStatus(waitStatus: status)
}

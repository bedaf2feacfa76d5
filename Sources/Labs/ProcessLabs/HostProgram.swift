import AgentProtocol
import Glibc
import NIOPosix
import Processes

/// Runs a short program of the host, its output thrown away.
func runOnHost(_ arguments: [String]) async throws -> ExitStatus {
    try await NIOThreadPool.singleton.runIfActive {
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        let pid = try SpawnRequest(
            arguments, environment: ["PATH=/usr/local/bin:/usr/bin:/bin"], descriptors: [null, null, null]
        ).spawn()
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return ExitStatus(waitStatus: status)
    }
}

import AgentProtocol
import Glibc
import ProcessSpawning

extension LecternAgent {
    /// Runs one command among the services, with the agent's own environment and output; ends as it does.
    static func runOnly(
        _ command: ArraySlice<String>, in rooms: SandboxRooms, watchedBy watch: ResourceWatch
    ) throws(SystemFailure) -> Never {
        var children = sigset_t()
        sigemptyset(&children)
        sigaddset(&children, SIGCHLD)
        sigprocmask(SIG_BLOCK, &children, nil)
        let environment = contents(of: "/proc/self/environ").split(separator: 0).map {
            String(decoding: $0, as: UTF8.self)
        }
        let child = try rooms.spawn(
            SpawnRequest(
                Array(command), environment: environment, descriptors: [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]),
            in: .services)
        while true {
            var status: Int32 = 0
            while case let process = waitpid(-1, &status, WNOHANG), process > 0 {
                if process == child { exit(ExitStatus(waitStatus: status).shellStatus) }
            }
            let left = max(0, watch.deadline - monotonicMilliseconds())
            var timeout = timespec(tv_sec: Int(left / 1000), tv_nsec: Int(left % 1000) * 1_000_000)
            sigtimedwait(&children, nil, &timeout)
            if watch.deadline <= monotonicMilliseconds(), let reason = watch.look() {
                fail(reason, status: SandboxLimits.diskIsFull)
            }
        }
    }
}

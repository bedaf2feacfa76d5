import AgentProtocol
import Glibc
import ProcessConfinement
import ProcessSpawning

/// The part of Lectern that lives inside a lab: it starts processes, opens terminals and streams, and says what becomes
/// of them, over its standard input (and standard output, when the input isn't a socket).
///
/// With `--sandbox` as its first argument it is the first process of a sandbox that ``SandboxRooms`` divides; with
/// `--container`, that of a container, whose engine has bounded it already; without, one process beside others. A command after
/// `--` is run in a sandbox with the same walls, without anyone to talk to.
@main
enum LecternAgent {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        var rooms: SandboxRooms?
        var watch: ResourceWatch?
        var filter: FilterProgram?
        switch CommandLine.arguments.dropFirst().first {
        case "--sandbox":
            guard let limits = SandboxLimits(arguments: CommandLine.arguments.dropFirst(2)) else {
                fail("the arguments make no sense", status: EX_USAGE)
            }
            do {
                let divided = try SandboxRooms(limits)
                rooms = divided
                let resources = ResourceWatch(limits, rooms: divided)
                watch = resources
                if let dashes = CommandLine.arguments.firstIndex(of: "--") {
                    try runOnly(CommandLine.arguments[(dashes + 1)...], in: divided, watchedBy: resources)
                }
            } catch {
                fail("the sandbox can't be divided: \(error)", status: EXIT_FAILURE)
            }
        case "--container":
            // What the engine's own filter allows differs from engine to engine.
            filter = FilterProgram(.lab)
            do {
                try refuseInspection()
            } catch {
                fail("the agent can't be hidden: \(error)", status: EXIT_FAILURE)
            }
        default:
            // A fork bomb or a crash in a lab must not become the host's problem.
            limitResources(processes: 4096)
        }
        let agent = Agent(
            link: Link(input: STDIN_FILENO, output: isSocket(STDIN_FILENO) ? STDIN_FILENO : STDOUT_FILENO),
            rooms: rooms, watch: watch, filter: filter)
        if let reason = agent.run() { fail(reason, status: SandboxLimits.diskIsFull) }
        exit(0)
    }

    /// Runs one command among the services, with the agent's own environment and output; ends as it does.
    private static func runOnly(
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

    private static func fail(_ problem: String, status: Int32) -> Never {
        try? writeAll(Array("lectern-agent: \(problem)\n".utf8), to: STDERR_FILENO, path: "standard error")
        exit(status)
    }

    private static func isSocket(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
}

import AgentProtocol
import Glibc
import Processes
import PseudoTerminals

/// The part of Lectern that lives inside a lab: it starts processes, opens terminals and streams, and says what becomes
/// of them, over its standard input (and standard output, when the input isn't a socket).
///
/// With `--sandbox` as its first argument it is the first process of a sandbox that ``SandboxNamespaces`` divides; with
/// `--container`, that of a container, whose engine has bounded it already; without, one process beside others.
@main
enum LecternAgent {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        var namespaces: SandboxNamespaces?
        var watch: ResourceWatch?
        var filter: FilterProgram?
        var passing: DescriptorSocket?
        do throws(SystemFailure) {
            switch CommandLine.arguments.dropFirst().first {
            case "--sandbox":
                guard let limits = SandboxLimits(arguments: CommandLine.arguments.dropFirst(2)) else {
                    fail("the arguments make no sense", status: EX_USAGE)
                }
                if isSocket(AgentEvent.passingDescriptor) {
                    passing = DescriptorSocket(adopting: AgentEvent.passingDescriptor)
                }
                let divided = try SandboxNamespaces(limits)
                namespaces = divided
                watch = ResourceWatch(limits, namespaces: divided)
            case "--container":
                // What the engine's own filter allows differs from engine to engine.
                filter = FilterProgram(.lab)
                try refuseInspection()
            default:
                // A fork bomb or a crash in a lab must not become the host's problem.
                limitResources(processes: 4096)
            }
        } catch {
            fail("the lab cannot be confined: \(error)", status: EXIT_FAILURE)
        }
        let agent = Agent(
            link: Link(input: STDIN_FILENO, output: isSocket(STDIN_FILENO) ? STDIN_FILENO : STDOUT_FILENO),
            namespaces: namespaces, watch: watch, filter: filter, passing: passing)
        switch agent.run() {
        case nil: exit(EXIT_SUCCESS)
        case .diskIsFull(let reason): fail(reason, status: SandboxLimits.diskIsFull)
        case .namespaceIsLost: exit(SandboxLimits.namespaceIsLost)
        }
    }

    static func fail(_ problem: String, status: Int32) -> Never {
        try? writeAll(Array("lectern-agent: \(problem)\n".utf8), to: STDERR_FILENO, path: "standard error")
        exit(status)
    }

    private static func isSocket(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
}

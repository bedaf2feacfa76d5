import Glibc
import ProcessSpawning

/// The part of Lectern that lives inside a lab: it starts processes, opens terminals and streams, and says what becomes
/// of them, over its standard input (and standard output, when the input isn't a socket).
@main
enum LecternAgent {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        // A fork bomb or a crash in a lab must not become the host's problem.
        limitResources(processes: 4096)
        let agent = Agent(
            link: Link(input: STDIN_FILENO, output: isSocket(STDIN_FILENO) ? STDIN_FILENO : STDOUT_FILENO))
        agent.run()
        exit(0)
    }

    private static func isSocket(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
}

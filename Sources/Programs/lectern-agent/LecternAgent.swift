import Glibc
import ProcessSpawning

/// The part of Lectern that lives inside a lab: it starts processes, opens terminals and streams, and says what becomes
/// of them, over its standard input (and standard output, when the input isn't a socket).
///
/// With `--sandbox` as its first argument it is the first process of a sandbox that ``SandboxRooms`` divides; without, it
/// is one process of a container beside others.
@main
enum LecternAgent {
    static func main() {
        signal(SIGPIPE, SIG_IGN)
        var rooms: SandboxRooms?
        if CommandLine.arguments.dropFirst().first == "--sandbox" {
            do {
                rooms = try SandboxRooms(SandboxLimits(arguments: Array(CommandLine.arguments.dropFirst(2))))
            } catch {
                let message = Array("lectern-agent: the sandbox can't be divided: \(error)\n".utf8)
                try? writeAll(message, to: STDERR_FILENO, path: "standard error")
                exit(1)
            }
        } else {
            // A fork bomb or a crash in a lab must not become the host's problem.
            limitResources(processes: 4096)
        }
        let agent = Agent(
            link: Link(input: STDIN_FILENO, output: isSocket(STDIN_FILENO) ? STDIN_FILENO : STDOUT_FILENO),
            rooms: rooms)
        agent.run()
        exit(0)
    }

    private static func isSocket(_ descriptor: Int32) -> Bool {
        var status = stat()
        return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
}

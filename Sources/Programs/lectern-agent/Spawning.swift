import AgentProtocol
import Glibc
import ProcessSpawning

/// Starts a program as the leader of a process group of its own, with standard input from nowhere.
///
/// - Parameter output: Where standard output and standard error go.
func spawn(_ spec: ProcessSpec, output: Int32) throws(SystemFailure) -> pid_t {
    let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard null >= 0 else { throw SystemFailure("/dev/null") }
    defer { close(null) }
    return try SpawnRequest(
        spec.arguments, environment: spec.environment, directory: spec.directory, descriptors: [null, output, output]
    ).spawn()
}

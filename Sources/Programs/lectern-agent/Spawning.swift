import AgentProtocol
import Glibc
import Processes

extension Agent {
    /// Starts a program as the leader of a process group of its own, with standard input from nowhere.
    ///
    /// - Parameter output: Where standard output and standard error go.
    func spawn(_ spec: ProcessSpec, output: Int32) throws(SystemFailure) -> pid_t {
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard null >= 0 else { throw SystemFailure("/dev/null") }
        defer { close(null) }
        return try spawn(
            SpawnRequest(
                spec.arguments, environment: spec.environment, directory: spec.directory,
                descriptors: [null, output, output]), in: spec.place)
    }

    /// Starts a program as the leader of a session on a terminal.
    ///
    /// - Parameter terminal: The path of its slave.
    func spawn(_ spec: ProcessSpec, terminal: String) throws(SystemFailure) -> pid_t {
        try spawn(
            SpawnRequest(
                spec.arguments, environment: spec.environment, directory: spec.directory, terminal: terminal),
            in: spec.place)
    }

    private func spawn(_ request: SpawnRequest, in place: ProcessSpec.Place) throws(SystemFailure) -> pid_t {
        if let namespaces {
            do {
                return try namespaces.spawn(request, in: place)
            } catch {
                // Where a namespace is ending the kernel says that there is no memory for another process.
                if namespaces.isBeingLost(place) { exit(SandboxLimits.namespaceIsLost) }
                throw error
            }
        }
        var request = request
        request.confinement.filter = filter?.instructions ?? []
        return try request.spawn()
    }
}

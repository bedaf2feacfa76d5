import AgentProtocol
import Glibc
import HostFiles
import Processes

/// What the agent makes of the sandbox in which it is the first process: one namespace for the services, one for the workspace.
///
/// The agent alone has capabilities, in the sandbox's own user namespace, and they are in effect only while a namespace is
/// made or a process started. It can't be inspected, and sees both namespaces from outside.
final class SandboxNamespaces {
    private var namespaces: [ProcessSpec.Place: ProcessNamespace] = [:]
    private let filter = FilterProgram(.lab)

    /// Closes what the sandbox's start has left open. Must be done before anything of the lesson runs.
    init(_ limits: SandboxLimits) throws(SystemFailure) {
        try refuseInspection()
        try Self.becomeOwner()
        try withCapabilities { () throws(SystemFailure) in
            try limits.apply()
            try maskProcessFiles()
        }
    }

    /// Becomes user 0 of the sandbox for good, where root has started it for another one: until then this process is the
    /// host's root, though without a right outside the sandbox, and nothing of the lesson has run.
    private static func becomeOwner() throws(SystemFailure) {
        if getuid() != 0 {
            // bwrap has made these as the host's root.
            for place in ["/", "/dev"] + SandboxLimits.memoryFileSystems { try giveFiles(below: place, to: 0) }
            try becomeRoot()
        }
        // SETPCAP, SYS_CHROOT, SYS_PTRACE, SYS_ADMIN and SYS_RESOURCE: no way back to another user.
        try keepCapabilities([8, 18, 19, 21, 24])
    }

    /// The first processes of the namespaces.
    var initialProcesses: Set<pid_t> { Set(namespaces.values.map(\.initialProcess)) }

    /// Runs `body` while the agent may look into processes that can't be inspected by others.
    func withInspection<Value>(_ body: () -> Value) -> Value { withCapabilities(body) }

    func spawn(_ request: SpawnRequest, in place: ProcessSpec.Place) throws(SystemFailure) -> pid_t {
        var request = request
        request.confinement.dropsCapabilities = true
        request.confinement.filter = filter.instructions
        request.confinement.oomScore = 1000
        return try withCapabilities { () throws(SystemFailure) in try namespace(place).spawn(request) }
    }

    /// Kills everything in a namespace. The next process finds a new one.
    ///
    /// - Returns: The process whose end says that all are gone; `nil` when nothing was there.
    func end(_ place: ProcessSpec.Place) -> pid_t? {
        guard let process = namespaces.removeValue(forKey: place)?.initialProcess else { return nil }
        kill(process, SIGKILL)
        return process
    }

    /// Forgets a namespace whose first process has ended though nobody here has asked for it: the kernel may choose it when
    /// memory runs out. Nothing inside the sandbox can end it.
    ///
    /// - Returns: `false` when the process was no namespace's first one.
    func forget(endedBy process: pid_t) -> Bool {
        guard let place = namespaces.first(where: { $0.value.initialProcess == process })?.key else { return false }
        namespaces[place] = nil
        return true
    }

    /// Whether a namespace's first process is being ended though nobody here has asked for it. What lives in the namespace
    /// ends before it does.
    func isBeingLost(_ place: ProcessSpec.Place) -> Bool {
        namespaces[place].map { isDying($0.initialProcess) } ?? false
    }

    private func namespace(_ place: ProcessSpec.Place) throws(SystemFailure) -> ProcessNamespace {
        if let namespace = namespaces[place] { return namespace }
        let namespace = try ProcessNamespace()
        namespaces[place] = namespace
        return namespace
    }
}

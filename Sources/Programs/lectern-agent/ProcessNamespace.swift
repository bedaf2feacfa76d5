import Glibc
import Processes

/// A part of a sandbox whose processes see each other and nobody else: a process namespace with a `/proc` of its own.
///
/// What runs in one can kill everything in it, and nothing beside it. The first process, a copy of the agent that has
/// given up everything, adopts and reaps what the others leave behind; the kernel lets no signal from inside end it.
final class ProcessNamespace {
    let initialProcess: pid_t
    private let processNamespace: Int32
    private let mountNamespace: Int32

    /// Makes the namespaces. The capabilities of the agent must be in effect.
    init() throws(SystemFailure) {
        let (here, there) = try makeSocketPair()
        defer { close(here) }
        do {
            (initialProcess, processNamespace) = try makeProcessNamespace { beInitialProcess(answeringTo: there) }
        } catch {
            close(there)
            throw error
        }
        close(there)
        var problem: Int32 = 0
        let count = read(here, &problem, MemoryLayout<Int32>.size)
        mountNamespace =
            count == MemoryLayout<Int32>.size && problem == 0
            ? open("/proc/\(initialProcess)/ns/mnt", O_RDONLY | O_CLOEXEC) : -1
        if mountNamespace < 0 {
            let failure = SystemFailure("a namespace of the sandbox", number: problem == 0 ? errno : problem)
            kill(initialProcess, SIGKILL)
            close(processNamespace)
            throw failure
        }
    }

    deinit {
        close(processNamespace)
        close(mountNamespace)
    }

    /// Starts a program inside. The capabilities of the agent must be in effect.
    func spawn(_ request: SpawnRequest) throws(SystemFailure) -> pid_t {
        var request = request
        request.confinement.mountNamespace = mountNamespace
        return try withChildren(inProcessNamespace: processNamespace) { () throws(SystemFailure) in
            try request.spawn()
        }
    }
}

/// Is the first process of a namespace until it is killed.
///
/// - Parameter answer: Gets 0 once the namespace is made, or else an errno.
private func beInitialProcess(answeringTo answer: Int32) -> Never {
    var problem: Int32 = 0
    do throws(SystemFailure) {
        try makeMountNamespace()
        try replaceProcessFiles()
        try dropCapabilities()
    } catch {
        problem = error.number
    }
    var children = sigset_t()
    sigemptyset(&children)
    sigaddset(&children, SIGCHLD)
    signal(SIGCHLD, SIG_DFL)
    sigprocmask(SIG_BLOCK, &children, nil)
    setProcessName("init")
    write(answer, &problem, MemoryLayout<Int32>.size)
    closeDescriptors(from: 0)
    guard problem == 0 else { _exit(1) }
    while true {
        while waitpid(-1, nil, WNOHANG) > 0 {}
        var number: Int32 = 0
        sigwait(&children, &number)
    }
}

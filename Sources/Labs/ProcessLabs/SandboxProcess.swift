import AgentProtocol
import FoundationEssentials
import Glibc
import NIOPosix
import Processes

/// A running `bwrap`, started and waited for by one thread that lasts as long as it does.
///
/// `--die-with-parent` fires when the thread that started the sandbox ends, so no task or queue may do it.
struct SandboxProcess: Sendable {
    let pid: pid_t
    private let end: Task<End, Never>

    private struct End {
        var status: ExitStatus
        var memoryKills: Int
    }

    /// - Parameters:
    ///   - input: Becomes standard input; stays open on this side.
    ///   - passing: Becomes ``AgentEvent/passingDescriptor``; stays open on this side.
    ///   - output: Gets what bwrap and its first program print.
    ///   - groups: What bounds it; removed when it has ended.
    ///   - owner: Who its user 0 is; `nil` for the caller.
    static func start(
        _ arguments: [String], input: Int32, passing: Int32, output: Int32, groups: ControlGroups, owner: SandboxOwner?
    ) async throws -> SandboxProcess {
        let (information, informationInside) = try makePipe()
        let (releaseInside, release) = try makePipe()
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        // bwrap says there which process is the first inside, and waits until its users are known.
        let waiting = owner == nil ? [] : ["--userns-block-fd", "4"]
        let arguments = arguments.prefix(1) + ["--info-fd", "3"] + waiting + arguments.dropFirst()
        let pid: pid_t
        do {
            defer {
                close(informationInside)
                close(releaseInside)
            }
            pid = try await thread.runIfActive {
                var request = SpawnRequest(
                    Array(arguments), environment: ["PATH=/usr/local/bin:/usr/bin:/bin"],
                    descriptors: [input, output, output, informationInside, releaseInside, passing],
                    startsSession: true)
                request.confinement.hasOwnKeyring = true
                // Above all of the host's own, below what the agent starts.
                request.confinement.oomScore = 500
                request.confinement.controlGroups = groups.open()
                defer { for descriptor in request.confinement.controlGroups { close(descriptor) } }
                return try request.spawn()
            }
        } catch {
            close(information)
            close(release)
            try? await thread.shutdownGracefully()
            throw error
        }
        // Ends with the sandbox; the thread must outlive it.
        let end = Task {
            let status = try? await thread.runIfActive {
                let inside = firstProcess(saidOn: information)
                let handle = inside.flatMap { ProcessHandle(pid: $0) }
                if let inside, let owner, (try? owner.map(inside)) == nil { _ = Glibc.kill(pid, SIGKILL) }
                write(release, "1", 1)
                close(release)
                // Without the outer bwrap, an inner one that was still waiting for it would wait for ever.
                let status = waitForExit(of: pid) {
                    handle?.send(signal: SIGKILL)
                    _ = Glibc.kill(-pid, SIGKILL)
                }
                if let inside { waitUntilGone(inside) }
                return status
            }
            try? await thread.shutdownGracefully()
            let memoryKills = groups.memoryKills
            await groups.remove()
            return End(status: status ?? .signal(SIGKILL), memoryKills: memoryKills)
        }
        return SandboxProcess(pid: pid, end: end)
    }

    /// Waits like ``exit()``, and says how often the kernel ended a process of the lab because its memory was used up.
    func memoryKills() async -> Int { await end.value.memoryKills }

    /// Waits until nothing that ran inside is left, and says how the first program ended.
    func exit() async -> ExitStatus { await end.value.status }

    /// Ends the sandbox and everything in it at once.
    func kill() {
        _ = Glibc.kill(pid, SIGKILL)
    }
}

/// - Parameter body: Called once the process has ended, while its number can't be another's yet.
private func waitForExit(of pid: pid_t, beforeReaping body: () -> Void) -> ExitStatus {
    var information = siginfo_t()
    while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
    body()
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    return ExitStatus(waitStatus: status)
}

/// Reads what `bwrap --info-fd` writes once the sandbox is made; closes the descriptor.
///
/// - Returns: `nil` when it ended before.
private func firstProcess(saidOn descriptor: Int32) -> pid_t? {
    struct Information: Decodable {
        var childPid: pid_t

        enum CodingKeys: String, CodingKey { case childPid = "child-pid" }
    }

    defer { close(descriptor) }
    var text: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1024)
    while text.count < 64 * 1024 {
        let count = read(descriptor, &block, block.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        text += block[..<count]
        if let information = try? JSONDecoder().decode(Information.self, from: Data(text)) {
            return information.childPid
        }
    }
    return nil
}

/// Waits for the first process inside, the outer bwrap being gone: the kernel lets it end only after all others inside.
private func waitUntilGone(_ pid: pid_t) {
    // It's ours once its parent is gone, where this process adopts orphans.
    while true {
        if waitpid(pid, nil, 0) == pid { return }
        guard errno == EINTR else { break }
    }
    while kill(pid, 0) == 0, !isZombie(pid) { usleep(1000) }
}

private func isZombie(_ pid: pid_t) -> Bool {
    // pid (name) state …; the name may hold spaces and brackets.
    guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return true }
    return status.split(separator: ")").last?.hasPrefix(" Z") ?? true
}

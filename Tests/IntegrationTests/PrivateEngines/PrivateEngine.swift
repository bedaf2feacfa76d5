import DockerAPI
import Foundation
import Glibc
import Synchronization

/// A second `dockerd` in namespaces of its own, so that it neither touches the first one's network nor leaves anything.
public final class PrivateEngine: Sendable {
    private let name = "lectern-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    private var directory: String { "/tmp/\(name)" }
    /// Of the program that holds the namespaces; `nil` while none runs.
    private let holder = Mutex<pid_t?>(nil)

    /// Where it listens.
    public var socket: String { "\(directory)/sock" }

    /// `true` for root, where Docker and util-linux are installed.
    public static var isPossible: Bool {
        geteuid() == 0 && ["/usr/sbin/dockerd", "/usr/bin/unshare"].allSatisfy(FileManager.default.isExecutableFile)
    }

    /// Starts an engine and removes all of it in the end.
    public static func with(_ body: (PrivateEngine) async throws -> Void) async throws {
        let engine = PrivateEngine()
        try FileManager.default.createDirectory(atPath: engine.directory, withIntermediateDirectories: true)
        let result: Result<Void, any Error>
        do {
            try await engine.start()
            result = .success(try await body(engine))
        } catch {
            result = .failure(error)
        }
        engine.kill()
        try await engine.removeLeftovers()
        try result.get()
    }

    /// Returns when it answers; after ``kill()`` it still has what it had, as after a power cut.
    public func start() async throws {
        // Numbers of processes in it mean nothing to the next one.
        for name in ["exec", "pid", "sock"] { try? FileManager.default.removeItem(atPath: "\(directory)/\(name)") }
        let pid = try Self.spawn([
            // Everything in the namespaces is killed with the program that holds them.
            "/usr/bin/unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
            "/usr/sbin/dockerd", "--data-root=\(directory)/data", "--exec-root=\(directory)/exec",
            "--pidfile=\(directory)/pid", "--host=unix://\(socket)", "--bridge=none", "--iptables=false",
            "--storage-driver=vfs", "--cgroup-parent=/\(name)",
        ])
        holder.withLock { $0 = pid }
        try await waitUntilReady()
    }

    /// Ends the engine at once, and everything that it has started.
    public func kill() {
        guard let pid = holder.withLock({ $0.take() }) else { return }
        Glibc.kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
    }

    /// Keeps the engine from doing anything, as if it hung; what it has started goes on. ``thaw()`` ends it.
    public func freeze() throws {
        try signal(SIGSTOP)
    }

    /// Lets a frozen engine go on.
    public func thaw() throws {
        try signal(SIGCONT)
    }

    /// To the engine itself, which is the only child of the program that holds the namespaces.
    private func signal(_ number: Int32) throws {
        guard let holder = holder.withLock({ $0 }),
            let children = try? String(contentsOfFile: "/proc/\(holder)/task/\(holder)/children", encoding: .utf8),
            let engine = children.split(separator: " ").first.flatMap({ pid_t($0) }), Glibc.kill(engine, number) == 0
        else {
            throw DockerError(code: .noEngine, problem: "the test's own dockerd doesn't run")
        }
    }

    private static func spawn(_ command: [String]) throws -> pid_t {
        var arguments = command.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in 0...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        }
        var pid: pid_t = 0
        let status = posix_spawn(&pid, command[0], &actions, nil, &arguments, environ)
        guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .EINVAL) }
        return pid
    }

    private func waitUntilReady() async throws {
        for _ in 1...300 {
            if let client = try? await DockerClient.connect(to: DockerEndpoint(socketPath: socket)) {
                return await client.close()
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw DockerError(code: .noEngine, problem: "the test's own dockerd isn't ready after 30 s")
    }

    /// The directory, and control groups, which belong to no namespace; both can be busy for a moment.
    private func removeLeftovers() async throws {
        let controllers = (try? FileManager.default.contentsOfDirectory(atPath: "/sys/fs/cgroup")) ?? []
        for _ in 1...50 {
            let groups =
                (controllers.map { "/sys/fs/cgroup/\($0)/\(name)" } + ["/sys/fs/cgroup/\(name)"])
                .filter(FileManager.default.fileExists)
            for group in groups {
                for entry in (try? FileManager.default.contentsOfDirectory(atPath: group)) ?? [] {
                    rmdir("\(group)/\(entry)")
                }
                rmdir(group)
            }
            if groups.isEmpty, (try? FileManager.default.removeItem(atPath: directory)) != nil { return }
            try await Task.sleep(for: .milliseconds(100))
        }
    }
}

import DockerAPI
import Foundation
import Glibc
import NIOPosix
import Testing

/// On an engine of the test's own, which may be killed.
@Suite(.enabled(if: PrivateEngine.isPossible, "only root can start a 'dockerd' of its own"))
struct PrivateEngineTests {
    @Test func anEngineThatIsKilledIsGoneForAllThatWait() async throws {
        try await PrivateEngine.with { engine in
            let client = try await DockerClient.connect(to: DockerEndpoint(socketPath: engine.socket))
            _ = try await client.importImage(EngineFixture.fileSystem(), as: "test:1", changes: ["ENV PATH=/bin"])
            let id = try await client.createContainer(
                name: "waits", EngineFixture.container(["sleep", "600"], image: "test:1"))
            try await client.start(id)
            let stream = try await client.openExec(in: id, command: ["cat"])
            let events = try await client.events(labels: ["lectern.test=dockerapi"])
            async let waited = expectRefusal(.engineGone) { try await client.wait(for: id) }
            async let listened = expectRefusal(.engineGone) { for try await _ in events {} }
            // The two are under way once the engine has answered something that was asked after them.
            try await Task.sleep(for: .milliseconds(100))
            _ = try await client.version()
            engine.kill()
            _ = await (waited, listened)
            let count = await onThread {
                var byte: UInt8 = 0
                return read(stream.descriptor, &byte, 1)
            }
            #expect(count <= 0)
            close(stream.descriptor)
            await expectRefusal(.engineGone) { try await stream.exitCode() }
            await expectRefusal(.engineGone) { try await client.inspect(id) }
            await client.close()
            await expectRefusal(.noEngine) {
                try await DockerClient.connect(to: DockerEndpoint(socketPath: engine.socket))
            }
        }
    }
}

/// A second `dockerd` in namespaces of its own, so that it neither touches the first one's network nor leaves anything.
struct PrivateEngine {
    let socket: String
    /// Of the program that holds the namespaces.
    private let pid: pid_t

    static var isPossible: Bool {
        geteuid() == 0 && ["/usr/sbin/dockerd", "/usr/bin/unshare"].allSatisfy(FileManager.default.isExecutableFile)
    }

    static func with(_ body: (PrivateEngine) async throws -> Void) async throws {
        let name = "lectern-test-\(getpid())"
        let directory = "/tmp/\(name)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let engine = PrivateEngine(
            socket: "\(directory)/sock",
            pid: try start([
                // Everything in the namespaces is killed with the program that holds them.
                "/usr/bin/unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
                "/usr/sbin/dockerd", "--data-root=\(directory)/data", "--exec-root=\(directory)/exec",
                "--pidfile=\(directory)/pid", "--host=unix://\(directory)/sock", "--bridge=none", "--iptables=false",
                "--storage-driver=vfs", "--cgroup-parent=/\(name)",
            ]))
        let result: Result<Void, any Error>
        do {
            try await engine.waitUntilReady()
            result = .success(try await body(engine))
        } catch {
            result = .failure(error)
        }
        engine.kill()
        try await removeLeftovers(directory, controlGroup: name)
        try result.get()
    }

    /// Ends the engine at once, and everything that it has started.
    func kill() {
        Glibc.kill(pid, SIGKILL)
        // Fails when it has been waited for already.
        waitpid(pid, nil, 0)
    }

    private static func start(_ command: [String]) throws -> pid_t {
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
    private static func removeLeftovers(_ directory: String, controlGroup: String) async throws {
        let controllers = (try? FileManager.default.contentsOfDirectory(atPath: "/sys/fs/cgroup")) ?? []
        for _ in 1...50 {
            let groups =
                (controllers.map { "/sys/fs/cgroup/\($0)/\(controlGroup)" } + ["/sys/fs/cgroup/\(controlGroup)"])
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

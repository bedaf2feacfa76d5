import AgentProtocol
import Foundation
import Testing

@testable import ProcessLabs

@Suite struct SandboxProcessTests {
    /// Starts a program that behaves as bwrap does: it says on descriptor 3 which process is the first inside.
    private func start(_ script: String, in folder: URL) async throws -> SandboxProcess {
        let program = folder.appending(path: "bwrap").path(percentEncoded: false)
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: URL(filePath: program))
        chmod(program, 0o755)
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        return try await SandboxProcess.start(
            [program], input: null, passing: null, output: null, groups: ControlGroups(), owner: nil)
    }

    @Test(
        "what waits inside for an outer bwrap that was killed ends with it",
        .timeLimit(.minutes(1)),
        arguments: [
            "sleep 600 3>&- & printf '{\"child-pid\": %d}' $! >&3", "sleep 600 3>&- &",
            "setsid sleep 600 3>&- & printf '{\"child-pid\": %d}' $! >&3",
        ])
    func orphan(script: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let noted = folder.appending(path: "inside")
        let process = try await start(
            "\(script)\necho $! > \(noted.path(percentEncoded: false))\nkill -9 $$", in: folder)
        let status = await process.exit()
        #expect(status == .signal(9))
        let text = try String(contentsOf: noted, encoding: .utf8)
        let inside = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        // Whoever adopts it reaps it, which may take a moment.
        for _ in 0..<1000 where isRunning(inside) { try await Task.sleep(for: .milliseconds(5)) }
        #expect(!isRunning(inside))
    }

    private func isRunning(_ pid: pid_t) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
        return status.contains("(sleep)") && !status.contains("(sleep) Z")
    }
}

import AgentProtocol
import Foundation
import Glibc
import LabSupervision
import Labs
import TerminalSessions
import Testing

/// The `lectern` that the build made beside the tests.
private let lectern = Bundle.main.bundleURL.appending(path: "lectern").path(percentEncoded: false)

private func isInstalled(_ path: String) -> Bool { access(path, X_OK) == 0 }

@Suite(
    .serialized,
    .enabled(if: isInstalled("/usr/bin/bwrap"), "bubblewrap isn't installed"),
    .enabled(if: isInstalled(lectern), "the program 'lectern' isn't built"))
struct SandboxTests {
    private func withLab(
        _ composeFiles: [String] = [], _ body: (LabClient) async throws -> Void
    ) async throws {
        let name = "test-\(UInt32.random(in: .min ... .max))"
        let client = try await LabClient.start(
            LabRequest(name: name, composeFiles: composeFiles, startTimeout: 20), supervisor: lectern, lifeline: true
        ) { _ in }
        do {
            try await body(client)
        } catch {
            try? await client.stop()
            throw error
        }
        try? await client.stop()
        #expect(!LabClient.all().contains { $0.name == name })
    }

    @Test(arguments: [
        "touch /usr/x", "touch /etc/passwd", "touch /lib/x", "rm /etc/hosts",
        "cat /etc/shadow", "mount -o remount,rw /usr",
        "echo x > /proc/sys/kernel/core_pattern", "unshare -Ur true",
        "find / -name control.sock -not -path '/proc/*' 2>/dev/null | grep .",
    ]) func aLabCantReachTheHost(_ attempt: String) async throws {
        try await withLab { lab in
            let result = try await lab.run(["sh", "-c", attempt])
            #expect(!result.status.isSuccess, "\(result.output)")
        }
    }

    @Test func aTerminalRunsWhatIsTyped() async throws {
        try await withLab { lab in
            let capture = try await lab.perform(TerminalInput(.line("echo $((6 * 7)); pwd")), in: "T1")
            #expect(capture.ending == .status(0))
            #expect(capture.text == "42\n/root")
        }
    }

    @Test func aServiceThatDiesIsReportedWithItsStatusAndTheEndOfItsLog() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID()).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(
            """
            services:
              broken:
                image: none
                x-lectern:
                  command: [sh, -c, "echo boom; exit 3"]
                  ready: [{port: 1}]
            """.utf8
        ).write(to: file)
        let error = await #expect(throws: LabError.self) {
            try await withLab([file.path(percentEncoded: false)]) { _ in }
        }
        #expect(error?.code == .serviceDied)
        #expect(error?.problem.contains("'broken' ended with exit status 3") == true)
        #expect(error?.logTail.contains("boom") == true)
    }

    @Test func aKilledSupervisorLeavesNothingRunningAndTheNextCommandTidiesUp() async throws {
        try await withLab { lab in
            let pid = try #require(LabClient.all().first { $0.name == lab.name }?.pid)
            kill(pid, SIGKILL)
            let error = await #expect(throws: LabError.self) { try await lab.status() }
            #expect(error?.code == .supervisorGone)
            try await LabClient.remove(lab.name)
        }
    }
}

import AgentProtocol
import Glibc
import LabSupervision
import Labs
import TerminalSessions
import Testing

@Suite(
    .serialized,
    .enabled(if: TestLab.isInstalled("/usr/bin/bwrap"), "bubblewrap isn't installed"),
    .enabled(if: TestLab.isInstalled(TestLab.lectern), "the program 'lectern' isn't built"))
struct SandboxTests {
    @Test(arguments: [
        "touch /usr/x", "touch /etc/x", "touch /x", "cat /etc/shadow", "mount -o remount,rw /usr",
        "echo x > /proc/sys/kernel/core_pattern", "unshare -Ur true",
        "find / -name control.sock -not -path '/proc/*' 2>/dev/null | grep .",
    ]) func aLabCantReachTheHost(_ attempt: String) async throws {
        try await TestLab.with { lab in
            let result = try await lab.run(["sh", "-c", attempt])
            #expect(!result.status.isSuccess, "\(result.output)")
        }
    }

    @Test func aTerminalRunsWhatIsTyped() async throws {
        try await TestLab.with { lab in
            let capture = try await lab.perform(TerminalInput(.line("echo $((6 * 7)); pwd")), in: "T1")
            #expect(capture.ending == .status(0))
            #expect(capture.text == "42\n/root")
        }
    }

    @Test func aServiceThatDiesIsReportedWithItsStatusAndTheEndOfItsLog() async throws {
        let compose = """
            services:
              broken:
                image: none
                x-lectern:
                  command: [sh, -c, "echo boom; exit 3"]
                  ready: [{port: 1}]
            """
        let error = await #expect(throws: LabError.self) { try await TestLab.with(compose: compose) { _ in } }
        #expect(error?.code == .serviceDied)
        #expect(error?.problem.contains("'broken' ended with exit status 3") == true)
        #expect(error?.logTail.contains("boom") == true)
    }

    @Test func aKilledSupervisorLeavesNothingRunningAndTheNextCommandTidiesUp() async throws {
        try await TestLab.with { lab in
            let pid = try #require(LabClient.all().first { $0.name == lab.name }?.pid)
            kill(pid, SIGKILL)
            let error = await #expect(throws: LabError.self) { try await lab.status() }
            #expect(error?.code == .supervisorGone)
            try await LabClient.remove(lab.name)
        }
    }
}

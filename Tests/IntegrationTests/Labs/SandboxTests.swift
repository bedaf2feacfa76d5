import AgentProtocol
import LabControlClient
import LabControlProtocol
import Labs
import Testing

@Suite(
    .serialized,
    .enabled(if: TestLab.isInstalled("/usr/bin/bwrap"), "bubblewrap isn't installed"),
    .enabled(if: TestLab.isInstalled(TestLab.lectern), "the program 'lectern' isn't built"))
struct SandboxTests {
    @Test(arguments: [
        "touch /usr/x", "touch /lib/x", "touch /etc/ssl/certs/x", "touch /opt/lectern/local/bin/x",
        "cat /etc/shadow", "mount -o remount,rw /usr",
        "echo x > /proc/sys/kernel/core_pattern", "unshare -Ur true",
        "find / -name control.sock -not -path '/proc/*' 2>/dev/null | grep .",
    ]) func aLabCantReachTheHost(_ attempt: String) async throws {
        try await TestLab.with { lab in
            let result = try await lab.run(["sh", "-c", attempt])
            #expect(!result.status.isSuccess, "\(result.output)")
        }
    }

    @Test(.enabled(if: TestLab.isInstalled("/usr/bin/man"), "man isn't installed"))
    func manualsFindTheirConfiguration() async throws {
        try await TestLab.with { lab in
            let result = try await lab.run(["man", "--path"])
            #expect(result.status.isSuccess, "\(result.output)")
        }
    }
}

import AgentProtocol
import Glibc
import LabControlClient
import LabControlProtocol
import Labs
import TerminalSessions
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

    @Test("a terminal, a command and a service have their own three descriptors and none of the host's")
    func descriptors() async throws {
        let look = "readlink /proc/$$/fd/*; true"
        // A Compose file's `$$` is one dollar sign.
        let service = "\(look.replacing("$", with: "$$")); echo end; exec sleep 1000"
        let compose = """
            services:
              looking:
                image: none
                x-lectern: {command: [sh, -c, "\(service)"], ready: [{log: end}]}
            """
        try await TestLab.with(compose: compose) { lab in
            let command = try await lab.run(["sh", "-c", look]).output
            let terminal = try await lab.perform(TerminalInput(.line("sh -c '\(look)'")), in: "T1").text
            var log = ""
            try await lab.readLog(of: "looking") { log += String(decoding: $0, as: UTF8.self) }
            for (who, text) in [("command", command), ("terminal", terminal), ("service", log)] {
                let links = text.split(separator: "\n").filter { $0 != "end" }
                #expect(links.count == 3, "\(who): \(text)")
                for link in links {
                    let isOwn = ["/dev/null", "/dev/pts/", "pipe:[", "/run/lab/logs/"].contains { link.hasPrefix($0) }
                    #expect(isOwn, "\(who): \(link)")
                }
            }
        }
    }

    @Test("what kills all that it sees in the workspace leaves the services and the agent alone")
    func killing() async throws {
        let compose = """
            services:
              steady:
                image: none
                x-lectern: {command: [sleep, "1000"]}
            """
        try await TestLab.with(compose: compose) { lab in
            let before = try await lab.status()
            for attempt in [
                "kill -9 -1", "kill -9 2; kill -STOP 1; kill -9 1", "exec 2>/dev/null; kill -9 $(ls /proc)",
            ] {
                _ = try? await lab.run(["bash", "-c", attempt])
                let result = try await lab.run(["echo", "alive"])
                #expect(result.output == "alive\n", "after '\(attempt)'")
            }
            let after = try await lab.status()
            #expect(after.phase == .ready)
            // The same process is still the service; what it shares of its memory changes with its neighbours.
            #expect(after.services.map(\.pid) == before.services.map(\.pid))
            #expect(after.services.map(\.state) == before.services.map(\.state))
        }
    }

    @Test(
        "a debugger works on what a student starts, and on nothing of Lectern's",
        .enabled(if: TestLab.isInstalled("/usr/bin/strace"), "strace isn't installed"))
    func debugging() async throws {
        try await TestLab.with { lab in
            let own = try await lab.run(["strace", "-qq", "-e", "trace=write", "echo", "traced"])
            #expect(own.status.isSuccess && own.output.contains("write(1, \"traced"), "\(own.output)")
            let first = try await lab.run(["strace", "-p", "1"])
            #expect(!first.status.isSuccess && first.output.contains("not permitted"), "\(first.output)")
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

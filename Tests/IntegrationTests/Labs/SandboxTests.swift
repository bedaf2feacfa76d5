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
        "touch /usr/x", "touch /etc/x", "touch /x", "cat /etc/shadow", "mount -o remount,rw /usr",
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

    @Test func twoPeopleWatchOneTerminalAndOneMayVanish() async throws {
        try await withLab { lab in
            _ = try await lab.perform(TerminalInput(.line("echo history")), in: "T1")
            let first = try await LabClient.connect(to: lab.name)
            let second = try await LabClient.connect(to: lab.name)
            let vanishing = Watcher(try first.attach(to: "T1", columns: 120, rows: 40))
            let staying = Watcher(try second.attach(to: "T1", columns: 120, rows: 40))
            for watcher in [vanishing, staying] { try await watcher.wait(for: "history") }
            // The command of a lesson runs while a person types and the size changes.
            let running = Task {
                var capture = try await lab.perform(
                    TerminalInput(
                        .line("trap 'echo size $(stty size)' WINCH; until read -t 0.1 a; do :; done; echo got $a")),
                    in: "T1")
                while !capture.text.contains("got"), !capture.ending.isStatus {
                    capture = try await lab.resume(capture.token, in: "T1", patience: 1)
                }
                return capture
            }
            for watcher in [vanishing, staying] { try await watcher.wait(for: "until read") }
            first.disconnect()
            staying.attachment.resize(columns: 90, rows: 30)
            try await staying.wait(for: "size 30 90")
            staying.attachment.type(Array("yes\r".utf8))
            try await staying.wait(for: "got yes")
            let capture = try await running.value
            #expect(capture.text.contains("got yes"), "\(capture)")
            // Whoever comes now finds screen and history as they are.
            let third = try await LabClient.connect(to: lab.name)
            let late = Watcher(try third.attach(to: "T1", columns: 90, rows: 30))
            try await late.wait(for: "got yes")
            #expect(try await lab.perform(TerminalInput(.line("echo mine")), in: "T1").text == "mine")
            second.disconnect()
            third.disconnect()
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

extension Capture.Ending {
    fileprivate var isStatus: Bool {
        if case .status = self { true } else { false }
    }
}

/// A person who looks at a terminal.
private actor Watcher {
    nonisolated let attachment: TerminalAttachment
    private var shown = ""

    init(_ attachment: TerminalAttachment) {
        self.attachment = attachment
        // Ends with the attachment's connection.
        Task { try? await attachment.read { bytes in Task { await self.take(bytes) } } }
    }

    private func take(_ bytes: [UInt8]) { shown += String(decoding: bytes, as: UTF8.self) }

    /// - Throws: After ten seconds in vain.
    func wait(for text: String) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while !shown.contains(text) {
            try #require(ContinuousClock.now < deadline, "'\(text)' isn't in \(shown.debugDescription)")
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

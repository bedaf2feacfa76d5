import AgentProtocol
import Foundation
import LabControlClient
import LabControlProtocol
import Labs
import TerminalSessions
import Testing

@Suite(
    .serialized,
    .enabled(if: TestLab.isInstalled("/usr/bin/bwrap"), "bubblewrap isn't installed"),
    .enabled(if: TestLab.isInstalled(TestLab.lectern), "the program 'lectern' isn't built"))
struct WatchingTests {
    @Test func twoPeopleWatchOneTerminalAndOneMayVanish() async throws {
        try await TestLab.with { lab in
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

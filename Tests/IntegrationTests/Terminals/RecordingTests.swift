import Foundation
import Synchronization
import TerminalScreens
import TerminalSessions
import Testing

/// Keeps a recording as text.
private final class Tape: TerminalObserver {
    private let state = Mutex((encoder: AsciicastEncoder(began: .now), lines: [UInt8]()))

    func note(_ event: TerminalEvent, at time: ContinuousClock.Instant) {
        state.withLock { state in
            if case .began(let columns, let rows) = event {
                state.encoder.header(
                    columns: columns, rows: rows, timestamp: 0, title: "", environment: [], into: &state.lines)
            }
            state.encoder.encode(event, at: time, into: &state.lines)
        }
    }

    var lines: [String] {
        state.withLock { state in
            state.encoder.finish(into: &state.lines)
            return String(decoding: state.lines, as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }
}

/// Plays an asciicast into a screen of its own.
func play(_ lines: [String]) throws -> (screen: Screen, marks: [String]) {
    let header = try #require(JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
    let screen = Screen(
        columns: try #require(header["width"] as? Int), rows: try #require(header["height"] as? Int), nonce: "")
    var marks: [String] = []
    var last = 0.0
    for line in lines.dropFirst() {
        let event = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
        let time = try #require(event[0] as? Double)
        #expect(time >= last)
        last = time
        let text = try #require(event[2] as? String)
        switch event[1] as? String {
        case "o": screen.feed(text.utf8)
        case "m": marks.append(text)
        case "r":
            let size = text.split(separator: "x").compactMap { Int($0) }
            screen.resize(columns: size[0], rows: size[1])
        default: Issue.record("\(line)")
        }
    }
    return (screen, marks)
}

@Suite struct RecordingTests {
    private func expectSame(_ tape: Tape, _ terminal: TestTerminal) async throws {
        let shown = await terminal.session.screen()
        #expect(try play(tape.lines).screen.snapshot == shown)
    }

    @Test(.enabled(if: isInstalled("vi") && isInstalled("less"), "vi or less is not installed"))
    func aRecordingPlayedShowsTheSameScreen() async throws {
        try await TestTerminal.with { (terminal) async throws in
            _ = try await terminal.line("echo before; printf 'one\\ntwo\\n' > text")
            let tape = Tape()
            await terminal.session.observe(with: tape)
            await terminal.session.mark("first")
            _ = try await terminal.line(
                "ls --color=always /; printf '10%%\\r20%%\\r\\xe6'; sleep 0.02; printf '\\xbc\\xa2e\\xcc\\x81\\xff\\n'")
            try await expectSame(tape, terminal)
            _ = try await terminal.line("vi text")
            try await expectSame(tape, terminal)
            await terminal.session.resize(columns: 90, rows: 20)
            _ = try await terminal.line(":set number")
            try await expectSame(tape, terminal)
            _ = try await terminal.line(":q!")
            await terminal.session.mark("second")
            // What was left behind is taken back, in the recording too.
            _ = try await terminal.line("printf '\\e[?1049h\\e[2;3r\\e[?25lleft'")
            _ = try await terminal.line("seq 100; head -c 3000 /bin/bash | tr -d '\\200-\\377'")
            _ = try await terminal.line("exit")
            _ = try await terminal.line("echo again")
            let (screen, marks) = try play(tape.lines)
            let shown = await terminal.session.screen()
            #expect(screen.snapshot == shown)
            #expect(marks == ["first", "second"])
            #expect(!tape.lines.contains { $0.contains("133;") })
        }
    }
}

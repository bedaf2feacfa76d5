import Glibc
import LabControlClient
import LabControlProtocol
import TerminalSessions

/// Types at `cat` in a terminal of a lab, as an attached person does, and takes the time until each key's echo is back.
struct KeystrokeBench {
    let lab: String
    let terminal = "T1"
    /// Below the 4,095 characters that a terminal takes as one line.
    let keys = 2_000
    /// Typed first and left out.
    let warmUp = 100

    func run() async throws {
        let client = try await LabClient.connect(to: lab)
        defer { client.disconnect() }
        let opened = try await client.perform(TerminalInput(.line("cat"), timeout: 30), in: terminal)
        guard opened.ending == .waiting else { fatalError("'cat' doesn't read: \(opened.ending)") }
        let times = try await echoTimes(at: client.attach(to: terminal, columns: 120, rows: 40)).sorted()
        print("keystroke to echo, through supervisor and agent, \(keys) keys:")
        print("  p50 \(microseconds(times[times.count / 2])), p99 \(microseconds(times[times.count * 99 / 100]))")
    }

    private func echoTimes(at attachment: TerminalAttachment) async throws -> [Duration] {
        let (echoes, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        let reading = Task {
            defer { continuation.finish() }
            try await attachment.read { continuation.yield($0) }
        }
        var iterator = echoes.makeAsyncIterator()
        // The first frame repaints the screen; from then on there are echoes alone.
        guard await iterator.next() != nil else { fatalError("the terminal can't be attached to") }
        var times: [Duration] = []
        times.reserveCapacity(keys)
        for index in 0..<(warmUp + keys) {
            let key = UInt8(ascii: "a") + UInt8(index % 26)
            let began = ContinuousClock.now
            attachment.type([key])
            guard let echo = await iterator.next() else { fatalError("the terminal ended at key \(index)") }
            let time = ContinuousClock.now - began
            guard echo == [key] else { fatalError("key \(key) came back as \(echo)") }
            if index >= warmUp { times.append(time) }
        }
        attachment.type([UInt8(ascii: "\u{3}")])
        attachment.detach()
        _ = await reading.result
        return times
    }

    private func microseconds(_ time: Duration) -> String { "\(Int((time / .microseconds(1)).rounded())) µs" }
}

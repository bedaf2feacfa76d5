import AgentProtocol
import LabControlProtocol
import PseudoTerminals
import SeededNumbers
import TerminalProperties

/// Frames such as a hostile lab, or a damaged client, may send: right ones, right ones with a few wrong bytes, and noise.
struct FrameGenerator {
    var random: SplitMix

    init(seed: UInt64) { random = SplitMix(state: seed) }

    /// The bytes of several frames, one after the other.
    mutating func stream() -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<random.below(6) {
            (random.below(2) == 0 ? eventFrame() : requestFrame()).encode(into: &bytes)
        }
        if random.below(3) == 0 { bytes += noise(atMost: 30) }
        if random.below(2) == 0 { damage(&bytes) }
        return bytes
    }

    mutating func eventFrame() -> Frame {
        let status = random.below(2) == 0 ? ExitStatus.code(Int32(random.below(256))) : .signal(Int32(random.below(65)))
        let events: [AgentEvent] = [
            .ready(version: UInt32(random.below(9))), .started(pid: Int32(random.below(70_000))), .exited(status),
            .finished(
                status,
                BoundedOutput(head: noise(atMost: 40), omitted: random.next(), tail: noise(atMost: 40))),
            .connected, .failed(Int32(random.below(140)), "no such file"), .data(noise(atMost: 90)),
            .credit(UInt32(truncatingIfNeeded: random.next())), .endOfStream, .closed, .foreground(foreground()),
            .usage([ProcessUsage(channel: 3, proportionalBytes: random.next(), residentBytes: 7)]),
        ]
        return damaged(events[random.below(events.count)].frame(on: UInt32(random.below(9))))
    }

    mutating func requestFrame() -> Frame {
        let requests: [AgentRequest] = [
            .connect(port: UInt16(random.below(65_536))), .data(noise(atMost: 90)),
            .credit(UInt32(truncatingIfNeeded: random.next())), .finish, .close, .signal(Int32(random.below(70))),
            .resize(columns: 80, rows: UInt16(random.below(65_536))), .foreground, .usage,
            .writeFile("/tmp/a", noise(atMost: 60)), .snapshot(["/tmp", "/run"]), .cleanUp,
            .editFile("/root/a", .insert(marker: "# here"), mode: 0o644), .killJobs(milliseconds: 7),
        ]
        return damaged(requests[random.below(requests.count)].frame(on: UInt32(random.below(9))))
    }

    mutating func controlRequest() -> [UInt8] {
        let requests: [ControlRequest] = [
            .status, .health(afterFailure: true), .losses, .logs(service: "web", follow: true),
            .screen(terminal: "T1"), .attach(terminal: "T1", TerminalSize(columns: 80, rows: 24), isReadOnly: false),
            .run(command: ["true"], environment: ["A": "b"], outputLimit: 9, seconds: 1.5), .reset,
            .restart(service: "web"), .probe(port: 80, path: "/"), .keep, .stop,
        ]
        var bytes = (try? encode(requests[random.below(requests.count)])) ?? []
        if random.below(4) > 0 { damage(&bytes) }
        return bytes
    }

    mutating func foreground() -> [UInt8] {
        var bytes = ForegroundState().encoded()
        if random.below(3) > 0 { damage(&bytes) }
        return bytes
    }

    private mutating func damaged(_ frame: Frame) -> Frame {
        var frame = frame
        switch random.below(4) {
        case 0: damage(&frame.payload)
        case 1: frame.kind = UInt8(random.below(256))
        default: break
        }
        return frame
    }

    private mutating func noise(atMost limit: Int) -> [UInt8] {
        (0..<random.below(limit + 1)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    /// Changes, removes, repeats or adds a few bytes.
    private mutating func damage(_ bytes: inout [UInt8]) {
        for _ in 0...random.below(3) {
            guard !bytes.isEmpty else { return bytes = noise(atMost: 8) }
            let place = random.below(bytes.count)
            switch random.below(5) {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes[place] = [0, 0x7f, 0x80, 0xff][random.below(4)]
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(4)))
            case 3: bytes.insert(contentsOf: noise(atMost: 4), at: place)
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 8)], at: place)
            }
        }
    }
}

import SeededNumbers
import Testing

@testable import AgentProtocol

extension SplitMix {
    mutating func bytes(upTo limit: Int) -> [UInt8] {
        (0..<Int.random(in: 0...limit, using: &self)).map { _ in UInt8.random(in: .min ... .max, using: &self) }
    }

    mutating func word() -> String { String(decoding: bytes(upTo: 12).map { $0 & 0x7f }, as: UTF8.self) }
}

@Suite struct ProtocolTests {
    static let requests: [AgentRequest] = {
        let spec = ProcessSpec(arguments: ["sh", "-c", "é"], environment: ["A=1", ""], directory: "/root")
        return [
            .start(ProcessSpec(arguments: ["a"], environment: [], directory: "/", place: .services)),
            .run(spec, outputLimit: 10, milliseconds: 0),
            .openTerminal(spec, columns: 120, rows: 40),
            .openTerminal(spec, columns: 1, rows: 2, passesMaster: true), .connect(port: 65535),
            .connect(port: 1, address: LabAddress(rawValue: 0xac13_0002)), .data([1, 2, 3]), .data([]),
            .credit(7), .finish, .close, .signal(15), .killJobs(milliseconds: 5), .resize(columns: 1, rows: 2),
            .foreground,
            .usage,
            .writeFile("/run/x", [0, 255]), .snapshot(["/root", "/tmp"]), .cleanUp,
            .editFile("/opt/é", .replace, mode: 0o755),
            .editFile("/opt/a", .prepend, mode: 0o644), .editFile("/opt/a", .append, mode: 0o644),
            .editFile("/opt/a", .insert(marker: "# TODO"), mode: 0),
        ]
    }()
    static let events: [AgentEvent] = [
        .ready(version: 2), .started(pid: 5), .exited(.code(255)), .exited(.signal(9)),
        .finished(.code(0), BoundedOutput(head: [1], omitted: 1 << 40, tail: [2, 3])), .connected,
        .failed(2, "no such file"), .data([9]), .credit(1), .endOfStream, .closed, .foreground([1]),
        .usage([ProcessUsage(channel: 1, proportionalBytes: 2, residentBytes: 3)]), .usage([]),
    ]

    @Test(arguments: requests) func aRequestComesBackAsItWasSent(_ request: AgentRequest) throws {
        #expect(try AgentRequest(request.frame(on: 3)) == request)
    }

    @Test(arguments: events) func anEventComesBackAsItWasSent(_ event: AgentEvent) throws {
        #expect(try AgentEvent(event.frame(on: 3)) == event)
    }

    @Test(arguments: 0..<50) func framesDontDependOnHowTheStreamIsCut(_ seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        let frames = (0..<20).map { _ in
            Frame(
                kind: .random(in: .min ... .max, using: &generator),
                channel: .random(in: .min ... .max, using: &generator), payload: generator.bytes(upTo: 300))
        }
        var wire: [UInt8] = []
        for frame in frames { frame.encode(into: &wire) }
        var decoder = FrameDecoder(limit: 300)
        var decoded: [Frame] = []
        var rest = wire[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...60, using: &generator)
            decoder.append(rest.prefix(count))
            rest = rest.dropFirst(count)
            while let frame = try decoder.next() { decoded.append(frame) }
        }
        #expect(decoded == frames)
    }

    @Test(arguments: 0..<200) func hostileBytesAreRefusedAndNeverTrap(_ seed: UInt64) {
        var generator = SplitMix(state: seed)
        for kind in UInt8(0)...14 {
            let frame = Frame(kind: kind, channel: 1, payload: generator.bytes(upTo: 80))
            _ = try? AgentRequest(frame)
            _ = try? AgentEvent(frame)
        }
        var decoder = FrameDecoder(limit: 1000)
        decoder.append(generator.bytes(upTo: 400))
        while let next = try? decoder.next() { _ = next }
    }

    @Test func everyShortenedPayloadIsRefused() {
        for frame in Self.requests.map({ $0.frame(on: 1) }) where frame.kind != 5 {
            for count in 0..<frame.payload.count {
                let short = Frame(kind: frame.kind, channel: 1, payload: Array(frame.payload.prefix(count)))
                #expect(throws: FrameError.self) { try AgentRequest(short) }
            }
        }
    }

    @Test func aLengthAboveTheLimitIsRefusedBeforeThePayloadArrives() {
        var decoder = FrameDecoder(limit: 10)
        decoder.append([0, 0, 0, 16])
        #expect(throws: FrameError.badLength(16)) { try decoder.next() }
    }

    @Test func aClaimedCountDoesntReserveMemory() {
        let frame = Frame(kind: 1, channel: 1, payload: [0xff, 0xff, 0xff, 0xff])
        #expect(throws: FrameError.malformedPayload(kind: 1)) { try AgentRequest(frame) }
    }
}

import NIOCore
import Testing

@testable import DockerAPI

struct DemultiplexerTests {
    @Test(arguments: 0..<300) func whereverTheStreamIsCutTheOutputsAreTheSame(seed: UInt64) throws {
        var random = Random(state: seed)
        var wire = ByteBuffer()
        var sent: [OutputStream: [UInt8]] = [.output: [], .errors: []]
        for _ in 0..<Int.random(in: 0...20, using: &random) {
            let stream = Bool.random(using: &random) ? OutputStream.output : .errors
            let payload = (0..<Int.random(in: 0...300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            wire.writeMultipleIntegers(stream.rawValue, UInt8(0), UInt16(0), UInt32(payload.count))
            wire.writeBytes(payload)
            sent[stream, default: []] += payload
        }
        var frames = StreamDemultiplexer()
        var received: [OutputStream: [UInt8]] = [.output: [], .errors: []]
        while wire.readableBytes > 0 {
            let count = Int.random(in: 1...min(wire.readableBytes, 40), using: &random)
            let piece = wire.readSlice(length: count)
            frames.append(try #require(piece))
            while let (stream, bytes) = try frames.next() { received[stream, default: []] += bytes.readableBytesView }
        }
        #expect(received == sent)
    }

    @Test func whatIsNoHeaderIsRefused() {
        var frames = StreamDemultiplexer()
        frames.append(ByteBuffer(string: "OCI runtime exec failed"))
        #expect(throws: DockerError.self) { try frames.next() }
    }
}

/// The same sequence in every run.
struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return bits ^ (bits >> 31)
    }
}

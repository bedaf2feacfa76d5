import Foundation
import Testing

@testable import TerminalSessions

/// One line of an asciicast, after its header.
private struct Event: Equatable {
    var time: Double
    var code: String
    var text: String

    init(line: some StringProtocol) throws {
        let values = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
        time = try #require(values[0] as? Double)
        code = try #require(values[1] as? String)
        text = try #require(values[2] as? String)
    }
}

private func events(of pieces: [TerminalEvent], step: Duration = .microseconds(1)) throws -> [Event] {
    let began = ContinuousClock.now
    var encoder = AsciicastEncoder(began: began)
    var lines: [UInt8] = []
    for (index, piece) in pieces.enumerated() { encoder.encode(piece, at: began + step * index, into: &lines) }
    encoder.finish(into: &lines)
    #expect(lines.isEmpty || lines.last == UInt8(ascii: "\n"))
    return try String(decoding: lines, as: UTF8.self).split(separator: "\n").map { try Event(line: $0) }
}

@Suite struct AsciicastTests {
    @Test func theHeaderSaysSizeTimeAndEnvironment() throws {
        var lines: [UInt8] = []
        AsciicastEncoder(began: .now).header(
            columns: 120, rows: 40, timestamp: 1_600_000_000, title: "T1 \"one\"",
            environment: [("TERM", "xterm"), ("SHELL", "/bin/bash")], into: &lines)
        let header = try #require(JSONSerialization.jsonObject(with: Data(lines)) as? [String: Any])
        #expect(header["version"] as? Int == 2)
        #expect(header["width"] as? Int == 120)
        #expect(header["height"] as? Int == 40)
        #expect(header["timestamp"] as? Int == 1_600_000_000)
        #expect(header["title"] as? String == "T1 \"one\"")
        #expect(header["env"] as? [String: String] == ["TERM": "xterm", "SHELL": "/bin/bash"])
    }

    @Test func timesAreInMicroseconds() throws {
        let all = try events(
            of: [.output([0x61]), .resized(columns: 80, rows: 24), .marked("step \\ 1")], step: .microseconds(1_000_050)
        )
        #expect(all.map(\.time) == [0, 1.00005, 2.0001])
        #expect(all.map(\.code) == ["o", "r", "m"])
        #expect(all.map(\.text) == ["a", "80x24", "step \\ 1"])
    }

    @Test func charactersThatArriveInPartsAreJoined() throws {
        let bytes = Array("é漢👩".utf8)
        let all = try events(of: bytes.map { .output([$0]) })
        #expect(all.map(\.text) == ["é", "漢", "👩"])
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func anyBytesSplitAnywhereAreTheTextTheyAreInUTF8(seed: UInt64) throws {
        var random = Random(state: seed)
        for _ in 0..<300 {
            let bytes = (0..<random.below(40)).map { _ -> UInt8 in
                random.below(3) == 0
                    ? UInt8(random.below(256)) : [0x0A, 0x22, 0x5C, 0xC3, 0xA9, 0xE6, 0xBC, 0xA2][random.below(8)]
            }
            var pieces: [TerminalEvent] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = 1 + random.below(4)
                pieces.append(.output(Array(rest.prefix(count))))
                rest = rest.dropFirst(count)
            }
            let text = try events(of: pieces).map(\.text).joined()
            #expect(Array(text.utf8) == Array(String(decoding: bytes, as: UTF8.self).utf8), "\(bytes)")
        }
    }
}

struct Random {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }
}

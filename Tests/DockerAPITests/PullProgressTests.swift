import FakeEngines
import Foundation
import NIOCore
import Testing

@testable import DockerAPI

struct PullProgressTests {
    /// The lines of a pull of two layers, one of them there before.
    static let lines = [
        #"{"status":"Pulling from library/a","id":"1"}"#,
        #"{"status":"Pulling fs layer","progressDetail":{},"id":"aa"}"#,
        #"{"status":"Already exists","progressDetail":{},"id":"bb"}"#,
        #"{"status":"Waiting","progressDetail":{},"id":"aa"}"#,
        #"{"status":"Downloading","progressDetail":{"current":50,"total":200},"progress":"[=>   ]","id":"aa"}"#,
        #"{"status":"Verifying Checksum","progressDetail":{},"id":"aa"}"#,
        #"{"status":"Download complete","progressDetail":{},"id":"aa"}"#,
        #"{"status":"Extracting","progressDetail":{"current":100,"total":200},"id":"aa"}"#,
        #"{"status":"Pull complete","progressDetail":{},"id":"aa"}"#,
        #"{"status":"Digest: sha256:1234"}"#,
        #"{"status":"Status: Downloaded newer image for a:1"}"#,
    ]

    @Test func layersAddUp() throws {
        var tally = ImagePullTally(reference: "a:1")
        var seen: [ImagePullProgress] = []
        for line in Self.lines {
            tally.note(try JSONDecoder().decode(PullEvent.self, from: Data(line.utf8)))
            seen.append(tally.progress)
        }
        #expect(seen[4].received == 50 && seen[4].total == 200 && seen[4].stage == .downloading)
        #expect(seen[6].received == 200 && seen[7].stage == .extracting)
        let last = tally.progress
        #expect(last.layers == 2 && last.finishedLayers == 2 && last.digest == "sha256:1234" && last.fraction == 1)
        for (earlier, later) in zip(seen, seen.dropFirst()) { #expect(earlier.fraction <= later.fraction) }
    }

    @Test(arguments: 0..<200) func whereverTheStreamIsCutTheLinesAreTheSame(seed: UInt64) throws {
        var random = Random(state: seed)
        let ends = ["\n", "\r\n", "\n\n"]
        var text = Self.lines.map { $0 + (ends.randomElement(using: &random) ?? "") }.joined()
        // The last line may lack its end.
        if Bool.random(using: &random) { text = String(text.reversed().drop { $0.isNewline }.reversed()) }
        var wire = ByteBuffer(string: text)
        var splitter = LineSplitter()
        var lines: [String] = []
        func take(_ line: [UInt8]) {
            let line = String(decoding: line, as: UTF8.self)
            lines.append(line.hasSuffix("\r") ? String(line.dropLast()) : line)
        }
        while wire.readableBytes > 0 {
            let piece = wire.readSlice(length: Int.random(in: 1...min(60, wire.readableBytes), using: &random))
            splitter.append(try #require(piece))
            while let line = try splitter.next() { take(line) }
        }
        if let line = splitter.rest() { take(line) }
        #expect(lines == Self.lines)
    }

    @Test func aLineWithoutAnEndIsRefusedInTime() throws {
        var splitter = LineSplitter()
        splitter.append(ByteBuffer(repeating: UInt8(ascii: "x"), count: LineSplitter.maxLineLength + 1))
        #expect(throws: DockerError.self) { try splitter.next() }
    }

    @Test func aFailureInTheMiddleOfAPullIsThrown() async throws {
        let stream =
            Self.lines.prefix(4).joined(separator: "\r\n")
            + #"{"errorDetail":{"message":"manifest unknown"},"error":"manifest unknown"}"#
        try await FakeEngine.with({ request in
            if request.hasPrefix("GET /version") { return FakeEngine.version("1.41") }
            return FakeEngine.json(stream.replacing("}{", with: "}\r\n{"))
        }) { socket in
            let client = try await DockerClient.connect(to: DockerEndpoint(socketPath: socket))
            var count = 0
            let error = await #expect(throws: DockerError.self) {
                for try await _ in try await client.pull("a:1") { count += 1 }
            }
            #expect(error?.code == .imageUnknown && count == 4)
            await client.close()
        }
    }
}

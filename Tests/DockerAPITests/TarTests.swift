import FakeEngines
import Foundation
import NIOCore
import Testing

@testable import DockerAPI

struct TarTests {
    @Test func whatIsWrittenIsFoundAgain() throws {
        let long = String(repeating: "directory/", count: 20) + "file"
        var writer = TarWriter()
        writer.addDirectory("data", mode: 0o700)
        writer.addFile("data/empty", [])
        writer.addFile("data/three", Array("one".utf8), mode: 0o755, owner: .init(user: 999, group: 5_000_000))
        writer.addFile(long, Array("deep".utf8))
        writer.addLink("link", to: "data/three")
        try withFile(writer.finished()) { file in
            for (name, contents) in [("data/empty", ""), ("data/three", "one"), (long, "deep")] {
                var scan = TarScan(file)
                let found = try scan.contents(of: name, limit: 100)
                #expect(found == Array(contents.utf8))
            }
            var scan = TarScan(file)
            let other = try scan.contents(of: "other", limit: 100)
            #expect(other == nil)
            var limited = TarScan(file)
            #expect(throws: DockerError.self) { try limited.contents(of: "data/three", limit: 2) }
        }
    }

    @Test func aHeaderIsAsTheStandardSays() {
        var writer = TarWriter(modified: 1)
        writer.addFile("a", [7], mode: 0o640, owner: .init(user: 8, group: 9))
        let bytes = writer.finished()
        #expect(bytes.count == 512 + 512 + 1024)
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        #expect(text(100..<136) == "0000640\u{0}0000010\u{0}0000011\u{0}00000000001\u{0}")
        #expect(text(136..<148) == "00000000001\u{0}" && text(257..<265) == "ustar\u{0}00")
        #expect(bytes[512] == 7)
    }

    @Test func anArchiveCutShortIsNoticed() throws {
        var writer = TarWriter()
        writer.addFile("a", [UInt8](repeating: 1, count: 5000))
        writer.addFile("manifest.json", Array("[]".utf8))
        let whole = writer.finished()
        for count in [0, 511, 600, 5000, whole.count - 1600] {
            try withFile(Array(whole[..<count])) { file in
                var scan = TarScan(file)
                #expect(throws: DockerError.self) { try scan.contents(of: "manifest.json", limit: 100) }
            }
        }
    }

    @Test(arguments: 0..<100) func damagedArchivesEndTheScan(seed: UInt64) throws {
        var random = Random(state: seed)
        var writer = TarWriter()
        for index in 0..<5 { writer.addFile("file\(index)", [UInt8](repeating: 65, count: index * 300)) }
        var bytes = writer.finished()
        for _ in 0..<8 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random) }
        try withFile(bytes) { file in
            var scan = TarScan(file)
            // Any result will do, as long as there is one.
            _ = try? scan.contents(of: "file9", limit: 10_000)
        }
    }

    @Test func aFullDiskIsCalledThat() throws {
        let full = try OpenFile("/dev/full", O_WRONLY, purpose: "write")
        let error = #expect(throws: DockerError.self) { try full.write(ByteBufferView([1])) }
        #expect(error?.code == .diskFull)
        #expect(error?.problem == "can't write '/dev/full': No space left on device")
    }

    @Test func aFileThatHoldsNoImagesIsRefused() throws {
        for bytes in [Array("no archive".utf8), TarWriter().finished(), []] {
            try withFile(bytes) { file in
                let error = #expect(throws: DockerError.self) { try ImageFile(path: file.path) }
                #expect(error?.code == .badFile && error?.problem.contains(file.path) == true)
            }
        }
        #expect(throws: DockerError.self) { try ImageFile(path: "/no/such/file") }
        #expect(throws: DockerError.self) { try ImageFile(path: "/tmp") }
    }

    @Test func aSaveThatBreaksOffLeavesNoFile() async throws {
        try await FakeEngine.with({ request in
            if request.hasPrefix("GET /version") { return FakeEngine.version("1.41") }
            if request.contains("/json") { return FakeEngine.json(#"{"Id":"sha256:00","Size":5}"#) }
            return "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nhalf"
        }) { socket in
            let client = try await DockerClient.connect(to: DockerEndpoint(socketPath: socket))
            let directory = FileManager.default.temporaryDirectory.appending(path: "lectern-save-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: directory) }
            let error = await #expect(throws: DockerError.self) {
                try await client.save(["a:1"], to: directory.appending(path: "set.tar").path)
            }
            #expect(error?.code == .engineGone)
            let left = try FileManager.default.contentsOfDirectory(atPath: directory.path)
            #expect(left.isEmpty)
            await client.close()
        }
    }

    private func withFile(_ bytes: [UInt8], _ body: (FileChunks) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "lectern-tar-\(UUID().uuidString)").path
        defer { unlink(path) }
        try Data(bytes).write(to: URL(filePath: path))
        try body(try FileChunks(path: path))
    }
}

import Foundation
import HostFiles
import Testing

@Suite struct BoundedLogTests {
    @Test("the end is kept, the disk isn't filled, and a reader hears how much is gone")
    func rotation() async throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "host-files-\(UUID())").path
        try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: base) }
        let log = try BoundedLog(path: "\(base)/a.log", segmentSize: 100)
        let printed = (0..<100).map { "line \($0)\n" }.joined()
        for piece in stride(from: 0, to: printed.utf8.count, by: 37) {
            log.append(Array(printed.utf8.dropFirst(piece).prefix(37)))
        }
        #expect(log.end == printed.utf8.count)
        #expect(log.tail(from: 0, limit: 50) == String(printed.suffix(50)))
        #expect(log.tail(from: log.end - 8, limit: 50) == "line 99\n")

        var read = ""
        try await log.read(follow: false) { read += String(decoding: $0, as: UTF8.self) }
        let first = try #require(read.firstIndex(of: "\n"))
        let kept = read[read.index(after: first)...]
        #expect(printed.hasSuffix(kept) && (100...200).contains(kept.utf8.count))
        #expect(read.hasPrefix("[\(printed.utf8.count - kept.utf8.count) bytes left out]"))
        let size = try FileManager.default.contentsOfDirectory(atPath: base).reduce(0) { size, name in
            try size + Data(contentsOf: URL(filePath: "\(base)/\(name)")).count
        }
        #expect(size <= 200)
    }

    @Test("whoever follows misses nothing", .timeLimit(.minutes(1)))
    func following() async throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "host-files-\(UUID())").path
        try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: base) }
        let log = try BoundedLog(path: "\(base)/a.log")
        let writer = Task {
            for number in 0..<200 {
                log.append(Array("\(number)\n".utf8))
                await Task.yield()
            }
        }
        struct Enough: Error {}
        var read = ""
        await #expect(throws: Enough.self) {
            try await log.read(follow: true) {
                read += String(decoding: $0, as: UTF8.self)
                if read.hasSuffix("199\n") { throw Enough() }
            }
        }
        await writer.value
        #expect(read == (0..<200).map { "\($0)\n" }.joined())
    }
}

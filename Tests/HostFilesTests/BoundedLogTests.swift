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

@Suite struct LogFollowerTests {
    private func withLog(_ body: (String) async throws -> Void) async throws {
        let base = FileManager.default.temporaryDirectory.appending(path: "host-files-\(UUID())").path
        try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: base) }
        try await body("\(base)/a.log")
    }

    @Test("each of several followers hears of an append before the next one", .timeLimit(.minutes(1)))
    func answersInTurn() async throws {
        try await withLog { path in
            let log = try BoundedLog(path: path)
            let (heard, hears) = AsyncStream.makeStream(of: String.self)
            let followers = (0..<3).map { _ in
                Task { try await log.read(follow: true) { hears.yield(String(decoding: $0, as: UTF8.self)) } }
            }
            var answers = heard.makeAsyncIterator()
            // One that reads late gets several pieces at once: what counts is that all of them come.
            for number in 0..<100 {
                log.append(Array("\(number);".utf8))
                for _ in followers {
                    let answer = try #require(await answers.next())
                    #expect(answer.hasSuffix("\(number);"))
                }
            }
            for follower in followers { follower.cancel() }
            for follower in followers {
                await #expect(throws: CancellationError.self) { try await follower.value }
            }
        }
    }

    @Test("a follower that has ended keeps nothing of the log", .timeLimit(.minutes(1)))
    func nothingIsKept() async throws {
        try await withLog { path in
            struct Enough: Error {}
            weak var kept: BoundedLog?
            do {
                let log = try BoundedLog(path: path)
                kept = log
                log.append([1])
                await #expect(throws: Enough.self) { try await log.read(follow: true) { _ in throw Enough() } }
                let waiting = Task { [log] in try await log.read(follow: true) { _ in } }
                waiting.cancel()
                _ = await waiting.result
                log.append([2])
            }
            #expect(kept == nil)
        }
    }

    @Test("two files are all that a log has, whatever the sizes of the pieces", arguments: [1, 7, 10, 23, 250])
    func sizes(_ size: Int) async throws {
        try await withLog { path in
            let log = try BoundedLog(path: path, segmentSize: 10)
            let printed = (0..<250).map { UInt8(ascii: "a") + UInt8($0 % 26) }
            for start in stride(from: 0, to: printed.count, by: size) {
                log.append(Array(printed[start..<min(start + size, printed.count)]))
            }
            #expect(log.end == printed.count)
            let (start, bytes) = log.read(at: 0)
            #expect((230...240).contains(start) && Array(printed[start..<start + bytes.count]) == bytes)
            #expect(log.tail(from: 0, limit: 5) == String(decoding: printed.suffix(5), as: UTF8.self))
            #expect(log.read(at: printed.count).bytes.isEmpty)
        }
    }

    @Test("a log whose directory is gone goes on, and stays bounded")
    func lostDirectory() async throws {
        try await withLog { path in
            let log = try BoundedLog(path: path, segmentSize: 10)
            try FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent)
            log.append(Array("0123456789abcde".utf8))
            #expect(log.end == 15)
            #expect(log.read(at: 0).start == 10 && log.tail(from: 0, limit: 100) == "abcde")
        }
    }
}

import Foundation
import Testing

@testable import HostFiles

@Suite struct FileLockTests {
    @Test("one holder at a time, and the file is for its owner alone")
    func exclusion() throws {
        try withDirectory { base in
            let lock = try #require(FileLock.take("\(base)/lock"))
            #expect(FileLock.take("\(base)/lock") == nil)
            lock.release()
            let next = try #require(FileLock.take("\(base)/lock"))
            let mode = try FileManager.default.attributesOfItem(atPath: "\(base)/lock")[.posixPermissions] as? Int
            #expect(mode == 0o600)
            next.release()
        }
    }

    @Test("a lock on a file that was removed keeps nobody from its successor")
    func removedFile() throws {
        try withDirectory { base in
            let old = try #require(FileLock.take("\(base)/lock"))
            try FileManager.default.removeItem(atPath: "\(base)/lock")
            let new = try #require(FileLock.take("\(base)/lock"))
            #expect(FileLock.take("\(base)/lock") == nil)
            old.release()
            #expect(FileLock.take("\(base)/lock") == nil)
            new.release()
        }
    }

    @Test("a lock in a directory that isn't there is nobody's")
    func noDirectory() {
        #expect(FileLock.take("/nowhere/at/all") == nil)
    }

    @Test("a copy of the descriptor, as a child inherits it, keeps the lock")
    func inheritance() throws {
        try withDirectory { base in
            let lock = try #require(FileLock.take("\(base)/lock"))
            let inherited = FileLock(inherited: fcntl(lock.descriptor, F_DUPFD_CLOEXEC, 0))
            lock.release()
            #expect(FileLock.take("\(base)/lock") == nil)
            inherited.release()
            #expect(FileLock.take("\(base)/lock")?.release() != nil)
        }
    }

    @Test("whoever waits gets the lock once it is given back", .timeLimit(.minutes(1)))
    func waiting() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "host-files-\(UUID())").path
        defer { unlink(path) }
        let first = try #require(FileLock.take(path))
        let second = Task { try await FileLock.wait(for: path) }
        let third = Task { try await FileLock.wait(for: path) }
        third.cancel()
        await #expect(throws: CancellationError.self) { try await third.value }
        first.release()
        let lock = try await second.value
        #expect(FileLock.take(path) == nil)
        lock.release()
    }
}

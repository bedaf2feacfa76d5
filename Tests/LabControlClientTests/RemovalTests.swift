import Foundation
import Glibc
import Processes
import Testing

@testable import LabControlClient
@testable import LabControlProtocol

/// Which process is told to end when a lab is removed.
@Suite struct RemovalTests {
    private func withDirectory(_ body: (LabDirectory) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lectern-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(LabDirectory(name: "paper", path: folder.path(percentEncoded: false)))
    }

    /// Starts a process that has a file open where a supervisor has its lab's lock, and ends it after the body.
    private func withProcess(holding path: String, _ body: (pid_t) throws -> Void) throws {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer {
            close(file)
            close(null)
        }
        let pid = try SpawnRequest(
            ["sleep", "1000"], environment: ["PATH=/usr/bin:/bin"], descriptors: [null, null, null, file]
        ).spawn()
        defer {
            kill(pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
        try body(pid)
    }

    @Test("the supervisor is the process that holds the lab's lock")
    func holder() async throws {
        try await withDirectory { directory in
            try withProcess(holding: directory.lock) { pid in
                #expect(directory.supervisors().map(\.pid) == [pid])
            }
            #expect(directory.supervisors().isEmpty)
        }
    }

    @Test("a number in the lab's directory names nobody", arguments: ["1", "-1", "0", "\(getpid())"])
    func forgedNumber(_ number: String) async throws {
        try await withDirectory { directory in
            try number.write(toFile: directory.pidFile, atomically: false, encoding: .utf8)
            #expect(FileManager.default.createFile(atPath: directory.lock, contents: nil))
            #expect(directory.supervisors().isEmpty)
        }
    }

    @Test("a supervisor whose lock was taken away and replaced is still the lab's")
    func replacedLock() async throws {
        try await withDirectory { directory in
            try withProcess(holding: directory.lock) { pid in
                unlink(directory.lock)
                #expect(FileManager.default.createFile(atPath: directory.lock, contents: nil))
                #expect(directory.supervisors().map(\.pid) == [pid])
            }
        }
    }

    @Test("a process that holds another lab's lock is left alone")
    func otherLab() async throws {
        try await withDirectory { directory in
            try withProcess(holding: directory.path + "/other") { _ in
                #expect(directory.supervisors().isEmpty)
            }
        }
    }

    @Test("neither init nor a group of processes can be signalled by a handle", arguments: [1, 0, -1, -4711])
    func handles(pid: Int32) {
        #expect(ProcessHandle(pid: pid) == nil)
    }

    @Test("a handle's signal reaches its process, and nobody once that is gone")
    func signalling() throws {
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        let pid = try SpawnRequest(
            ["sleep", "1000"], environment: ["PATH=/usr/bin:/bin"], descriptors: [null, null, null]
        ).spawn()
        let handle = try #require(ProcessHandle(pid: pid))
        handle.send(signal: SIGTERM)
        var status: Int32 = 0
        #expect(waitpid(pid, &status, 0) == pid)
        #expect(status & 0x7f == SIGTERM)
        handle.send(signal: SIGTERM)
    }
}

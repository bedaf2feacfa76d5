import AgentProtocol
import FoundationEssentials
import Glibc
import NIOPosix
import ProcessSpawning

/// Makes a directory, and those above it, for the owner alone.
func makeDirectory(_ path: String) throws {
    try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
}

/// Removes a file, or a directory and all in it, whatever permissions a lesson left there. What isn't there is no error.
///
/// Links are removed, never followed.
public func removeTree(_ path: String) {
    remove(path, in: AT_FDCWD)
}

private func remove(_ name: String, in parent: Int32) {
    if unlinkat(parent, name, 0) == 0 || errno == ENOENT { return }
    // A directory without write or search permission would keep its entries.
    let directory = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if directory < 0 {
        fchmodat(parent, name, 0o700, 0)
    } else {
        fchmod(directory, 0o700)
    }
    let opened = directory >= 0 ? directory : openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    if opened >= 0, let stream = fdopendir(opened) {
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        for name in names { remove(name, in: opened) }
        closedir(stream)
    }
    unlinkat(parent, name, AT_REMOVEDIR)
}

/// The end of a text file; empty when it can't be read.
public func endOfFile(_ path: String, limit: Int) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    // Files of /proc have no size, and are read from their beginning.
    let size = lseek(file, 0, SEEK_END)
    lseek(file, max(0, size - limit), SEEK_SET)
    var bytes: [UInt8] = []
    withUnsafeTemporaryAllocation(byteCount: 64 * 1024, alignment: 16) { buffer in
        while bytes.count < limit {
            let count = read(file, buffer.baseAddress!, min(buffer.count, limit - bytes.count))
            guard count > 0 else { break }
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// Runs a short program of the host, its output thrown away.
func runOnHost(_ arguments: [String]) async throws -> ExitStatus {
    try await NIOThreadPool.singleton.runIfActive {
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        let pid = try SpawnRequest(
            arguments, environment: ["PATH=/usr/local/bin:/usr/bin:/bin"], descriptors: [null, null, null]
        ).spawn()
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return ExitStatus(waitStatus: status)
    }
}

/// A lock on a file, which the system gives back when its holder ends, however it ends.
public struct FileLock: Sendable {
    public let descriptor: Int32

    /// Takes over a lock that whoever started this process holds.
    public init(inherited descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// - Returns: `nil` while another holds it, or when the file can't be made.
    public static func take(_ path: String) -> FileLock? {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { return nil }
        // The file may have been removed, with its directory, between opening and locking.
        var opened = stat()
        var named = stat()
        guard flock(file, LOCK_EX | LOCK_NB) == 0, fstat(file, &opened) == 0, stat(path, &named) == 0,
            opened.st_ino == named.st_ino
        else {
            close(file)
            return nil
        }
        return FileLock(descriptor: file)
    }

    public static func wait(for path: String) async throws -> FileLock {
        while true {
            if let lock = take(path) { return lock }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    public func release() {
        close(descriptor)
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }
}

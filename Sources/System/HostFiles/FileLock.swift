import Glibc

/// A lock on a file, which the system gives back when its holder ends, however it ends.
public struct FileLock: Sendable {
    /// Shares the lock with whatever inherits it; the lock is given back when the last copy is closed.
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

    /// Takes the lock once it is free.
    ///
    /// - Throws: `CancellationError` when the task is cancelled first.
    public static func wait(for path: String) async throws -> FileLock {
        while true {
            if let lock = take(path) { return lock }
            // The kernel tells nobody that a lock is free but a thread that is blocked in flock(2), which can't be cancelled.
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Closes the descriptor; to be called once.
    public func release() {
        close(descriptor)
    }

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }
}

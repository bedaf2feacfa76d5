import Glibc

/// Stream sockets of this host.
enum UnixSocket {
    /// What `sun_path` holds, the closing zero included.
    static let maxPathLength = 108

    /// Connects and hangs up.
    ///
    /// - Returns: 0, or the `errno` that says why nothing can be reached there. A listener with a full queue counts as
    ///   reached.
    static func probe(_ path: String) -> Int32 {
        let descriptor = socket(
            AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < maxPathLength else { return ENAMETOOLONG }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        return result == 0 || errno == EAGAIN ? 0 : errno
    }

    /// Two ends of a stream, neither inherited by programs that are started.
    ///
    /// - Throws: ``DockerError`` when this process has no descriptor left.
    static func pair() throws -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw DockerError(
                code: .system, problem: "no socket can be made: \(String(cString: strerror(errno)))",
                remedy: "raise the limit on open files: ulimit -n 4096")
        }
        return (ends[0], ends[1])
    }
}

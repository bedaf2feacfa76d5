import CLinux
public import Glibc

/// Waits for one of several descriptors, or for a signal that is let in only meanwhile (`ppoll`).
///
/// - Parameters:
///   - milliseconds: `nil` waits without end.
///   - mask: The signals blocked while waiting.
/// - Returns: How many descriptors are ready; 0 after the time and -1 after a signal.
public func poll(_ descriptors: inout [pollfd], milliseconds: Int64?, mask: sigset_t) -> Int32 {
    var mask = mask
    return linux_ppoll(&descriptors, descriptors.count, milliseconds.map { max(0, $0) } ?? -1, &mask)
}

/// Forbids core dumps to the caller and all that it starts, and lowers what they may have.
///
/// - Parameters:
///   - processes: Processes and threads of the caller's user in its user namespace. The host's user 0 isn't bound by it.
///   - memory: Bytes of writable memory of each process; `nil` for no bound of this kind.
///   - fileSize: Bytes of each file that is written; `nil` for no bound of this kind.
public func limitResources(processes: UInt, memory: UInt? = nil, fileSize: UInt? = nil) {
    linux_limit_resources(processes, memory ?? 0, fileSize ?? 0)
}

/// Makes the caller the parent of descendants whose own parents end, so that ``reapChildren()`` finds them.
public func adoptOrphans() {
    _ = linux_adopt_orphans()
}

/// Waits until no child is left. Only for a process that starts no more, and whose children have been told to end.
public func reapChildren() {
    while waitpid(-1, nil, 0) > 0 || errno == EINTR {}
}

/// Makes a pipe, both ends closed on `exec`.
public func makePipe() throws(SystemFailure) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard linux_pipe(&ends) == 0 else { throw SystemFailure("a pipe") }
    return (ends[0], ends[1])
}

/// Makes a pair of connected stream sockets, both closed on `exec`.
public func makeSocketPair() throws(SystemFailure) -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
        throw SystemFailure("a pair of sockets")
    }
    return (ends[0], ends[1])
}

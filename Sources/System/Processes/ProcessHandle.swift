import CLinux
import Glibc

/// A process, told apart from a later one with the same number (pidfd, Linux 5.3).
public final class ProcessHandle: Sendable {
    /// The number that the process has, or had: once it is reaped another one may get it.
    public let pid: Int32
    private let descriptor: Int32

    /// - Returns: `nil` for a process that is gone, for init, and for what stands for groups of processes.
    public init?(pid: Int32) {
        guard pid > 1 else { return nil }
        descriptor = linux_pidfd_open(pid)
        guard descriptor >= 0 else { return nil }
        self.pid = pid
    }

    deinit { close(descriptor) }

    /// Sends a signal; to a process that has ended it does nothing.
    public func send(signal: Int32) {
        _ = linux_pidfd_send_signal(descriptor, signal)
    }
}

import CLinux
import Glibc

/// One end of a pair of sockets over which a process passes open descriptors to another on the same kernel, each under a
/// number.
///
/// Nothing here waits, and the end is closed with its last reference.
public final class DescriptorSocket: Sendable {
    private let socket: Int32

    /// - Parameter socket: One end of what ``makePair()`` made, here or in another process; belongs to the object from now on.
    public init(adopting socket: Int32) {
        self.socket = socket
        _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
    }

    deinit { close(socket) }

    /// Makes two connected ends, of which neither waits and both are closed on `exec`; the caller closes them.
    public static func makePair() throws(PseudoTerminalError) -> (Int32, Int32) {
        var ends: [Int32] = [-1, -1]
        guard linux_make_passing_pair(&ends) == 0 else {
            throw PseudoTerminalError("a pair of sockets cannot be made", errno)
        }
        return (ends[0], ends[1])
    }

    /// Passes a descriptor, which stays open on this side.
    ///
    /// - Returns: `false` when the other end is gone, or has not taken what was passed before.
    public func send(_ descriptor: Int32, as number: UInt32) -> Bool {
        linux_send_descriptor(socket, number, descriptor) == 0
    }

    /// Takes the next descriptor that has arrived and is the master of a pseudo-terminal.
    ///
    /// The other end may belong to someone who is not trusted: whatever else it sends is closed and passed over, up to a
    /// bound.
    ///
    /// - Returns: `nil` when none is there.
    public func receiveTerminal() -> (number: UInt32, terminal: PseudoTerminal)? {
        for _ in 0..<Self.maxMessages {
            var number: UInt32 = 0
            let descriptor = linux_receive_descriptor(socket, &number)
            if descriptor >= 0 {
                if let terminal = PseudoTerminal(adopting: descriptor) { return (number, terminal) }
            } else if errno != EBADMSG, errno != EINTR {
                return nil
            }
        }
        return nil
    }

    /// How many messages are looked at for one terminal.
    private static let maxMessages = 128
}

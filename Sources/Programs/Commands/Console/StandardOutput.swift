import Dispatch
import Glibc

/// Whether anybody reads what this process writes.
enum StandardOutput {
    /// `true` when standard output is a pipe or a socket whose other end is closed.
    static var isUnread: Bool { poll(milliseconds: 0) }

    /// Returns once ``isUnread`` is `true`, which is never for a file or a terminal.
    static func waitUntilUnread() async {
        await withCheckedContinuation { continuation in
            // A thread of its own, since `poll` blocks; it ends with the process.
            DispatchQueue.global().async {
                while !poll(milliseconds: -1) {}
                continuation.resume()
            }
        }
    }

    private static func poll(milliseconds: Int32) -> Bool {
        // Without any event asked for, only the end of the other side is reported.
        var entry = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
        return Glibc.poll(&entry, 1, milliseconds) > 0 && entry.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
    }
}

import FoundationEssentials
import Glibc
import Lessons
import Synchronization

/// Where a command writes: results to standard output, progress and problems to standard error.
public struct Console: Sendable {
    public enum Progress: String, Sendable, CaseIterable {
        /// Drawn on a terminal, plain lines elsewhere.
        case auto
        /// A line for each thing that happens.
        case plain
        case none
    }

    /// Whether a part of the result could not be written.
    private static let lock = Mutex(false)

    static var hasLostResult: Bool { lock.withLock { $0 } }

    let progress: Progress
    /// Escape codes on standard output.
    let isColoured: Bool
    /// Escape codes on standard error.
    let colouresErrors: Bool

    /// Whether progress may be drawn over itself.
    let drawsProgress: Bool

    init(progress: Progress) {
        let forbidden = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
        self.progress = progress
        self.isColoured = isatty(STDOUT_FILENO) == 1 && !forbidden && !isDumb
        self.drawsProgress = progress == .auto && isatty(STDERR_FILENO) == 1 && !isDumb
        self.colouresErrors = isatty(STDERR_FILENO) == 1 && !forbidden && !isDumb
    }

    /// Writes a line of the result.
    func result(_ line: String) { Self.write(line + "\n", to: STDOUT_FILENO) }

    /// Writes bytes of the result as they are.
    func write(_ bytes: some ContiguousBytes) { bytes.withUnsafeBytes { Self.write($0, to: STDOUT_FILENO) } }

    /// Writes a line of progress, unless the user wants none.
    func report(_ line: String) {
        guard progress != .none else { return }
        Self.write(line + "\n", to: STDERR_FILENO)
    }

    /// Writes to standard error as it is, for a face that ``drawsProgress``.
    func draw(_ text: String) { Self.write(text, to: STDERR_FILENO) }

    /// Writes what went wrong, whatever the user wants of progress.
    func problem(_ text: String) {
        let mark = colouresErrors ? "\u{1B}[31mlectern:\u{1B}[0m" : "lectern:"
        // It may quote a lesson.
        Self.write("\(mark) \(text.printable)\n", to: STDERR_FILENO)
    }

    /// Draws a line of progress in the place of the one drawn before; on a terminal only.
    func redraw(_ line: String) {
        guard drawsProgress else { return }
        Self.write("\r\u{1B}[2K  \(line)", to: STDERR_FILENO)
    }

    /// Takes away what ``redraw(_:)`` drew.
    func eraseDrawing() {
        guard drawsProgress else { return }
        Self.write("\r\u{1B}[2K", to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        Array(text.utf8).withUnsafeBytes { write($0, to: descriptor) }
    }

    /// One writer at a time; a closed pipe ends nothing, since the lab must still be taken down.
    private static func write(_ all: UnsafeRawBufferPointer, to descriptor: Int32) {
        lock.withLock { isLost in
            var bytes = all
            while !bytes.isEmpty {
                let written = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
                if written < 0 {
                    if errno == EAGAIN {
                        var full = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                        _ = poll(&full, 1, 1000)
                    } else if errno != EINTR {
                        // A reader that has seen enough (`| head`) is no failure; a full disk is.
                        if descriptor == STDOUT_FILENO, errno != EPIPE { isLost = true }
                        return
                    }
                    continue
                }
                bytes = UnsafeRawBufferPointer(rebasing: bytes[written...])
            }
        }
    }
}

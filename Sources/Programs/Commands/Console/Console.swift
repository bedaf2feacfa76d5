import Diagnostics
import Glibc
import Lessons
import Synchronization
import TerminalSessions

/// Where a command writes: results to standard output, progress and problems to standard error.
///
/// Nothing else in a command writes to either. Every method takes text as data: what would command a terminal is replaced here,
/// whoever wrote it, and colours are styles of ``StyledText``.
public struct Console: Sendable {
    /// How much is said of what a command does on the way to its result.
    public enum Progress: String, Sendable, CaseIterable {
        /// Drawn on a terminal, plain lines elsewhere.
        case auto
        /// A line for each thing that happens.
        case plain
        case none
    }

    private struct State {
        var hasLostResult = false
        var hasWrittenDocument = false
    }

    private static let state = Mutex(State())

    /// Whether a part of the result could not be written.
    static var hasLostResult: Bool { state.withLock { $0.hasLostResult } }

    /// Whether a program that reads the result has got a document.
    static var hasWrittenDocument: Bool { state.withLock { $0.hasWrittenDocument } }

    let progress: Progress
    /// Colours on standard output.
    let isColoured: Bool
    /// Colours on standard error.
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

    /// Whether standard output is a terminal, coloured or not.
    var writesToTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Writes a line of the result.
    func result(_ line: StyledText) {
        Self.write(line.rendered(inColour: isColoured) + "\n", to: STDOUT_FILENO)
    }

    /// Writes a document for a program, such as JSON or HTML, and ends it with a line feed.
    ///
    /// Its writer has escaped, in the document's own language, what commands a terminal; what is left of that is replaced.
    func document(_ text: String) {
        Self.state.withLock { $0.hasWrittenDocument = true }
        Self.write(text.hasSuffix("\n") ? text.printable : text.printable + "\n", to: STDOUT_FILENO)
    }

    /// Writes a part of a service's log.
    func log(_ bytes: [UInt8], through filter: inout LogFilter) { Self.write(filter.filter(bytes), to: STDOUT_FILENO) }

    /// Writes the end of a service's log.
    func endLog(through filter: inout LogFilter) { Self.write(filter.finish(), to: STDOUT_FILENO) }

    /// Writes bytes of a service as they are, to a file or a program.
    ///
    /// - Precondition: Standard output is not a terminal (``writesToTerminal``).
    func raw(_ bytes: [UInt8]) {
        precondition(!writesToTerminal, "bytes of a lab would command the terminal")
        Self.write(bytes, to: STDOUT_FILENO)
    }

    /// Writes a line of progress, unless the user wants none.
    func report(_ line: StyledText) {
        guard progress != .none else { return }
        Self.write(line.rendered(inColour: colouresErrors) + "\n", to: STDERR_FILENO)
    }

    /// Writes what went wrong, whatever the user wants of progress.
    func problem(_ text: String) {
        let line: StyledText = "\("lectern:", .bad) \(text)\n"
        Self.write(line.rendered(inColour: colouresErrors), to: STDERR_FILENO)
    }

    /// Draws a line of progress in the place of the one drawn before; on a terminal only.
    func redraw(_ line: StyledText) {
        guard drawsProgress else { return }
        Self.write("\r\u{1B}[2K  \(line.rendered(inColour: colouresErrors).firstLine)", to: STDERR_FILENO)
    }

    /// Draws lines in the place of as many that were drawn before; on a terminal only.
    ///
    /// - Parameter count: How many were drawn before.
    func redraw(_ lines: [StyledText], over count: Int) {
        guard drawsProgress else { return }
        let drawn = lines.map { "\r\u{1B}[2K\($0.rendered(inColour: colouresErrors).firstLine)\n" }.joined()
        Self.write((count > 0 ? "\u{1B}[\(count)A" : "") + drawn, to: STDERR_FILENO)
    }

    /// Takes away what ``redraw(_:)`` drew.
    func eraseDrawing() {
        guard drawsProgress else { return }
        Self.write("\r\u{1B}[2K", to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        bytes.withUnsafeBytes { write($0, to: descriptor) }
    }

    /// One writer at a time; a closed pipe ends nothing, since the lab must still be taken down.
    private static func write(_ all: UnsafeRawBufferPointer, to descriptor: Int32) {
        state.withLock { state in
            var bytes = all
            while !bytes.isEmpty {
                let written = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
                if written < 0 {
                    if errno == EAGAIN {
                        var full = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                        _ = poll(&full, 1, 1000)
                    } else if errno != EINTR {
                        // A reader that has seen enough (`| head`) is no failure; a full disk is.
                        if descriptor == STDOUT_FILENO, errno != EPIPE { state.hasLostResult = true }
                        return
                    }
                    continue
                }
                bytes = UnsafeRawBufferPointer(rebasing: bytes[written...])
            }
        }
    }
}

extension String {
    /// Up to the first line feed: what is drawn over must be one line.
    fileprivate var firstLine: Substring { prefix { $0 != "\n" } }
}

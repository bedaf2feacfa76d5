import Dispatch
import Glibc
import Synchronization

/// This process's own terminal, joined to one of a lab: `lectern shell`.
///
/// Keys go to the lab as they are typed. Ctrl-] detaches and leaves everything running, as in telnet: no shell or editor
/// of a lesson needs that key.
public enum LocalConsole {
    /// The key that detaches, Ctrl-].
    public static let detachKey: UInt8 = 0x1d

    /// `true` when standard input and output are a terminal.
    public static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// Columns and rows of standard output; 80 × 24 when it's no terminal.
    public static var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Relays until the person detaches, the terminal's shell ends or the lab does; then gives the terminal back as it was.
    public static func run(_ attachment: TerminalAttachment) async throws {
        let original = Mutex(termios())
        let isRaw = original.withLock { original in
            guard tcgetattr(STDIN_FILENO, &original) == 0 else { return false }
            var raw = original
            cfmakeraw(&raw)
            return tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0
        }
        defer {
            if isRaw {
                original.withLock { _ = tcsetattr(STDIN_FILENO, TCSANOW, &$0) }
                // Shows the cursor, leaves the other screen, and ends colours that the lab's programs set.
                write(Array("\u{1b}[?1049l\u{1b}[?25h\u{1b}[0m\r\n".utf8))
            }
        }
        let keys = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .global())
        keys.setEventHandler {
            let bytes = readKeys()
            if let end = bytes.firstIndex(of: detachKey) {
                attachment.type(Array(bytes[..<end]))
                attachment.detach()
            } else if bytes.isEmpty {
                attachment.detach()
            } else {
                attachment.type(bytes)
            }
        }
        let resizes = DispatchSource.makeSignalSource(signal: SIGWINCH, queue: .global())
        resizes.setEventHandler {
            let (columns, rows) = size
            attachment.resize(columns: columns, rows: rows)
        }
        keys.resume()
        resizes.resume()
        defer {
            keys.cancel()
            resizes.cancel()
        }
        try await attachment.read { write($0) }
    }

    private static func readKeys() -> [UInt8] {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 16) { buffer in
            let count = read(STDIN_FILENO, buffer.baseAddress, buffer.count)
            return count > 0 ? Array(UnsafeRawBufferPointer(rebasing: buffer[..<count])) : []
        }
    }

    private static func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return }
            rest = rest.dropFirst(max(count, 0))
        }
    }
}

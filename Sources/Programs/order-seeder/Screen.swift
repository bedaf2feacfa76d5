import Glibc
import Synchronization

/// Writes whole lines to the two streams of the process, and keeps a progress bar below them on a terminal.
final class Screen: Sendable {
    enum Stream: Int32 {
        case output = 1
        case diagnostics = 2

        var isTerminal: Bool { isatty(rawValue) == 1 }
    }

    /// Standard output has no reader any more.
    struct OutputClosed: Error {}

    private struct Bar {
        var text = ""
        var isDrawn = false
        var lastUpdate: ContinuousClock.Instant?
    }

    private let outputIsTerminal = Stream.output.isTerminal
    private let bar = Mutex(Bar())

    /// - Throws: ``OutputClosed``; that a diagnostic can't be written is not an error.
    func print(_ line: String, to stream: Stream) throws {
        try bar.withLock { bar in
            let isBelow = bar.isDrawn && (stream == .diagnostics || outputIsTerminal)
            if isBelow { Self.write("\r\u{1B}[K", to: .diagnostics) }
            let isWritten = Self.write(line + "\n", to: stream)
            if isBelow { Self.write(bar.text, to: .diagnostics) }
            guard isWritten || stream == .diagnostics else { throw OutputClosed() }
        }
    }

    /// Draws what the closure gives for the width of the terminal, but not more often than 20 times a second.
    func drawBar(_ text: (_ width: Int) -> String) {
        bar.withLock { bar in
            let now = ContinuousClock.now
            if let last = bar.lastUpdate, now - last < .milliseconds(50) { return }
            bar = Bar(text: text(Self.width), isDrawn: true, lastUpdate: now)
            Self.write("\r\u{1B}[K" + bar.text, to: .diagnostics)
        }
    }

    func removeBar() {
        bar.withLock { bar in
            if bar.isDrawn { Self.write("\r\u{1B}[K", to: .diagnostics) }
            bar.isDrawn = false
        }
    }

    private static var width: Int {
        var size = winsize()
        let isKnown = ioctl(Stream.diagnostics.rawValue, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return isKnown ? Int(size.ws_col) : 80
    }

    @discardableResult
    private static func write(_ text: String, to stream: Stream) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let count = Glibc.write(stream.rawValue, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0 {
                    // A terminal set to non-blocking by another program asks to try again: wait until it takes more.
                    if errno == EAGAIN {
                        var poll = pollfd(fd: stream.rawValue, events: Int16(POLLOUT), revents: 0)
                        _ = Glibc.poll(&poll, 1, 1_000)
                    } else if errno != EINTR {
                        return false
                    }
                } else {
                    rest = rest.dropFirst(count)
                }
            }
            return true
        }
    }
}

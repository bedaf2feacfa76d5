import Dispatch
import Glibc
public import LabControlProtocol
import Synchronization
import TerminalSessions

/// This process's own terminal, joined to one of a lab: `lectern shell`.
///
/// Keys go to the lab as they are typed. Ctrl-] detaches and leaves everything running, as in telnet: no shell or editor
/// of a lesson needs that key. Everything the lab shows passes a `ViewFilter`.
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

    /// How long the announcement is left on the screen before the lab's own takes its place, unless a key is typed.
    private static let announcementTime = Duration.seconds(2)
    /// For how long no key may be typed before those that were typed count as meant for the lab.
    private static let quietTime = Duration.seconds(1)

    /// Relays until the person detaches, the terminal's shell ends or the lab does; then gives the terminal back as it was.
    ///
    /// When the person didn't ask for the end, what `farewell` says is written, and keys are swallowed until none has been typed
    /// for a second: they were meant for the lab, and must not reach the shell of the host.
    ///
    /// - Parameters:
    ///   - announcement: One line for the beginning, without control characters; the window's title as well.
    ///   - farewell: One line for an end that the person didn't ask for, without control characters.
    /// - Returns: How it ended.
    @discardableResult
    public static func run(
        _ attachment: TerminalAttachment, announcement: String, farewell: (AttachmentEnd) async -> String
    ) async throws -> AttachmentEnd {
        let screen = RawTerminal()
        defer { screen.restore() }
        let keys = Keys()
        let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .global())
        source.setEventHandler { keys.take(readKeys(), for: attachment) }
        let resizes = DispatchSource.makeSignalSource(signal: SIGWINCH, queue: .global())
        resizes.setEventHandler {
            let (columns, rows) = size
            attachment.resize(columns: columns, rows: rows)
        }
        source.resume()
        resizes.resume()
        defer {
            source.cancel()
            resizes.cancel()
        }
        write(PersonTerminal.beginning(title: announcement) + "\(announcement)\r\n".utf8)
        let end = try await relay(attachment, keys)
        guard end != .detached else { return end }
        keys.swallow()
        screen.putBack()
        write(Array("\(await farewell(end))\r\n".utf8))
        while await keys.pressed(within: quietTime) {}
        return end
    }

    private static func relay(_ attachment: TerminalAttachment, _ keys: Keys) async throws -> AttachmentEnd {
        // The lab's screen wipes the announcement: it waits until that has been read.
        _ = await keys.pressed(within: announcementTime)
        var filter = ViewFilter()
        let end = try await attachment.read { write(filter.filter($0[...])) }
        return keys.hasDetached ? .detached : end
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

    /// Where keys go, and whether any came.
    private final class Keys: Sendable {
        private struct State {
            var isSwallowing = false
            var hasDetached = false
            /// The person's own terminal is gone.
            var isOver = false
            /// A key came that nobody has waited for.
            var isPressed = false
            var waiter: CheckedContinuation<Bool, Never>?
            /// How often somebody has waited, and the last wait whose time is over.
            var waits = 0
            var expired = 0
        }

        private let state = Mutex(State())

        var hasDetached: Bool { state.withLock { $0.hasDetached } }

        /// From now on no key reaches the lab, nor anything else.
        func swallow() {
            state.withLock { state in
                state.isSwallowing = true
                state.isPressed = false
            }
        }

        func take(_ bytes: [UInt8], for attachment: TerminalAttachment) {
            let (isForLab, waiter) = state.withLock { state in
                state.isOver = state.isOver || bytes.isEmpty
                defer {
                    state.isPressed = state.waiter == nil
                    state.waiter = nil
                }
                return (!state.isSwallowing, state.waiter)
            }
            waiter?.resume(returning: !bytes.isEmpty)
            guard isForLab else { return }
            let end = bytes.firstIndex(of: detachKey)
            let typed = bytes[..<(end ?? bytes.endIndex)]
            if !typed.isEmpty { attachment.type(Array(typed)) }
            guard end != nil || bytes.isEmpty else { return }
            state.withLock { state in
                state.isSwallowing = true
                state.hasDetached = true
            }
            attachment.detach()
        }

        /// Waits for a key.
        ///
        /// - Returns: `false` when none was typed in time.
        func pressed(within time: Duration) async -> Bool {
            let number = state.withLock { state in
                state.waits += 1
                return state.waits
            }
            let clock = Task {
                guard (try? await Task.sleep(for: time)) != nil else { return }
                wake(number)
            }
            defer { clock.cancel() }
            return await withCheckedContinuation { continuation in
                let isPressed = state.withLock { state -> Bool? in
                    if state.isOver || state.expired == number { return false }
                    if state.isPressed {
                        state.isPressed = false
                        return true
                    }
                    state.waiter = continuation
                    return nil
                }
                if let isPressed { continuation.resume(returning: isPressed) }
            }
        }

        /// Ends one wait whose time is over, unless a key has.
        private func wake(_ number: Int) {
            let waiter = state.withLock { state in
                guard state.waits == number else { return nil as CheckedContinuation<Bool, Never>? }
                state.expired = number
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.resume(returning: false)
        }
    }

    /// The terminal without line editing, echo and signals, and the way back.
    private final class RawTerminal: Sendable {
        private struct State {
            var original: termios?
            var isPutBack = false
        }

        private let state: Mutex<State>

        init() {
            var now = termios()
            guard tcgetattr(STDIN_FILENO, &now) == 0 else {
                state = Mutex(State())
                return
            }
            state = Mutex(State(original: now))
            cfmakeraw(&now)
            _ = tcsetattr(STDIN_FILENO, TCSANOW, &now)
        }

        /// Ends what the lab's programs may have left of modes; keys are still read raw.
        func putBack() {
            let isFirst = state.withLock { state in
                defer { state.isPutBack = true }
                return !state.isPutBack && state.original != nil
            }
            if isFirst { write(PersonTerminal.restoring) }
        }

        /// Puts everything back, and drops what was typed and not read: it was typed for the lab.
        func restore() {
            putBack()
            state.withLock { state in
                guard var settings = state.original else { return }
                _ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
                state.original = nil
            }
        }
    }
}

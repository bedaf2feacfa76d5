import Glibc
public import PseudoTerminals
import Synchronization
public import TerminalSessions

/// A terminal of this process: a shell on a pseudo-terminal, served by a thread of its own.
public final class LocalTerminal: TerminalLine {
    private enum Event {
        case output([UInt8])
        case looked(ForegroundState, CheckedContinuation<ForegroundState, any Error>)
        case ended(Int32?)
    }

    private struct Shared {
        var terminal: PseudoTerminal?
        var shell: pid_t = 0
        var queue: [UInt8] = []
        var looks: [CheckedContinuation<ForegroundState, any Error>] = []
        var columns = 120
        var rows = 40
        var isClosed = false
        /// Bytes that were read and have not been taken in yet.
        var outstanding = 0
    }

    /// Reading stops while the session is this far behind.
    private static let highWater = 1 << 20

    private let executable: String
    private let arguments: [String]
    private let environment: [String]
    private let directory: String?
    /// The ends of a pipe that wakes the thread.
    private let wake: (reading: Int32, writing: Int32)
    private let shared = Mutex(Shared())
    private let events: AsyncStream<Event>
    private let eventSink: AsyncStream<Event>.Continuation

    /// A terminal that isn't open yet; ``open(for:)`` starts its shell.
    public init(executable: String, arguments: [String], environment: [String], directory: String? = nil) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.directory = directory
        var ends: [Int32] = [-1, -1]
        pipe(&ends)
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        wake = (ends[0], ends[1])
        (events, eventSink) = AsyncStream.makeStream()
    }

    deinit {
        Glibc.close(wake.reading)
        Glibc.close(wake.writing)
    }

    /// Starts the shell, and again each time it ends, until ``close()``.
    ///
    /// - Throws: `PseudoTerminalError` when the first one can't be started.
    public func open(for session: TerminalSession) throws {
        try start()
        let thread = Thread { [self] in serve() }
        try thread.start()
        // Ends with the terminal: `close()` finishes the stream.
        Task { [events] in
            for await event in events {
                switch event {
                case .output(let bytes):
                    await session.receive(bytes)
                    taken(bytes.count)
                case .looked(let state, let continuation): continuation.resume(returning: state)
                case .ended(let status): await session.ended(status: status)
                }
            }
        }
    }

    /// Ends the shell and all it runs in the foreground.
    public func close() {
        shared.withLock { $0.isClosed = true }
        poke()
    }

    /// Queues input and returns at once. What a shell hasn't taken when it ends is dropped.
    public func write(_ bytes: [UInt8]) {
        shared.withLock { state in
            state.queue.append(contentsOf: bytes)
            flush(&state)
        }
    }

    /// In character cells; also the size of terminals that are opened later.
    public func resize(columns: Int, rows: Int) {
        shared.withLock { state in
            state.columns = columns
            state.rows = rows
            state.terminal?.resize(columns: columns, rows: rows)
        }
    }

    /// Waits for the terminal's thread to look.
    /// - Throws: `CancellationError` when the terminal is closed, or gets closed meanwhile.
    public func foreground() async throws -> ForegroundState {
        try await withCheckedThrowingContinuation { continuation in
            let isOpen = shared.withLock { state in
                if !state.isClosed { state.looks.append(continuation) }
                return !state.isClosed
            }
            if isOpen { poke() } else { continuation.resume(throwing: CancellationError()) }
        }
    }

    /// Nothing happens while no shell runs, or when the terminal has no foreground group.
    public func signalForeground(_ signal: Int32) {
        shared.withLock { $0.terminal?.signalForeground(signal) }
    }

    /// Leaves alone the shell itself and what has left its session (`setsid`).
    public func killJobs(startedWithin seconds: Double) {
        shared.withLock { state in
            if state.terminal != nil { PseudoTerminals.killJobs(of: state.shell, startedWithin: seconds) }
        }
    }

    private func poke() {
        var byte: UInt8 = 1
        _ = Glibc.write(wake.writing, &byte, 1)
    }

    private func taken(_ count: Int) {
        let resumes = shared.withLock { state in
            state.outstanding -= count
            return state.outstanding < Self.highWater / 2 && state.outstanding + count >= Self.highWater / 2
        }
        if resumes { poke() }
    }

    private func start() throws {
        try shared.withLock { state in
            let terminal = try PseudoTerminal.open(columns: state.columns, rows: state.rows)
            do {
                state.shell = try terminal.spawn(
                    executable: executable, arguments: arguments, environment: environment, directory: directory)
            } catch {
                terminal.close()
                throw error
            }
            state.terminal = terminal
        }
    }

    /// Writes what the terminal takes; the rest follows when it takes more.
    private func flush(_ state: inout Shared) {
        guard let terminal = state.terminal else { return }
        while !state.queue.isEmpty {
            let count = state.queue.withUnsafeBytes { Glibc.write(terminal.master, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                poke()
                return
            }
            state.queue.removeFirst(count)
        }
    }

    // MARK: The thread

    private func serve() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let (terminal, shell, wantsWrite, mayRead, isClosed) = shared.withLock { state in
                (
                    state.terminal, state.shell, !state.queue.isEmpty, state.outstanding < Self.highWater,
                    state.isClosed
                )
            }
            guard let terminal else { break }
            if isClosed {
                end(terminal, shell)
                break
            }
            let interest = (mayRead ? Int32(POLLIN) : 0) | (wantsWrite ? Int32(POLLOUT) : 0)
            var entries = [
                pollfd(fd: interest == 0 ? -1 : terminal.master, events: Int16(interest), revents: 0),
                pollfd(fd: wake.reading, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&entries, 2, -1) >= 0 || errno == EINTR else { break }
            if entries[1].revents != 0 {
                var bytes: (UInt64, UInt64) = (0, 0)
                _ = Glibc.read(wake.reading, &bytes, 16)
            }
            if entries[0].revents & Int16(POLLOUT) != 0 { shared.withLock { flush(&$0) } }
            var isOpen = true
            if mayRead, entries[0].revents & ~Int16(POLLOUT) != 0 { isOpen = read(terminal, into: &buffer) }
            answerLooks(terminal, shell, &buffer)
            if !isOpen, !reopen(terminal, shell) { break }
        }
        eventSink.finish()
        let unanswered = shared.withLock { state in
            defer { state.looks = [] }
            state.isClosed = true
            return state.looks
        }
        for look in unanswered { look.resume(throwing: CancellationError()) }
    }

    /// Reads once.
    ///
    /// - Returns: `false` when the terminal has ended.
    private func read(_ terminal: PseudoTerminal, into buffer: inout [UInt8]) -> Bool {
        let count = Glibc.read(terminal.master, &buffer, buffer.count)
        if count > 0 {
            shared.withLock { $0.outstanding += count }
            eventSink.yield(.output(Array(buffer[..<count])))
            return true
        }
        return count < 0 && (errno == EAGAIN || errno == EINTR)
    }

    private func answerLooks(_ terminal: PseudoTerminal, _ shell: pid_t, _ buffer: inout [UInt8]) {
        let (looks, hasQueue) = shared.withLock { state in
            defer { state.looks = [] }
            return (state.looks, !state.queue.isEmpty)
        }
        for look in looks {
            var state = foregroundState(master: terminal.master, shell: shell)
            if hasQueue {
                state.inputPending = true
                state.isWaitingForTerminal = false
            }
            eventSink.yield(.looked(state, look))
        }
    }

    private func reopen(_ terminal: PseudoTerminal, _ shell: pid_t) -> Bool {
        let status = end(terminal, shell)
        eventSink.yield(.ended(status))
        guard shared.withLock({ !$0.isClosed }) else { return false }
        do {
            try start()
            return true
        } catch {
            return false
        }
    }

    @discardableResult
    private func end(_ terminal: PseudoTerminal, _ shell: pid_t) -> Int32? {
        // The shell may outlive its terminal's last output by a moment, or be stuck. One that is ending has its status
        // already: being killed late on a busy machine doesn't change it.
        var status: Int32 = 0
        terminal.close()
        shared.withLock { state in
            state.terminal = nil
            state.queue = []
        }
        var waited = 0
        while waitpid(shell, &status, WNOHANG) == 0 {
            if waited == 200 { kill(-shell, SIGKILL) }
            waited += 1
            usleep(1000)
        }
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
    }
}

/// A detached thread, without Foundation.
private struct Thread {
    let body: @Sendable () -> Void

    func start() throws {
        let box = Unmanaged.passRetained(Box(body))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
                return nil
            }, box.toOpaque())
        guard failure == 0 else {
            box.release()
            throw ThreadError(code: failure)
        }
        pthread_detach(thread)
    }

    private final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    struct ThreadError: Error { let code: Int32 }
}

public import AgentProtocol
import FrameConnections
public import PseudoTerminals
import Synchronization

/// A pseudo-terminal in the lab, with the shell that runs in it.
public final class AgentTerminal: Sendable {
    /// Inside the sandbox.
    public let shell: Int32
    /// Names the terminal in ``LabAgent/usage()``.
    public let channel: UInt32
    /// The terminal itself, for who reads and writes it instead of ``relay(to:)`` and ``write(_:)``, and closes it; `nil` when
    /// the agent relays.
    public let master: PseudoTerminal?
    private let conversation: FrameConversation
    private let foregroundWaiters = ForegroundWaiters()

    init(shell: Int32, conversation: FrameConversation, master: PseudoTerminal?) {
        self.master = master
        self.shell = shell
        self.conversation = conversation
        channel = conversation.number
    }

    /// Hands what the terminal prints to `receive`, piece by piece, until its shell ends; for one caller.
    ///
    /// Answers to ``foreground()`` are given in their place between the pieces. While `receive` is busy, the terminal's
    /// programs are held up once the window of the channel is full.
    ///
    /// - Returns: How the shell ended; `nil` when the whole lab ended first, or the terminal was closed.
    public func relay(to receive: ([UInt8]) async -> Void) async -> ExitStatus? {
        defer {
            conversation.close()
            foregroundWaiters.close()
        }
        do {
            for try await frame in conversation.frames {
                switch try AgentEvent(frame) {
                case .data(let bytes):
                    await receive(bytes)
                    send(.credit(UInt32(clamping: bytes.count)))
                case .foreground(let bytes): foregroundWaiters.answer(bytes)
                case .exited(let status): return status
                default: break
                }
            }
        } catch {}
        return nil
    }

    /// Types bytes; they queue up while the program in the terminal doesn't read.
    public func write(_ bytes: [UInt8]) {
        // A frame has a longest length.
        var rest = bytes[...]
        repeat {
            send(.data(Array(rest.prefix(64 * 1024))))
            rest = rest.dropFirst(64 * 1024)
        } while !rest.isEmpty
    }

    /// Gives the terminal a new size in character cells, without waiting for it; numbers beyond 16 bits are clamped.
    public func resize(columns: Int, rows: Int) {
        send(.resize(columns: UInt16(clamping: columns), rows: UInt16(clamping: rows)))
    }

    /// Sends a signal to the terminal's foreground process group, without waiting; nothing happens when there is none.
    public func signalForeground(_ signal: Int32) {
        send(.signal(signal))
    }

    /// Kills the shell's jobs, those in the background too, that began not longer than `seconds` ago.
    public func killJobs(startedWithin seconds: Double) {
        send(.killJobs(milliseconds: UInt32(clamping: Int(min(seconds * 1000, 1e9).rounded(.up)))))
    }

    /// Asks which program owns the terminal.
    ///
    /// - Returns: A `ForegroundState` in its encoding; `nil` when the terminal is gone.
    /// - Throws: ``AgentError`` with code `.silent`, and `CancellationError`.
    public func foreground() async throws -> [UInt8]? {
        do {
            return try await conversation.connection.expectingAnswer {
                await withCheckedContinuation { continuation in
                    // Under the lock, so that answers come in the order of the waiters.
                    self.foregroundWaiters.add(continuation) { self.send(.foreground) }
                }
            }
        } catch is PeerSilent {
            throw AgentError.silent
        }
    }

    /// Kills the shell and closes the terminal.
    public func close() {
        send(.close)
        conversation.close()
    }

    private func send(_ request: AgentRequest) {
        conversation.connection.send(request.frame(on: conversation.number))
    }
}

/// Those who wait for an answer, in the order in which they asked.
private final class ForegroundWaiters: Sendable {
    private typealias Waiter = CheckedContinuation<[UInt8]?, Never>

    /// `nil` once the terminal is gone.
    private let waiters = Mutex<[Waiter]?>([])

    func add(_ waiter: CheckedContinuation<[UInt8]?, Never>, ask: () -> Void) {
        let isOpen = waiters.withLock { waiters in
            guard waiters != nil else { return false }
            waiters?.append(waiter)
            ask()
            return true
        }
        if !isOpen { waiter.resume(returning: nil) }
    }

    func answer(_ bytes: [UInt8]) {
        let waiter = waiters.withLock { waiters -> Waiter? in
            guard let first = waiters?.first else { return nil }
            waiters?.removeFirst()
            return first
        }
        waiter?.resume(returning: bytes)
    }

    func close() {
        let left = waiters.withLock { waiters in
            defer { waiters = nil }
            return waiters ?? []
        }
        for waiter in left { waiter.resume(returning: nil) }
    }
}

import AgentProtocol
import FrameConnections
import Glibc
import LabAgents
import LabControlProtocol
import Synchronization
import TerminalSessions

/// What a client that records a lab's terminals is sent.
///
/// The client writes the files, with its own rights. Each frame carries whole lines of one terminal's asciicast, with the
/// terminal's name before them, and is answered by an empty one once it is written: what is under way is bounded, on both
/// sides.
final class LabRecording: Sendable {
    private struct State {
        var tapes: [Tape] = []
        /// Lines that have not been sent, by terminal.
        var pending: [String: [UInt8]] = [:]
        /// Bytes that were taken in so far.
        var size = 0
        var isAwaitingAnswer = false
        var isClosed = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// Terminals are held up while more than this waits to be written.
    private static let limit = 1 << 20

    private let conversation: FrameConversation
    private let maxSize: Int
    private let state = Mutex(State())

    /// - Parameter maxSize: Bytes after which nothing more is recorded, since a lesson may print without end; the last
    ///   terminal's recording says so.
    init(conversation: FrameConversation, maxSize: Int) {
        self.conversation = conversation
        self.maxSize = maxSize
    }

    /// Makes the part of one terminal.
    func makeTape(for terminal: String) -> any TerminalObserver {
        let tape = Tape(terminal: terminal, recording: self)
        state.withLock { state in
            if !state.isClosed { state.tapes.append(tape) }
        }
        return tape
    }

    /// Answers the client until it wants no more, or is gone.
    func run() async {
        do {
            for try await frame in conversation.frames {
                if frame.kind == ControlFrame.end {
                    finish()
                    break
                }
                guard frame.kind == ControlFrame.bytes else { continue }
                state.withLock { $0.isAwaitingAnswer = false }
                sendNext()
            }
        } catch {}
        let waiters = state.withLock { state in
            state.isClosed = true
            state.pending = [:]
            // They refer to this recording.
            state.tapes = []
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Sends what is left though the client has not asked for the end: the lab ends.
    func end() async {
        guard !state.withLock({ $0.isClosed }) else { return }
        finish()
        await conversation.connection.flush()
    }

    /// Returns once more can be taken in.
    func waitForRoom() async {
        await withCheckedContinuation { continuation in
            let hasRoom = state.withLock { state in
                if state.isClosed || Self.hasRoom(state) { return true }
                state.waiters.append(continuation)
                return false
            }
            if hasRoom { continuation.resume() }
        }
    }

    private static func hasRoom(_ state: State) -> Bool { state.pending.values.reduce(0) { $0 + $1.count } < limit }

    /// - Parameter last: Adds what is to be said where the recording ends since it is full.
    fileprivate func add(
        to terminal: String, _ encode: (inout [UInt8]) -> Void, last: (inout [UInt8]) -> Void = { _ in }
    ) {
        state.withLock { state in
            guard !state.isClosed, state.size < maxSize else { return }
            var lines: [UInt8] = []
            encode(&lines)
            state.size += lines.count
            if state.size >= maxSize { last(&lines) }
            state.pending[terminal, default: []] += lines
        }
        sendNext()
    }

    private func sendNext() {
        let (frame, waiters) = state.withLock { state -> ([UInt8]?, [CheckedContinuation<Void, Never>]) in
            guard !state.isAwaitingAnswer, let next = state.pending.first(where: { !$0.value.isEmpty }) else {
                return (nil, [])
            }
            state.isAwaitingAnswer = true
            state.pending[next.key] = nil
            guard Self.hasRoom(state) else { return (Self.frame(next.key, next.value), []) }
            defer { state.waiters = [] }
            return (Self.frame(next.key, next.value), state.waiters)
        }
        if let frame { conversation.send(kind: ControlFrame.bytes, frame) }
        for waiter in waiters { waiter.resume() }
    }

    /// Sends the rest, answered or not: the client asked for the end and reads until it comes.
    private func finish() {
        for tape in state.withLock({ $0.tapes }) { tape.finish() }
        let rest = state.withLock { state in
            defer { state.pending = [:] }
            state.isClosed = true
            return state.pending
        }
        for (terminal, lines) in rest where !lines.isEmpty {
            conversation.send(kind: ControlFrame.bytes, Self.frame(terminal, lines))
        }
        conversation.send(kind: ControlFrame.end)
    }

    private static func frame(_ terminal: String, _ lines: [UInt8]) -> [UInt8] {
        [UInt8(terminal.utf8.count)] + terminal.utf8 + lines
    }
}

/// One terminal's part of a recording.
private final class Tape: TerminalObserver {
    private let terminal: String
    private let recording: LabRecording
    private let encoder: Mutex<AsciicastEncoder>

    init(terminal: String, recording: LabRecording) {
        self.terminal = terminal
        self.recording = recording
        encoder = Mutex(AsciicastEncoder(began: .now))
    }

    func note(_ event: TerminalEvent, at time: ContinuousClock.Instant) {
        recording.add(to: terminal) { lines in
            encoder.withLock { encoder in
                if case .began(let columns, let rows) = event {
                    encoder.header(
                        columns: columns, rows: rows, timestamp: Glibc.time(nil), title: terminal,
                        environment: [("SHELL", "/bin/bash"), ("TERM", "xterm-256color")], into: &lines)
                }
                encoder.encode(event, at: time, into: &lines)
            }
        } last: { lines in
            encoder.withLock { encoder in
                encoder.finish(into: &lines)
                encoder.encode(.marked("the recording ends here: it is full"), at: time, into: &lines)
            }
        }
    }

    func finish() {
        recording.add(to: terminal) { lines in encoder.withLock { $0.finish(into: &lines) } }
    }
}

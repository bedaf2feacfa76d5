import AgentProtocol
import FrameConnections
import LabControlProtocol
import Labs
import PseudoTerminals
import Synchronization
import TerminalSessions

/// A terminal of a lab that this process reads and writes itself.
///
/// The supervisor opens its shells, looks at their programs and tells of their ends; what is typed and printed doesn't pass
/// through it. All that happens at the terminal comes to the session in its order, on the thread of the lab's connection.
final class HeldTerminal: TerminalLine {
    private enum Event: Sendable {
        case output([UInt8])
        case looked(ForegroundState, CheckedContinuation<ForegroundState, any Error>)
        case typed([UInt8])
        case resized(TerminalSize)
        case ended(Int32?)
        case lost(any Error)
        case reached(CheckedContinuation<Void, Never>)
    }

    private typealias Look = CheckedContinuation<ForegroundState, any Error>

    private struct State {
        var session: TerminalSession?
        var nonce = ""
        /// The shell's terminal, while one runs.
        var channel: TerminalChannel?
        var conversation: FrameConversation?
        /// Whoever waits for the first shell of the conversation: `false` says that the terminal can't be held.
        var opening: CheckedContinuation<Bool, any Error>?
        var openingTask: Task<Bool, any Error>?
        var isRefused = false
        /// Why the terminal can't be used any more.
        var failure: (any Error)?
        /// In the order in which they were asked for.
        var looks: [Look] = []
        /// Looks that are given once what was printed before them has been read.
        var lateLooks: [(ForegroundState, Look)] = []
        /// Bytes that were read and have not been taken in yet.
        var outstanding = 0
        var follower: Task<Void, Never>?
        var isClosed = false
    }

    /// Reading stops while the session is this far behind: what else comes on the loop, such as the supervisor's signs of
    /// life, must not wait long for a lesson that prints much.
    private static let highWater = 1 << 17
    /// What is read at once at a shell's end.
    private static let maxDrained = 4 << 20

    private let name: String
    private let passed: PassedTerminals
    private let connection: FrameConnection
    private let state = Mutex(State())
    private let sink: AsyncStream<Event>.Continuation

    init(name: String, passed: PassedTerminals, connection: FrameConnection) {
        self.name = name
        self.passed = passed
        self.connection = connection
        let (events, sink) = AsyncStream<Event>.makeStream()
        self.sink = sink
        // Ends with `close()`.
        Task(executorPreference: connection.executor) { for await event in events { await self.take(event) } }
    }

    // MARK: Use

    /// The terminal's session, with a shell that runs or has just ended.
    ///
    /// - Returns: `nil` when the terminal can't be held.
    func session(of client: LabClient) async throws -> TerminalSession? {
        // What the supervisor has said until now may be the end of a shell.
        await withCheckedContinuation { sink.yield(.reached($0)) }
        let task = try state.withLock { state -> Task<Bool, any Error>? in
            if let failure = state.failure { throw failure }
            guard !state.isRefused, state.channel == nil else { return nil }
            let task =
                state.openingTask ?? Task(executorPreference: connection.executor) { try await self.open(for: client) }
            state.openingTask = task
            return task
        }
        if let task, try await !task.value { return nil }
        return state.withLock { $0.isRefused ? nil : $0.session }
    }

    private func open(for client: LabClient) async throws -> Bool {
        defer { state.withLock { $0.openingTask = nil } }
        let conversation = connection.open { [weak self] frame in self?.receive(frame) }
        let former = state.withLock { state in
            defer { state.conversation = conversation }
            return state.conversation
        }
        former?.send(kind: ControlFrame.end)
        former?.close()
        // Ends with the conversation.
        Task(executorPreference: connection.executor) {
            do {
                // Frames are taken where they arrive; here is seen that the supervisor goes away, or hangs.
                try await client.translated(conversation) { for try await _ in conversation.frames {} }
            } catch {
                self.lose(conversation.number, error)
            }
        }
        let request = try encode(ControlRequest.hold(terminal: name))
        return try await withCheckedThrowingContinuation { continuation in
            state.withLock { $0.opening = continuation }
            conversation.send(kind: ControlFrame.request, request)
        }
    }

    /// Lets go of the terminal; its shell, if one runs, is hung up.
    func close() {
        let (channel, follower, conversation) = state.withLock { state in
            state.isClosed = true
            defer { state.channel = nil }
            return (state.channel, state.follower, state.conversation)
        }
        channel?.close()
        follower?.cancel()
        conversation?.close()
        fail(with: LabError(code: .labEnded, problem: "terminal '\(name)' is closed"))
        sink.finish()
    }

    // MARK: Events

    private func take(_ event: Event) async {
        let session = state.withLock { $0.session }
        switch event {
        case .output(let bytes):
            await session?.receive(bytes)
            taken(bytes.count)
        case .looked(let look, let continuation): continuation.resume(returning: look)
        case .typed(let bytes): await session?.type(bytes)
        case .resized(let size): await session?.resize(columns: size.columns, rows: size.rows)
        case .ended(let status): await session?.ended(status: status)
        case .lost(let error): await session?.fail(with: error)
        case .reached(let continuation): continuation.resume()
        }
    }

    /// Takes a frame of the supervisor, in order, on the connection's loop.
    private func receive(_ frame: Frame) {
        do {
            switch frame.kind {
            case ControlFrame.opened: try opened(decode(from: frame.payload), frame.channel)
            case ControlFrame.ended: shellEnded(try decode(ExitStatus?.self, from: frame.payload))
            case ControlFrame.foreground: answerLook(ForegroundState(encoded: frame.payload) ?? ForegroundState())
            case ControlFrame.foregroundFailure:
                let error = try decode(LabError.self, from: frame.payload)
                state.withLock { $0.looks.isEmpty ? nil : $0.looks.removeFirst() }?.resume(throwing: error)
            case ControlFrame.bytes: sink.yield(.typed(frame.payload))
            case ControlFrame.size: sink.yield(.resized(try decode(from: frame.payload)))
            case ControlFrame.follow: follow()
            case ControlFrame.failure: lose(frame.channel, try decode(LabError.self, from: frame.payload))
            case ControlFrame.end: refuse()
            default: break
            }
        } catch {
            lose(frame.channel, error)
        }
    }

    private func opened(_ shell: HeldShell, _ number: UInt32) throws {
        guard let master = passed.take(number) else {
            throw LabError(code: .system, problem: "terminal '\(name)' was not passed")
        }
        let channel = try TerminalChannel(
            master, on: connection.eventLoop, fail: { [weak self] error in self?.fail(with: error) },
            receive: { [weak self] bytes in self?.received(bytes) })
        // After a reset the terminal of this name has nothing of the one before.
        let known = state.withLock { $0.nonce == shell.nonce ? $0.session : nil }
        let session =
            known
            ?? TerminalSession(
                name: name, nonce: shell.nonce, line: self, columns: shell.size.columns, rows: shell.size.rows)
        let (opening, former) = state.withLock { state in
            state.session = session
            state.nonce = shell.nonce
            defer {
                state.channel = channel
                state.opening = nil
            }
            return (state.opening, state.channel)
        }
        former?.close()
        opening?.resume(returning: true)
    }

    private func shellEnded(_ status: ExitStatus?) {
        guard let channel = state.withLock({ $0.channel }) else { return }
        let bytes = channel.closeReading(upTo: Self.maxDrained)
        state.withLock { $0.channel = nil }
        if bytes.isEmpty { giveLateLooks() } else { received(bytes) }
        var code: Int32?
        if case .code(let number) = status { code = number }
        sink.yield(.ended(code))
    }

    private func answerLook(_ look: ForegroundState) {
        var look = look
        let (waiter, channel) = state.withLock { ($0.looks.isEmpty ? nil : $0.looks.removeFirst(), $0.channel) }
        guard let waiter else { return }
        if channel?.hasUnwritten == true {
            look.inputPending = true
            look.isWaitingForTerminal = false
        }
        // What was printed before the look comes before it.
        if channel?.hasUnread == true {
            look.outputPending = true
            look.isWaitingForTerminal = false
            state.withLock { $0.lateLooks.append((look, waiter)) }
        } else {
            sink.yield(.looked(look, waiter))
        }
    }

    /// Gives the looks that waited for output to be read.
    private func giveLateLooks() {
        let looks = state.withLock { state in
            defer { state.lateLooks = [] }
            return state.lateLooks
        }
        for (look, waiter) in looks { sink.yield(.looked(look, waiter)) }
    }

    private func received(_ bytes: [UInt8]) {
        let channel = state.withLock { state in
            let before = state.outstanding
            state.outstanding += bytes.count
            return before < Self.highWater && state.outstanding >= Self.highWater ? state.channel : nil
        }
        channel?.setReading(false)
        sink.yield(.output(bytes))
        giveLateLooks()
    }

    private func taken(_ count: Int) {
        let channel = state.withLock { state in
            let before = state.outstanding
            state.outstanding -= count
            return before >= Self.highWater && state.outstanding < Self.highWater ? state.channel : nil
        }
        channel?.setReading(true)
    }

    // MARK: Ends

    private func refuse() {
        let opening = state.withLock { state in
            state.isRefused = true
            defer { state.opening = nil }
            return state.opening
        }
        opening?.resume(returning: false)
    }

    /// The conversation with the supervisor is over: a shell that could not be started may be tried again, and everything else
    /// is the lab's end.
    private func lose(_ number: UInt32, _ error: any Error) {
        let (isCurrent, opening) = state.withLock { state in
            guard state.conversation?.number == number else {
                return (false, nil as CheckedContinuation<Bool, any Error>?)
            }
            defer { state.opening = nil }
            return (true, state.opening)
        }
        guard isCurrent else { return }
        if let opening { opening.resume(throwing: error) } else { fail(with: error) }
    }

    private func fail(with error: any Error) {
        let (looks, opening) = state.withLock { state in
            state.failure = state.failure ?? error
            defer {
                state.looks = []
                state.opening = nil
            }
            return (state.looks, state.opening)
        }
        giveLateLooks()
        for look in looks { look.resume(throwing: error) }
        opening?.resume(throwing: error)
        sink.yield(.lost(error))
    }

    // MARK: Others who look

    /// Shows the terminal to the supervisor, for others; goes on until the terminal is closed.
    private func follow() {
        state.withLock { state in
            guard let session = state.session, let conversation = state.conversation, !state.isClosed else { return }
            state.follower?.cancel()
            state.follower = Task(executorPreference: connection.executor) {
                while !Task.isCancelled {
                    // One that is too slow for its stream gets the screen again.
                    let (snapshot, stream) = await session.attach()
                    guard (try? await conversation.sendAndWait(kind: ControlFrame.bytes, snapshot)) != nil else {
                        return
                    }
                    for await bytes in stream {
                        guard (try? await conversation.sendAndWait(kind: ControlFrame.bytes, bytes)) != nil else {
                            return
                        }
                    }
                }
            }
        }
    }

    // MARK: The line

    func write(_ bytes: [UInt8]) { state.withLock { $0.channel }?.write(bytes) }

    func resize(columns: Int, rows: Int) {
        state.withLock { $0.channel }?.resize(columns: columns, rows: rows)
    }

    func foreground() async throws -> ForegroundState {
        try await withCheckedThrowingContinuation { continuation in
            // Under the lock, so that answers come in the order of the questions.
            let failure = state.withLock { state -> (any Error)? in
                if let failure = state.failure { return failure }
                state.looks.append(continuation)
                state.conversation?.send(kind: ControlFrame.foreground)
                return nil
            }
            if let failure { continuation.resume(throwing: failure) }
        }
    }

    func signalForeground(_ signal: Int32) { ask(ControlFrame.signal, signal) }

    func killJobs(startedWithin seconds: Double) { ask(ControlFrame.killJobs, seconds) }

    private func ask(_ kind: UInt8, _ value: some Encodable) {
        guard let bytes = try? encode(value) else { return }
        state.withLock { $0.conversation }?.send(kind: kind, bytes)
    }
}

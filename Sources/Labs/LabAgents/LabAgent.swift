public import AgentProtocol
public import Diagnostics
public import FrameConnections
public import NIOCore
public import PseudoTerminals

/// The agent inside a lab, as the supervisor speaks to it.
///
/// An engine hands over the byte stream; everything that happens in the lab's network and file system goes through here.
public struct LabAgent: Sendable {
    private let connection: FrameConnection
    private let masters: PassedTerminals?

    /// Takes over the stream to an agent that has just been started, and waits for its greeting.
    ///
    /// - Parameters:
    ///   - descriptor: A connected stream socket; belongs to the agent from now on.
    ///   - passing: Over which it passes masters of terminals; `nil` where it can't.
    /// - Throws: ``AgentError`` when what answers is no agent, or one of another version, or nothing answers.
    public init(
        adopting descriptor: Int32, passing: DescriptorSocket? = nil, on group: any EventLoopGroup
    ) async throws {
        masters = passing.map(PassedTerminals.init)
        let (greetings, greeting) = AsyncStream<Frame>.makeStream()
        connection = try await FrameConnection.adopt(descriptor, limit: 1 << 20, on: group) { frame, conversation in
            greeting.yield(frame)
            conversation.close()
        }
        let connection = connection
        // Ends the wait for a greeting that can no longer come.
        let watch = Task {
            await connection.waitUntilClosed()
            greeting.finish()
        }
        defer { watch.cancel() }
        // A lab may start while many others do.
        try await expectingAnswer(patience: .seconds(30)) {
            for await frame in greetings {
                guard try AgentEvent(frame) == .ready(version: AgentEvent.version) else {
                    throw AgentError.otherVersion
                }
                return
            }
            throw AgentError.gone
        }
    }

    /// For tasks that live on what the agent says.
    public var executor: EventLoopExecutor { connection.executor }

    /// Waits for something that the agent is to do, for as long as it shows that it's alive, however long that takes.
    ///
    /// - Parameters:
    ///   - patience: For how long it may give no sign of life.
    ///   - body: Is cancelled when it's given up, and left behind if it doesn't heed that.
    /// - Throws: ``AgentError`` with code `.silent`, and what the body throws.
    public func expectingAnswer<Value: Sendable>(
        patience: Duration = .milliseconds(3750), _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await connection.expectingAnswer(patience: patience, body)
        } catch is PeerSilent {
            throw AgentError.silent
        } catch is ConnectionClosed {
            throw AgentError.gone
        }
    }

    /// Returns once the agent has answered: what it said before has arrived.
    ///
    /// - Throws: ``AgentError`` with code `.silent` or `.gone`.
    public func ping() async throws {
        try await expectingAnswer { try await connection.ping() }
    }

    /// Starts a service.
    ///
    /// - Parameter output: Given what the service prints, in order, on standard output and standard error alike; all of it
    ///   before the end of the process is told. A slow one holds the service up.
    public func start(
        _ spec: ProcessSpec, output: @escaping @Sendable ([UInt8]) -> Void
    ) async throws -> AgentProcess {
        let exit = NotedExit()
        let conversation = open(.start(spec), noting: exit.note)
        let pid = try await expectingAnswer {
            var events = conversation.frames.makeAsyncIterator()
            return try await started(&events, conversation)
        }
        return AgentProcess(pid: pid, conversation: conversation, noted: exit, output: output)
    }

    /// Runs a command to its end.
    ///
    /// A non-zero exit status is a result.
    ///
    /// - Parameters:
    ///   - outputLimit: Bytes of output kept, half from the beginning and half from the end; at most 512 KiB.
    ///   - timeout: After it the command is killed, and the status says so (`signal 9`).
    public func run(
        _ spec: ProcessSpec, outputLimit: Int = 64 * 1024, timeout: Duration? = nil
    ) async throws -> CommandResult {
        let conversation = open(
            .run(spec, outputLimit: UInt32(clamping: outputLimit), milliseconds: timeout?.wholeMilliseconds ?? 0))
        return try await expectingAnswer {
            try await withTaskCancellationHandler {
                defer { conversation.close() }
                var events = conversation.frames.makeAsyncIterator()
                _ = try await started(&events, conversation)
                while let frame = try await next(&events) {
                    if case .finished(let status, let output) = try AgentEvent(frame) {
                        return CommandResult(status: status, output: output)
                    }
                }
                throw CancellationError()
            } onCancel: {
                send(.close, on: conversation)
                conversation.close()
            }
        }
    }

    /// Opens a pseudo-terminal and starts a shell in it.
    ///
    /// - Parameter passesMaster: Asks for the terminal's master, so that this side reads and writes the terminal itself. Where
    ///   that isn't possible the terminal has none, and the agent relays.
    public func openTerminal(
        _ spec: ProcessSpec, columns: Int, rows: Int, passesMaster: Bool = false
    ) async throws -> AgentTerminal {
        let conversation = open(
            .openTerminal(
                spec, columns: UInt16(clamping: columns), rows: UInt16(clamping: rows),
                passesMaster: passesMaster && masters != nil))
        let pid = try await expectingAnswer {
            var events = conversation.frames.makeAsyncIterator()
            return try await started(&events, conversation)
        }
        return AgentTerminal(
            shell: pid, conversation: conversation, master: passesMaster ? masters?.take(conversation.number) : nil)
    }

    /// Opens a TCP stream to a port of the lab.
    ///
    /// - Parameter address: Of the lab's own network, as seen from its workspace.
    /// - Throws: ``AgentError`` with code `.refused` when nothing listens there.
    public func connect(port: Int, address: LabAddress = .loopback) async throws -> AgentStream {
        let conversation = open(.connect(port: UInt16(clamping: port), address: address))
        switch try await answer(in: conversation) {
        case .connected: return AgentStream(conversation: conversation)
        case .failed(_, let message):
            conversation.close()
            throw AgentError(code: .refused, problem: "port \(port) of the lab doesn't answer: \(message)")
        default: throw AgentError.otherVersion
        }
    }

    /// Says how much memory everything in the lab uses; channel 0 stands for what belongs to no service or terminal.
    public func usage() async throws -> [ProcessUsage] {
        let conversation = open(.usage)
        defer { conversation.close() }
        guard case .usage(let entries) = try await answer(in: conversation) else { throw AgentError.gone }
        return entries
    }

    /// Writes a file inside the lab, and makes the directories above it.
    ///
    /// - Parameter contents: At most 1,000,000 bytes.
    public func write(_ contents: [UInt8], to path: String) async throws {
        try await finish(.writeFile(path, contents))
    }

    /// Notes what lies in these directories now, as what ``tidy()`` comes back to; replaces an earlier note of the same
    /// directory. Contents aren't noted, names are.
    public func snapshot(_ directories: [String]) async throws {
        try await finish(.snapshot(directories), patience: Self.diskPatience)
    }

    /// Ends every process that belongs to no service, terminal or command, and removes from the remembered directories what
    /// wasn't there. What is mounted below them is left alone.
    public func cleanUp() async throws {
        try await finish(.cleanUp, patience: Self.diskPatience)
    }

    /// The agent does nothing else while it goes through directories.
    private static let diskPatience = Duration.seconds(60)

    /// Ends the agent and with it everything in the lab.
    public func close() {
        connection.close()
    }

    /// Returns when the agent is gone.
    public func waitUntilClosed() async {
        await connection.waitUntilClosed()
    }

    func open(_ request: AgentRequest, noting note: (@Sendable (Frame) -> Void)? = nil) -> FrameConversation {
        let conversation = connection.open(noting: note)
        send(request, on: conversation)
        return conversation
    }

    func send(_ request: AgentRequest, on conversation: FrameConversation) {
        connection.send(request.frame(on: conversation.number))
    }

    /// Waits until the agent says that it has done what was asked.
    private func finish(_ request: AgentRequest, patience: Duration = .milliseconds(3750)) async throws {
        let conversation = open(request)
        defer { conversation.close() }
        if case .failed(let number, let message) = try await answer(in: conversation, patience: patience) {
            throw AgentError(code: .cannotWrite(errno: number), problem: "cannot write \(message)")
        }
    }

    /// The next that the agent says in a conversation.
    func answer(
        in conversation: FrameConversation, patience: Duration = .milliseconds(3750)
    ) async throws -> AgentEvent {
        try await expectingAnswer(patience: patience) {
            var events = conversation.frames.makeAsyncIterator()
            guard let frame = try await next(&events) else { throw AgentError.gone }
            return try AgentEvent(frame)
        }
    }

    private func started(
        _ events: inout FrameConnection.Frames.Iterator, _ conversation: FrameConversation
    ) async throws -> Int32 {
        guard let frame = try await next(&events) else { throw AgentError.gone }
        switch try AgentEvent(frame) {
        case .started(let pid): return pid
        case .failed(let number, let message):
            conversation.close()
            throw AgentError(code: .cannotStart(errno: number), problem: "cannot start \(message)")
        default: throw AgentError.otherVersion
        }
    }

    func next(_ events: inout FrameConnection.Frames.Iterator) async throws -> Frame? {
        do {
            return try await events.next(isolation: #isolation)
        } catch is ConnectionClosed {
            throw AgentError.gone
        }
    }
}

/// How a helper command ended and what it printed.
public struct CommandResult: Sendable {
    /// A failure is a result like any other; `signal 9` also means that the time limit was over.
    public var status: ExitStatus
    /// Standard output and standard error in the order in which they came, as far as they were kept.
    public var output: BoundedOutput

    /// The output as text, with a line in place of what was left out.
    public var text: String {
        let head = String(decoding: output.head, as: UTF8.self)
        let tail = String(decoding: output.tail, as: UTF8.self)
        return output.omitted == 0 ? head + tail : "\(head)\n[\(output.omitted) bytes left out]\n\(tail)"
    }
}

/// Something that the agent couldn't do.
public struct AgentError: UserFacingError {
    /// What kind of failure it was, for callers that react to it; an `errno` is from inside the lab.
    public enum Code: Hashable, Sendable {
        case gone
        /// It's there, and gives no sign of life.
        case silent
        case otherVersion
        case cannotStart(errno: Int32)
        case cannotWrite(errno: Int32)
        case markerMissing
        case refused
    }

    /// What callers decide by; ``problem`` is for people.
    public let code: Code
    /// What failed, naming its subject where there is one; lower case, without a full stop.
    public let problem: String
    /// The next thing to try; `nil` when nothing helps in general.
    public var remedy: String? = nil

    /// The connection to the agent has ended, so that nothing can be asked of it any more.
    public static let gone = Self(code: .gone, problem: "the lab's agent is gone")
    /// The connection is open, but the agent has left a question unanswered for too long.
    public static let silent = Self(
        code: .silent, problem: "the lab's agent does not answer",
        remedy: "it was stopped, or the machine is overloaded: end the lab and start it again")
    static let otherVersion = Self(
        code: .otherVersion, problem: "the agent inside the lab speaks another version of the protocol",
        remedy: "build 'lectern' and 'lectern-agent' together")
}

extension Duration {
    /// Rounded up, at least 1, for limits that mean "none" by 0.
    var wholeMilliseconds: UInt32 {
        let (seconds, attoseconds) = components
        return UInt32(clamping: max(1, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}

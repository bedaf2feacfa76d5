import AgentProtocol
import Diagnostics
import FoundationEssentials
import FrameConnections
import Glibc
import HostFiles
public import LabControlProtocol
public import Labs
public import Lessons
import NIOPosix
import Processes
import PseudoTerminals
import TerminalScreens
import TerminalSessions

/// A connection to the supervisor of a lab.
///
/// Every method throws ``LabError``; with code `.supervisorGone` once the connection is lost.
public struct LabClient: Sendable {
    /// As people call the lab.
    public let name: String
    let connection: FrameConnection
    private let directory: LabDirectory
    /// The supervisor, when it's this process's child.
    private let child: SupervisorChild?
    /// Terminals that this process may read and write itself; `nil` when the supervisor isn't its child.
    let held: HeldTerminals?

    /// - Parameters:
    ///   - child: The supervisor, when it's this process's child.
    ///   - passed: The terminals that it passes to this process.
    init(
        name: String, connection: FrameConnection, directory: LabDirectory, child: SupervisorChild? = nil,
        passed: PassedTerminals? = nil
    ) {
        held = passed.map(HeldTerminals.init)
        self.name = name
        self.connection = connection
        self.directory = directory
        self.child = child
    }

    /// Starts a supervisor and waits until its lab is ready.
    ///
    /// What labs left whose supervisors are gone is removed first.
    ///
    /// - Parameters:
    ///   - executable: The path of `lectern`, whose `supervise` subcommand calls ``LabSupervisor/run(name:)``.
    ///   - lifeline: `true` ends the lab with this client, however the client ends, until ``keep()``. `false` keeps it once it
    ///     is ready; a client that ends earlier takes it along in either case.
    ///   - onEvent: Called in order, from the beginning until the lab is ready or has failed; for services that die later
    ///     see ``status()``.
    public static func start(
        _ request: LabRequest, supervisor executable: String, lifeline: Bool,
        onEvent: @Sendable (LabEvent) -> Void
    ) async throws -> LabClient {
        let state = StateDirectory.current
        await state.removeStale()
        let (directory, lock) = try state.claim(request.name)
        let (inner, outer) = try makeSocketPair()
        let (passingInside, passing) = try DescriptorSocket.makePair()
        let passed = PassedTerminals(DescriptorSocket(adopting: passing))
        let pid: pid_t
        do {
            defer {
                lock.release()
                close(inner)
                close(passingInside)
            }
            pid = try spawnSupervisor(executable, directory, control: inner, lock: lock, passing: passingInside)
        } catch {
            close(outer)
            throw error
        }
        let connection = try await FrameConnection.adopt(
            outer, limit: ControlFrame.limit, on: MultiThreadedEventLoopGroup.singleton)
        let client = LabClient(
            name: directory.name, connection: connection, directory: directory, child: SupervisorChild(pid: pid),
            passed: passed)
        var request = request
        request.name = directory.name
        do {
            try await client.begin(request, onEvent)
            if !lifeline { try await client.keep() }
            return client
        } catch {
            // A task of its own, so that an interrupted start leaves nothing behind either.
            await Task { await client.abandon() }.value
            throw error
        }
    }

    /// Connects to a lab that is up, or on its way.
    public static func connect(to name: String) async throws -> LabClient {
        let directory = try StateDirectory.current.named(name)
        do {
            let connection = try await directory.withSocketPath { path in
                try await FrameConnection.connect(
                    unixSocket: path, limit: ControlFrame.limit, on: MultiThreadedEventLoopGroup.singleton)
            }
            return LabClient(name: name, connection: connection, directory: directory, child: nil)
        } catch {
            throw directory.noSuchLab
        }
    }

    /// Every lab of this user, in the order of their names; those that were left behind too.
    public static func all() -> [LabSummary] {
        StateDirectory.current.all().map { directory in
            let lock = FileLock.take(directory.lock)
            lock?.release()
            let record = directory.record
            return LabSummary(
                name: directory.name, isRunning: lock == nil && access(directory.lock, F_OK) == 0,
                engine: record?.engine, composeFiles: record?.request.composeFiles ?? [], pid: directory.pid)
        }
    }

    private static func spawnSupervisor(
        _ executable: String, _ directory: LabDirectory, control: Int32, lock: FileLock, passing: Int32
    ) throws -> pid_t {
        let log = Glibc.open(directory.supervisorLog, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(log) }
        let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
        return try SpawnRequest(
            [executable, "supervise", directory.name], environment: environment,
            descriptors: [control, log, log, lock.descriptor, passing], startsSession: true
        ).spawn()
    }

    private func begin(_ request: LabRequest, _ onEvent: (LabEvent) -> Void) async throws {
        let conversation = try open(.start(request))
        defer { conversation.close() }
        try await translated(conversation) {
            for try await frame in conversation.frames {
                let event: LabEvent = try value(of: frame)
                onEvent(event)
                switch event {
                case .ready: return
                case .failed(let error):
                    await endChild()
                    throw error
                default: break
                }
            }
            throw supervisorGone
        }
    }

    // MARK: A lab that is up

    /// The lab's state; an agent that doesn't answer is a problem in it, not an error.
    public func status() async throws -> LabStatus { try await ask(.status) }

    /// Asks the lab, where its parts run, whether all is as it should be at this moment.
    ///
    /// - Parameter afterFailure: Something went wrong in the lab: a service that doesn't meet its readiness conditions any more
    ///   is given a second to turn out to be ending.
    /// - Throws: ``LabError`` that names what the lab has lost, with the end of its log, or what doesn't answer; and when the
    ///   lab is gone.
    public func checkHealth(afterFailure: Bool = false) async throws {
        let _: Bool = try await ask(.health(afterFailure: afterFailure))
    }

    /// Waits until a service has ended by itself, which may have been before, or the lab has.
    ///
    /// - Returns: What was lost, by name, with the end of its log.
    /// - Throws: ``LabError`` when the lab is gone or can't be asked, and `CancellationError`.
    public func waitForLoss() async throws -> LabError {
        let conversation = try open(.losses)
        defer { conversation.close() }
        return try await translated(conversation) {
            for try await frame in conversation.frames { return try value(of: frame) }
            try Task.checkCancellation()
            throw supervisorGone
        }
    }

    /// Has the lab go on without this client, which was its lifeline until now.
    public func keep() async throws {
        let _: Bool = try await ask(.keep)
    }

    /// The parts of a lesson's start that the lab has behind it since it was made, or reset.
    ///
    /// - Parameter lesson: The absolute directory of the scenario.
    public func startedParts(of lesson: String) async throws -> Set<LessonStart> {
        try await ask(.startedParts(lesson: lesson))
    }

    /// Has the lab remember whether a part of a lesson's start is done.
    public func mark(_ part: LessonStart, of lesson: String, isDone: Bool) async throws {
        let _: Bool = try await ask(.noteStart(part, lesson: lesson, isDone: isDone))
    }

    /// Runs a command in the workspace, outside the terminals. A non-zero exit status is a result.
    ///
    /// - Parameters:
    ///   - environment: Beside what the workspace has.
    ///   - outputLimit: Bytes kept, half from the beginning and half from the end; at most 512 KiB.
    ///   - timeout: After it the command is killed.
    public func run(
        _ command: [String], environment: [String: String] = [:], outputLimit: Int = 64 * 1024,
        timeout: Duration? = nil
    ) async throws -> LabCommandResult {
        try await ask(
            .run(command: command, environment: environment, outputLimit: outputLimit, seconds: timeout?.seconds))
    }

    /// Runs a command that fills the lab with data; when it succeeds, ``reset(onEvent:)`` will run it again.
    ///
    /// Otherwise as ``run(_:environment:outputLimit:timeout:)``.
    public func seed(
        _ command: [String], outputLimit: Int = 64 * 1024, timeout: Duration? = nil
    ) async throws -> LabCommandResult {
        try await ask(.seed(command: command, outputLimit: outputLimit, seconds: timeout?.seconds))
    }

    /// Takes the lab back to the state after its seeding: its data, the workspace's home, the terminals.
    ///
    /// Goes on when the client goes away. After a failure the lab is `degraded`, and a reset can be tried again.
    ///
    /// - Parameter onEvent: Called for each service that is ready again, and at the end.
    public func reset(onEvent: (LabEvent) -> Void) async throws {
        try await follow(.reset, onEvent)
    }

    /// Hands over what happens on the way to something that ends with the lab being ready.
    private func follow(_ request: ControlRequest, _ onEvent: (LabEvent) -> Void) async throws {
        let conversation = try open(request)
        defer { conversation.close() }
        try await translated(conversation) {
            for try await frame in conversation.frames {
                let event: LabEvent = try value(of: frame)
                onEvent(event)
                if case .ready = event { return }
            }
            try Task.checkCancellation()
            throw supervisorGone
        }
    }

    /// Ends a service and starts it again, with its data as it is.
    ///
    /// - Parameter onEvent: Called for what happens on the way, and at the end.
    /// - Throws: ``LabError`` when there's no such service, when it can't be restarted now, or when it isn't ready again in
    ///   time; the lab is then degraded.
    public func restart(_ service: String, onEvent: (LabEvent) -> Void) async throws {
        try await follow(.restart(service: service), onEvent)
    }

    /// Asks a port of the lab for a page.
    ///
    /// - Returns: The status of the answer, redirects included; `nil` when nothing answers.
    public func probe(port: Int, path: String = "/") async throws -> Int? {
        try await ask(.probe(port: port, path: path))
    }

    /// Hands over a service's log, from its beginning.
    ///
    /// - Parameter follow: Goes on with what is appended, until the task is cancelled or the lab ends.
    public func readLog(of service: String, follow: Bool = false, _ body: ([UInt8]) -> Void) async throws {
        let conversation = try open(.logs(service: service, follow: follow))
        defer {
            conversation.send(kind: ControlFrame.end)
            conversation.close()
        }
        try await translated(conversation) {
            for try await frame in conversation.frames {
                switch frame.kind {
                case ControlFrame.bytes: body(frame.payload)
                case ControlFrame.end: return
                default: let _: Bool = try value(of: frame)
                }
            }
        }
    }

    /// Joins a terminal as a person; see ``TerminalAttachment``.
    ///
    /// The terminal has the size of the window whose person typed or changed its size last, as tmux's `window-size latest`.
    ///
    /// - Parameter isReadOnly: What is typed goes nowhere, and the window's size doesn't count.
    public func attach(
        to terminal: String, columns: Int, rows: Int, isReadOnly: Bool = false
    ) throws -> TerminalAttachment {
        let request = ControlRequest.attach(
            terminal: terminal, TerminalSize(columns: columns, rows: rows), isReadOnly: isReadOnly)
        return TerminalAttachment(conversation: try open(request))
    }

    /// Ends the lab; returns when nothing of it is left, its supervisor included.
    ///
    /// A supervisor that doesn't answer is killed when it's this process's child, and what it leaves is removed.
    public func stop() async throws {
        defer { held?.close() }
        if child?.isSilent == true {
            child?.kill()
            await endChild()
            return
        }
        let result: Result<Bool, any Error>
        do { result = .success(try await ask(.stop)) } catch { result = .failure(error) }
        guard case .failure(let error as LabError) = result else {
            _ = await within(.seconds(10), connection.waitUntilClosed)
            await endChild()
            _ = try result.get()
            return
        }
        switch error.code {
        case .notAnswering: child?.kill()
        // What could not be taken down is told; the supervisor ends all the same.
        default: _ = await within(.seconds(10), connection.waitUntilClosed)
        }
        // What the supervisor has just been refused is not asked for again.
        await endChild(removesRemains: error.code != .leftBehind)
        throw error
    }

    /// Ends a lab that didn't come up; returns when its supervisor is gone.
    private func abandon() async {
        _ = try? await stop()
        connection.close()
        await endChild()
    }

    /// Leaves the lab, which goes on unless this client is its lifeline.
    public func disconnect() {
        connection.close()
    }

    // MARK: Conversations

    func open(_ request: ControlRequest) throws -> FrameConversation {
        let conversation = connection.open()
        conversation.send(kind: ControlFrame.request, try encode(request))
        return conversation
    }

    func ask<Answer: Decodable & Sendable>(_ request: ControlRequest) async throws -> Answer {
        let conversation = try open(request)
        defer { conversation.close() }
        return try await translated(conversation) {
            for try await frame in conversation.frames { return try value(of: frame) }
            try Task.checkCancellation()
            throw supervisorGone
        }
    }

    func value<Answer: Decodable>(of frame: Frame) throws -> Answer {
        if frame.kind == ControlFrame.failure { throw try decode(LabError.self, from: frame.payload) }
        return try decode(from: frame.payload)
    }

    /// Reads a conversation's frames; a supervisor that goes away under it, or gives no sign of life, is told as an error.
    func translated<Value>(_ conversation: FrameConversation, _ body: () async throws -> Value) async throws -> Value {
        do {
            return try await conversation.expectingFrames(body)
        } catch is ConnectionClosed {
            // It goes with what the supervisor leaves.
            let log = supervisorLog
            await endChild()
            throw supervisorGone(log)
        } catch is PeerSilent {
            child?.noteSilence()
            throw LabError(
                code: .notAnswering, problem: "the supervisor of lab '\(name)' does not answer",
                remedy: "'lectern down \(name)' ends it", logTail: supervisorLog)
        }
    }

    var supervisorGone: LabError { supervisorGone(supervisorLog) }

    private func supervisorGone(_ log: String) -> LabError {
        let how = child?.knownExit.map { " ended with \($0)" } ?? " went away"
        return LabError(
            code: .supervisorGone, problem: "the supervisor of lab '\(name)'\(how)",
            remedy: "start the lab again; 'lectern down \(name)' removes what is left", logTail: log)
    }

    private var supervisorLog: String { endOfFile(directory.supervisorLog, limit: 4096) }

    /// Sees a supervisor off that is this process's child, and removes what it leaves when it was killed.
    ///
    /// It has lost its connection, or was told to end; one that doesn't end soon is killed.
    private func endChild(removesRemains: Bool = true) async {
        guard let child else { return }
        await child.seeOff { [directory] in
            if await within(.seconds(3), child.exit) == nil {
                child.kill()
                _ = await within(.seconds(5), child.exit)
            }
            guard removesRemains, let lock = FileLock.take(directory.lock) else { return }
            defer { lock.release() }
            try? await directory.removeWithRemains()
        }
    }
}

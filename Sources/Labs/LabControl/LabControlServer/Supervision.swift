import AgentProtocol
import ComposeFiles
import Diagnostics
import FoundationEssentials
import FrameConnections
import HostFiles
import LabAgents
import LabControlProtocol
import LabEngines
import Labs
import Lessons
import NIOCore
import PseudoTerminals
import TerminalSessions

/// Owns one lab: its pod, services, terminals and forwarded ports.
actor Supervision {
    enum State {
        case idle
        case starting
        case running(any LabPod)
        case resetting
        case stopping
        case stopped
    }

    let directory: LabDirectory
    let group: any EventLoopGroup
    /// Over which terminals are passed to the client that made the lab; `nil` where nobody takes them.
    let passing: DescriptorSocket?
    /// For a lab that is this to its engine.
    let engines: @Sendable (LabIdentity) -> any EngineChoosing
    var state = State.idle
    var record = LabRecord(request: LabRequest(), engine: .process)
    /// What the Compose file asks for.
    var plans: [Service] = []
    /// The engine at work on the pod: until it's through, what it has made is known to it alone.
    var opening: Task<any LabPod, any Error>?
    /// How the Compose file says that the lab is seeded.
    var seeder: Seeder?
    /// Set as soon as there's something to tear down, which may be before the lab is running.
    var pod: (any LabPod)?
    var forwarder: PortForwarder?
    var services: [ServiceStatus] = []
    /// What runs, or ran last, by service.
    var running: [String: any LabService] = [:]
    /// Services that ended by themselves and have not been started again, in the order in which they were missed.
    var losses: [(service: String, error: LabError)] = []
    /// Those who are told of losses.
    var lossWatchers: [UUID: AsyncStream<LabError>.Continuation] = [:]
    /// Counts the starts of each service, so that the end of an earlier one isn't taken for that of the present one.
    var generations: [String: Int] = [:]
    var terminals: [String: LabTerminal] = [:]
    var recordings: [LabRecording] = []
    /// Commands that fill the lab with data and haven't ended.
    private var seedingsInFlight = 0
    let began = ContinuousClock.now
    var startSeconds: Double?
    /// Why the last reset failed; `nil` when it didn't.
    var resetProblem: String?
    /// Services that are being restarted.
    var restarting: Set<String> = []
    /// What the lab has behind it of lessons' starts, by the lesson's directory.
    var lessonStarts: [String: Set<LessonStart>] = [:]
    /// Whether the lab goes on when the client goes away that made it.
    private(set) var isKept = false
    /// Says why the lab has ended by itself, once it has.
    var end: Task<LabError, Never>?
    /// Why the lab ended by itself; `nil` as long as it didn't.
    var endReason: LabError?
    /// What kept the end from being complete.
    private(set) var leftover: LabError?
    /// Told once the lab is gone.
    private var failed: (FrameConversation, LabError)?
    private var stopRequests: [FrameConversation] = []
    /// Requests that have not been answered in full; the first one, which starts the lab, and those to end it apart.
    private var answersUnderWay = 0
    private var answerWaiters: [CheckedContinuation<Void, Never>] = []
    private var stopWaiters: [CheckedContinuation<Void, Never>] = []

    init(
        directory: LabDirectory, group: any EventLoopGroup, passing: DescriptorSocket? = nil,
        engines: @escaping @Sendable (LabIdentity) -> any EngineChoosing
    ) {
        self.directory = directory
        self.group = group
        self.passing = passing
        self.engines = engines
    }

    /// Takes the first frame of a conversation that a client opens.
    nonisolated func accept(_ frame: Frame, _ conversation: FrameConversation) {
        // Ends with the conversation.
        Task(executorPreference: conversation.connection.executor) { [self] in
            guard frame.kind == ControlFrame.request,
                let request = try? decode(ControlRequest.self, from: frame.payload)
            else { return conversation.close() }
            switch request {
            case .start(let request): await start(request, in: conversation)
            case .record: await record(in: conversation)
            case .stop: await stop(for: conversation)
            default: await answer(request, in: conversation)
            }
        }
    }

    private func answer(_ request: ControlRequest, in conversation: FrameConversation) async {
        answersUnderWay += 1
        do {
            try await give(request, in: conversation)
        } catch {
            conversation.fail(await explained(error))
        }
        conversation.close()
        // The process may end as soon as nothing is under way.
        await conversation.connection.flush()
        answersUnderWay -= 1
        guard answersUnderWay == 0 else { return }
        for waiter in answerWaiters { waiter.resume() }
        answerWaiters = []
    }

    /// Why the agent is gone or silent, where it's known: that says more than that it is.
    private func explained(_ error: any Error) async -> any Error {
        guard let end, let error = error as? AgentError else { return error }
        switch error.code {
        case .gone: return await within(.seconds(2)) { await end.value } ?? error
        // Its words come through an engine, which may be what hangs, and takes a while to be found out.
        case .silent where record.engine == .docker: return await within(.seconds(8)) { await end.value } ?? error
        default: return error
        }
    }

    private func give(_ request: ControlRequest, in conversation: FrameConversation) async throws {
        switch request {
        case .stop, .start, .record: break
        case .status: try conversation.reply(await status())
        case .health(let afterFailure):
            try await checkHealth(afterFailure: afterFailure)
            try conversation.reply(true)
        case .losses: try await tellLosses(in: conversation)
        case .logs(let service, let follow): try await sendLog(of: service, follow: follow, in: conversation)
        case .perform(let name, let input):
            let terminal = try await usableTerminal(name)
            try conversation.reply(
                try await capture { [session = terminal.session] in try await session.perform(input) })
        case .resume(let name, let token, let patience):
            let terminal = try await usableTerminal(name)
            try conversation.reply(
                try await capture { [session = terminal.session] in try await session.resume(token, patience: patience)
                })
        case .screen(let name): try conversation.reply(try await watchedTerminal(name).session.screen())
        case .attach(let name, let size, let isReadOnly):
            let attachment = Attachment(
                terminal: try await watchedTerminal(name), conversation: conversation, isReadOnly: isReadOnly)
            guard let end = try await end(of: attachment, window: size) else { return }
            conversation.send(kind: ControlFrame.end, try encode(end))
        case .hold(let name): try await hold(name, in: conversation)
        case .reopen(let name):
            try await terminal(name).reopen()
            try conversation.reply(true)
        case .mark(let name, let text):
            try await terminal(name).session.mark(text)
            try conversation.reply(true)
        case .run(let command, let environment, let outputLimit, let seconds):
            let pod = try runningPod()
            let run: @Sendable () async throws -> LabCommandResult = {
                try await self.run(command, environment, in: pod, outputLimit: outputLimit, seconds: seconds)
            }
            // One without a limit, such as a lesson's background script, is there to outlive its client.
            try conversation.reply(seconds == nil ? await run() : await listened(to: conversation, run))
        case .seed(let command, let outputLimit, let seconds):
            let result = try await listened(to: conversation) {
                try await self.seed(command, outputLimit: outputLimit, seconds: seconds)
            }
            try conversation.reply(result)
        case .reset: try await reset { try? conversation.reply($0) }
        case .restart(let service): try await restart(service) { try? conversation.reply($0) }
        case .probe(let port, let path):
            try conversation.reply(try await runningPod().agent.pageStatus(port: port, path: path))
        case .editFile(let path, let edit, let mode):
            try await FileEditing(path: path, edit: edit, mode: mode).run(runningPod().agent, in: conversation)
        case .resize(let name, let size):
            try await terminal(name).resize(columns: size.columns, rows: size.rows)
            try conversation.reply(true)
        case .startedParts(let lesson): try conversation.reply(lessonStarts[lesson] ?? [])
        case .noteStart(let part, let lesson, let isDone):
            // While a reset is under way nothing of a start lasts.
            _ = try runningPod()
            if isDone {
                lessonStarts[lesson, default: []].insert(part)
            } else {
                lessonStarts[lesson]?.remove(part)
            }
            try conversation.reply(true)
        case .keep:
            _ = try runningPod()
            isKept = true
            record.isKept = true
            try directory.write(record)
            try conversation.reply(true)
        }
    }

    /// What the body gives, as long as the client listens; the body is cancelled when the client goes away.
    private nonisolated func listened(
        to conversation: FrameConversation,
        _ body: @escaping @Sendable () async throws -> LabCommandResult
    ) async throws -> LabCommandResult {
        let task = Task { try await body() }
        // Ends with the conversation, which the task's result closes.
        let watch = Task {
            do { for try await _ in conversation.frames {} } catch { task.cancel() }
        }
        defer { watch.cancel() }
        return try await task.value
    }

    func runningPod() throws -> any LabPod {
        switch state {
        case .running(let pod): return pod
        case .resetting:
            throw LabError(
                code: .notReady, problem: "lab '\(directory.name)' is being reset",
                remedy: "try again when it's ready; 'lectern status' tells")
        case .idle, .starting, .stopping, .stopped:
            throw endReason
                ?? LabError(code: .notReady, problem: "lab '\(directory.name)' isn't ready yet, or no longer")
        }
    }

    func run(
        _ command: [String], _ environment: [String: String] = [:], in pod: any LabPod, outputLimit: Int,
        seconds: Double?
    ) async throws -> LabCommandResult {
        var spec = try await pod.workspace.process(command)
        spec.environment += environment.map { "\($0.key)=\($0.value)" }
        let result = try await pod.agent.run(spec, outputLimit: outputLimit, timeout: seconds.map { .seconds($0) })
        return LabCommandResult(status: result.status, output: result.text)
    }

    /// Runs a command that fills the lab with data, and keeps it for a reset when it succeeds.
    private func seed(_ command: [String], outputLimit: Int, seconds: Double?) async throws -> LabCommandResult {
        let pod = try runningPod()
        seedingsInFlight += 1
        defer { seedingsInFlight -= 1 }
        let result = try await run(command, in: pod, outputLimit: outputLimit, seconds: seconds)
        if result.status.isSuccess {
            // Seeding is the same whenever it's done: once is enough.
            record.seedings.removeAll { $0 == command }
            record.seedings.append(command)
            try directory.write(record)
        }
        return result
    }

    var isSeeding: Bool { seedingsInFlight > 0 }

    // MARK: Start

    private func start(_ request: LabRequest, in conversation: FrameConversation) async {
        guard case .idle = state else { return }
        state = .starting
        record.request = request
        let tell: @Sendable (LabEvent) -> Void = { event in try? conversation.reply(event) }
        do {
            let (pod, running) = try await standUp(tell)
            guard case .starting = state else { throw CancellationError() }
            state = .running(pod)
            for service in running { watch(service) }
            startSeconds = (ContinuousClock.now - began).seconds
            tell(.ready(seconds: startSeconds ?? 0))
        } catch {
            let failure =
                error is CancellationError
                ? LabError(code: .labEnded, problem: "the lab was ended while it started")
                : LabError(error, code: .badDefinition, failing: "the lab cannot be started")
            failed = (conversation, failure)
            await stop()
        }
    }

    func lost(_ reason: LabError) async {
        switch state {
        case .running, .resetting: break
        case .idle, .starting, .stopping, .stopped: return
        }
        await stop(because: reason)
    }

    /// Ends a lab for a reason that whoever uses it must learn; remembered when the lab was to stay.
    func stop(because reason: LabError) async {
        if endReason == nil {
            endReason = reason
            let ending = LabEnding(
                name: directory.name, reason: reason, engine: record.engine, lesson: record.request.lesson)
            // A disk that is full must not keep the lab from ending.
            if isKept { try? StateDirectory.current.save(ending) }
        }
        await stop()
    }

    // MARK: End

    private func stop(for conversation: FrameConversation) async {
        stopRequests.append(conversation)
        await stop()
    }

    /// Ends the lab; returns when everything but its files is gone. Further calls wait for the first.
    func stop() async {
        switch state {
        case .stopped: return
        case .stopping: return await waitUntilStopped()
        case .idle, .starting, .running, .resetting: state = .stopping
        }
        await forwarder?.close()
        if pod == nil, let opening {
            opening.cancel()
            pod = await within(Self.closingTime) { try? await opening.value } ?? nil
        }
        leftover = await close(pod)
        state = .stopped
        for watcher in lossWatchers.values { watcher.finish() }
        for waiter in stopWaiters { waiter.resume() }
        stopWaiters = []
    }

    /// - Returns: What kept the end from being complete; `nil` when nothing is left.
    private func close(_ pod: (any LabPod)?) async -> LabError? {
        guard let pod else { return nil }
        let problem = await within(Self.closingTime) { () -> LabError? in
            do {
                try await pod.close()
                return nil
            } catch {
                return error as? LabError ?? LabError(code: .system, problem: "the lab isn't all gone: \(error)")
            }
        }
        return problem
            ?? LabError(
                code: .leftBehind, problem: "the lab's engine does not answer, and something of the lab may be left",
                remedy: "when the engine answers again, 'lectern down \(directory.name)' removes it")
    }

    /// For how long an engine may take to take a lab down.
    private static let closingTime = Duration.seconds(50)

    func waitUntilStopped() async {
        if case .stopped = state { return }
        await withCheckedContinuation { stopWaiters.append($0) }
    }

    /// Tells those who wait for the end, or for a start that failed, that nothing is left, or what may be.
    func sendLastReplies() async {
        // What is under way learns of the end by itself; one that doesn't must not keep the process.
        _ = await within(.seconds(1)) { await self.waitUntilAnswered() }
        for recording in recordings { await recording.end() }
        if let (conversation, failure) = failed,
            let bytes = try? encode(LabEvent.failed(failure.leaving(leftover)))
        {
            try? await conversation.sendAndWait(kind: ControlFrame.reply, bytes)
        }
        let kind = leftover == nil ? ControlFrame.reply : ControlFrame.failure
        guard let bytes = try? leftover.map({ try encode($0) }) ?? encode(true) else { return }
        for conversation in stopRequests { try? await conversation.sendAndWait(kind: kind, bytes) }
    }
}

extension Supervision {
    private func waitUntilAnswered() async {
        guard answersUnderWay > 0 else { return }
        await withCheckedContinuation { answerWaiters.append($0) }
    }
}

extension LabError {
    /// With how to remove what an engine may still hold, which matters more than how to start again.
    fileprivate func leaving(_ leftover: LabError?) -> LabError {
        guard let remedy = leftover?.remedy else { return self }
        return LabError(code: code, problem: problem, remedy: remedy, logTail: logTail)
    }
}

import AgentProtocol
import ComposeFiles
import DockerLabs
import FoundationEssentials
import HostFiles
import LabAgents
import Labs
import Lessons
import NIOCore
import ProcessLabs
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
    private let group: any EventLoopGroup
    var state = State.idle
    var record = LabRecord(request: LabRequest(), engine: .process)
    /// What the Compose file asks for.
    var plans: [Service] = []
    /// Set as soon as there's something to tear down, which may be before the lab is running.
    private var pod: (any LabPod)?
    private var forwarder: PortForwarder?
    var services: [ServiceStatus] = []
    /// Counts the starts of each service, so that the end of an earlier one isn't taken for that of the present one.
    private var generations: [String: Int] = [:]
    var terminals: [String: LabTerminal] = [:]
    private var recordings: [LabRecording] = []
    /// Commands that fill the lab with data and haven't ended.
    private var seedingsInFlight = 0
    private let began = ContinuousClock.now
    private var startSeconds: Double?
    /// Why the last reset failed; `nil` when it didn't.
    var resetProblem: String?
    private var stopRequests: [FrameConversation] = []
    private var stopWaiters: [CheckedContinuation<Void, Never>] = []

    init(directory: LabDirectory, group: any EventLoopGroup) {
        self.directory = directory
        self.group = group
    }

    /// Takes the first frame of a conversation that a client opens.
    nonisolated func accept(_ frame: Frame, _ conversation: FrameConversation) {
        // Ends with the conversation.
        Task {
            do {
                guard frame.kind == ControlFrame.request else { return conversation.close() }
                try await answer(try decode(from: frame.payload), in: conversation)
            } catch {
                conversation.fail(error)
            }
        }
    }

    private func answer(_ request: ControlRequest, in conversation: FrameConversation) async throws {
        if case .stop = request {
            stopRequests.append(conversation)
            return await stop()
        }
        defer { conversation.close() }
        switch request {
        case .stop: break
        case .start(let request): await start(request, in: conversation)
        case .status: try conversation.reply(await status())
        case .logs(let service, let follow): try await sendLog(of: service, follow: follow, in: conversation)
        case .perform(let name, let input):
            let capture = try await terminal(name).session.perform(input)
            try await confirm(capture)
            try conversation.reply(capture)
        case .resume(let name, let token, let patience):
            let capture = try await terminal(name).session.resume(token, patience: patience)
            try await confirm(capture)
            try conversation.reply(capture)
        case .screen(let name): try conversation.reply(try await terminal(name).session.screen())
        case .attach(let name, let columns, let rows):
            let terminal = try await terminal(name)
            try await Attachment(terminal: terminal, conversation: conversation).run(columns: columns, rows: rows)
        case .reopen(let name):
            try await terminal(name).reopen()
            try conversation.reply(true)
        case .record: try await record(in: conversation)
        case .mark(let name, let text):
            try await terminal(name).session.mark(text)
            try conversation.reply(true)
        case .run(let command, let environment, let outputLimit, let seconds):
            let pod = try runningPod()
            try conversation.reply(
                try await run(command, environment, in: pod, outputLimit: outputLimit, seconds: seconds))
        case .seed(let command, let outputLimit, let seconds):
            try conversation.reply(try await seed(command, outputLimit: outputLimit, seconds: seconds))
        case .reset: try await reset { try? conversation.reply($0) }
        case .probe(let port, let path):
            try conversation.reply(try await runningPod().agent.pageStatus(port: port, path: path))
        case .editFile(let path, let edit, let mode):
            try await FileEditing(path: path, edit: edit, mode: mode).run(runningPod().agent, in: conversation)
        case .resize(let name, let size):
            try await terminal(name).session.resize(columns: size.columns, rows: size.rows)
            try conversation.reply(true)
        }
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

    private func terminal(_ name: String) async throws -> LabTerminal {
        let pod = try runningPod()
        guard name.first == "T", let number = Int(name.dropFirst()), (1...99).contains(number) else {
            throw LabError(
                code: .noSuchTerminal, problem: "'\(name)' is no terminal", remedy: "name one of 'T1' to 'T99'")
        }
        let known = terminals[name]
        let terminal = known ?? LabTerminal(name: name, pod: pod)
        terminals[name] = terminal
        if known == nil { for recording in recordings { await terminal.record(to: recording) } }
        try await terminal.open()
        // A reset may have come between: then this is a terminal of the time before it.
        guard terminals[name] === terminal else {
            await terminal.end()
            _ = try runningPod()
            return try await self.terminal(name)
        }
        return terminal
    }

    /// Sends a client what happens at every terminal, those that are opened later included, until it leaves.
    private func record(in conversation: FrameConversation) async throws {
        let recording = LabRecording(conversation: conversation)
        recordings.append(recording)
        for terminal in terminals.values { await terminal.record(to: recording) }
        try conversation.reply(true)
        await recording.run()
        recordings.removeAll { $0 === recording }
        for terminal in terminals.values { await terminal.stopRecording(to: recording) }
    }

    /// A shell that ended may only be the first thing that is noticed of the lab's end.
    ///
    /// - Throws: ``LabError`` when the lab has ended.
    private func confirm(_ capture: Capture) async throws {
        guard case .shellEnded = capture.ending, let pod else { return }
        do {
            _ = try await pod.agent.usage()
        } catch {
            await waitUntilStopped()
            throw endReason ?? LabError(code: .labEnded, problem: "the lab '\(directory.name)' ended")
        }
    }

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
            for service in running { watch(service, tell) }
            startSeconds = (ContinuousClock.now - began).seconds
            tell(.ready(seconds: startSeconds ?? 0))
        } catch {
            let failure =
                switch error {
                case let error as LabError: error
                case let error as ComposeError: LabError(error)
                case let error as any UserFacingError:
                    LabError(code: .badDefinition, problem: error.problem, remedy: error.remedy)
                case is CancellationError: LabError(code: .labEnded, problem: "the lab was ended while it started")
                default: LabError(code: .system, problem: "the lab can't be started: \(error)")
                }
            failed = (conversation, failure)
            await stop()
        }
        // Later events, such as the end of a service, are for the client that started the lab, as long as it listens.
        for await _ in never() {}
    }

    /// Why the lab ended by itself; `nil` as long as it didn't.
    private var endReason: LabError?
    /// What kept the end from being complete.
    private(set) var leftover: LabError?
    /// Told once the lab is gone.
    private var failed: (FrameConversation, LabError)?

    private func standUp(
        _ tell: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> (any LabPod, [any LabService]) {
        let files = record.request.composeFiles
        let project =
            files.isEmpty
            ? nil : try ComposeProject.read(files: files, environment: ProcessInfo.processInfo.environment)
        for warning in project?.warnings ?? [] { tell(.warning("\(warning)")) }
        let identity = LabIdentity(
            name: directory.name, checkout: files.first.flatMap { MountPolicy.root(of: $0) } ?? directory.path)
        let engines = LabEngines(directory: directory, identity: identity, group: group)
        let decision = try await engines.decide(record.request.engine, for: project)
        if let reason = decision.reason { tell(.engineChosen(decision.kind, reason: reason)) }
        record.engine = decision.kind
        record.identity = identity
        try directory.write(record)
        let pod = try await engines.engine(decision.kind, for: record.request).open(project, progress: tell)
        guard case .starting = state else {
            try await pod.close()
            throw CancellationError()
        }
        self.pod = pod
        plans = pod.services
        services = plans.filter(pod.isShown).map { ServiceStatus(name: $0.name) }
        let start = LabStart(plans, on: pod, timeout: startTimeout)
        let running = try await start.run { event in
            tell(event)
            // The record is for `status`; nothing waits for it.
            Task { await self.note(event) }
        }
        try await pod.markPristine()
        for port in try await forwardPorts(to: pod) { tell(.portForwarded(port)) }
        noteReady(running)
        // Ends with the sandbox, after which there's nothing left to own.
        Task {
            let reason = await pod.waitUntilEnded()
            await self.lost(reason)
        }
        return (pod, running)
    }

    var startTimeout: Duration { .seconds(record.request.startTimeout) }

    private func forwardPorts(to pod: any LabPod) async throws -> [ForwardedPort] {
        if let ports = pod.publishedPorts { return ports }
        let forwarder = try await PortForwarder.open(plans, agent: pod.agent, on: group)
        self.forwarder = forwarder
        return forwarder.ports
    }

    func noteReady(_ running: [any LabService]) {
        for service in running {
            update(service.name) {
                $0.pid = service.pid
                $0.container = service.containerName
                if $0.state != .completed { $0.state = .ready }
            }
        }
    }

    func note(_ event: LabEvent) {
        switch event {
        case .serviceStarting(let name): update(name) { if $0.state == .waiting { $0.state = .starting } }
        case .serviceReady(let name, let seconds):
            update(name) {
                $0.readySeconds = seconds
                $0.state = .ready
            }
        case .serviceDied(let name, let status, _): update(name) { $0.state = .died(status) }
        default: break
        }
    }

    func update(_ name: String, _ change: (inout ServiceStatus) -> Void) {
        guard let index = services.firstIndex(where: { $0.name == name }) else { return }
        change(&services[index])
    }

    /// Notes when a service ends by itself.
    func watch(_ service: any LabService, _ tell: @escaping @Sendable (LabEvent) -> Void) {
        guard service.pid != nil || plans.contains(where: { $0.name == service.name && pod?.isShown($0) == true })
        else { return }
        let generation = (generations[service.name] ?? 0) + 1
        generations[service.name] = generation
        // Ends with the service.
        Task {
            guard let status = await service.exit(), generations[service.name] == generation else { return }
            let isExpected = plans.flatMap(\.dependencies).contains {
                $0.service == service.name && $0.condition == .completedSuccessfully
            }
            if isExpected, status.isSuccess { return update(service.name) { $0.state = .completed } }
            guard case .running = state else { return }
            let event = LabEvent.serviceDied(
                name: service.name, status: status, logTail: (try? await service.log(last: 4096)) ?? "")
            note(event)
            tell(event)
        }
    }

    /// From now on the end of these services is no news.
    func unwatch(_ names: [String]) {
        for name in names { generations[name, default: 0] += 1 }
    }

    private func lost(_ reason: LabError) async {
        switch state {
        case .running, .resetting: break
        case .idle, .starting, .stopping, .stopped: return
        }
        endReason = reason
        directory.noteEnd(reason)
        await stop()
    }

    // MARK: Status and logs

    private func status() async -> LabStatus {
        let memory = try? await pod?.memory()
        let phase: LabStatus.Phase =
            switch state {
            case .idle, .starting: .starting
            case .running: resetProblem != nil || services.contains { $0.isLost } ? .degraded : .ready
            case .resetting: .resetting
            case .stopping, .stopped: .stopping
            }
        return LabStatus(
            name: directory.name, engine: record.engine, phase: phase, problem: resetProblem,
            services: services.map { service in
                var service = service
                service.memory = memory?.services[service.name]
                return service
            },
            ports: forwarder?.ports ?? pod?.publishedPorts ?? [], memory: memory?.total ?? MemoryUse(),
            supervisorMemory: residentMemory(),
            uptimeSeconds: (ContinuousClock.now - began).seconds, startSeconds: startSeconds,
            composeFiles: record.request.composeFiles, terminals: terminals.keys.sorted(),
            lesson: record.request.lesson)
    }

    private func sendLog(of service: String, follow: Bool, in conversation: FrameConversation) async throws {
        guard services.contains(where: { $0.name == service }), let pod else {
            throw LabError(
                code: .noSuchService, problem: "lab '\(directory.name)' has no service '\(service)'",
                remedy: "name one of: \(services.map(\.name).joined(separator: ", "))")
        }
        try await LogStream(pod: pod, service: service, conversation: conversation).send(follow: follow)
    }

    // MARK: End

    /// Ends the lab; returns when everything but its files is gone. Further calls wait for the first.
    func stop() async {
        switch state {
        case .stopped: return
        case .stopping: return await waitUntilStopped()
        case .idle, .starting, .running, .resetting: state = .stopping
        }
        await forwarder?.close()
        do {
            try await pod?.close()
        } catch {
            leftover = error as? LabError ?? LabError(code: .system, problem: "the lab isn't all gone: \(error)")
        }
        state = .stopped
        for waiter in stopWaiters { waiter.resume() }
        stopWaiters = []
    }

    func waitUntilStopped() async {
        if case .stopped = state { return }
        await withCheckedContinuation { stopWaiters.append($0) }
    }

    /// Tells those who wait for the end, or for a start that failed, that nothing is left, or what may be.
    func sendLastReplies() async {
        if let (conversation, failure) = failed, let bytes = try? encode(LabEvent.failed(failure)) {
            try? await conversation.sendAndWait(kind: ControlFrame.reply, bytes)
        }
        let kind = leftover == nil ? ControlFrame.reply : ControlFrame.failure
        guard let bytes = try? leftover.map({ try encode($0) }) ?? encode(true) else { return }
        for conversation in stopRequests { try? await conversation.sendAndWait(kind: kind, bytes) }
    }
}

extension LabError {
    /// With the place in the file and the line that stands there.
    fileprivate init(_ error: ComposeError) {
        let place = error.place.map { "\($0): " } ?? ""
        let excerpt = error.excerpt.map { "\n\($0)" } ?? ""
        self.init(code: .badDefinition, problem: place + error.problem + excerpt, remedy: error.remedy)
    }
}

/// A stream that ends only with the process or the task.
private func never() -> AsyncStream<Void> { AsyncStream { _ in } }

private func residentMemory() -> UInt64 {
    let words = endOfFile("/proc/self/statm", limit: 256).split(separator: " ")
    return words.count > 1 ? (UInt64(words[1]) ?? 0) * 4096 : 0
}

import AgentProtocol
import ComposeFiles
import FoundationEssentials
import LabAgents
import Labs
import Lessons
import NIOCore
import ProcessLabs
import TerminalSessions

/// Owns one lab: its pod, services, terminals and forwarded ports.
actor Supervision {
    private enum State {
        case idle
        case starting
        case running(any LabPod)
        case stopping
        case stopped
    }

    private let directory: LabDirectory
    private let group: any EventLoopGroup
    private var state = State.idle
    private var request = LabRequest()
    /// Set as soon as there's something to tear down, which may be before the lab is running.
    private var pod: (any LabPod)?
    private var forwarder: PortForwarder?
    private var services: [ServiceStatus] = []
    private var terminals: [String: LabTerminal] = [:]
    private let began = ContinuousClock.now
    private var startSeconds: Double?
    private var hasLostService = false
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
            try conversation.reply(try await terminal(name).session.perform(input))
        case .resume(let name, let token, let patience):
            try conversation.reply(try await terminal(name).session.resume(token, patience: patience))
        case .screen(let name): try conversation.reply(try await terminal(name).session.screen())
        case .attach(let name, let columns, let rows):
            let terminal = try await terminal(name)
            try await Attachment(terminal: terminal, conversation: conversation).run(columns: columns, rows: rows)
        case .reopen(let name):
            try await terminal(name).reopen()
            try conversation.reply(true)
        case .run(let command, let environment, let outputLimit, let seconds):
            let pod = try runningPod()
            var spec = pod.workspaceProcess(command)
            spec.environment += environment.map { "\($0.key)=\($0.value)" }
            let result = try await pod.agent.run(
                spec, outputLimit: outputLimit, timeout: seconds.map { .seconds($0) })
            try conversation.reply(LabCommandResult(status: result.status, output: result.text))
        case .probe(let port, let path):
            try conversation.reply(try await runningPod().agent.pageStatus(port: port, path: path))
        case .editFile(let path, let edit, let mode):
            try await FileEditing(path: path, edit: edit, mode: mode).run(runningPod().agent, in: conversation)
        case .resize(let name, let size):
            try await terminal(name).session.resize(columns: size.columns, rows: size.rows)
            try conversation.reply(true)
        }
    }

    private func runningPod() throws -> any LabPod {
        if case .running(let pod) = state { return pod }
        throw LabError(code: .notReady, problem: "lab '\(directory.name)' isn't ready yet, or no longer")
    }

    private func terminal(_ name: String) async throws -> LabTerminal {
        let pod = try runningPod()
        guard name.first == "T", let number = Int(name.dropFirst()), (1...99).contains(number) else {
            throw LabError(
                code: .noSuchTerminal, problem: "'\(name)' is no terminal", remedy: "name one of 'T1' to 'T99'")
        }
        let terminal = terminals[name] ?? LabTerminal(name: name, pod: pod)
        terminals[name] = terminal
        try await terminal.open()
        return terminal
    }

    // MARK: Start

    private func start(_ request: LabRequest, in conversation: FrameConversation) async {
        guard case .idle = state else { return }
        state = .starting
        self.request = request
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

    /// Told once the lab is gone.
    private var failed: (FrameConversation, LabError)?

    private func standUp(
        _ tell: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> (any LabPod, [any LabService]) {
        let environment = ProcessInfo.processInfo.environment
        let project =
            request.composeFiles.isEmpty
            ? nil : try ComposeProject.read(files: request.composeFiles, environment: environment)
        for warning in project?.warnings ?? [] { tell(.warning("\(warning)")) }
        let plans = project?.services ?? []
        services = plans.filter { $0.local?.command.isEmpty == false }.map { ServiceStatus(name: $0.name) }
        try Data(encode(request)).write(to: URL(filePath: directory.request))

        let engine = ProcessEngine(
            name: directory.name, directory: directory.path, templates: StateDirectory.current.templates,
            installation: .find(beside: "/proc/self/exe", environment: environment), group: group)
        let pod = try await engine.open(project, progress: tell)
        guard case .starting = state else {
            await pod.close()
            throw CancellationError()
        }
        self.pod = pod
        let start = LabStart(plans, on: pod, timeout: .seconds(request.startTimeout))
        let running = try await start.run { event in
            tell(event)
            // The record is for `status`; nothing waits for it.
            Task { await self.note(event) }
        }
        let forwarder = try await PortForwarder.open(plans, agent: pod.agent, on: group)
        self.forwarder = forwarder
        for port in forwarder.ports { tell(.portForwarded(port)) }
        for service in running {
            if let index = services.firstIndex(where: { $0.name == service.name }) {
                services[index].pid = service.pid
                services[index].state = .ready
            }
        }
        // Ends with the sandbox, after which there's nothing left to own.
        Task {
            let reason = await pod.waitUntilEnded()
            await self.lost(reason)
        }
        return (pod, running)
    }

    private func note(_ event: LabEvent) {
        switch event {
        case .serviceStarting(let name): update(name) { if $0.state == .waiting { $0.state = .starting } }
        case .serviceReady(let name, let seconds): update(name) { $0.readySeconds = seconds }
        case .serviceDied(let name, let status, _): update(name) { $0.state = .died(status) }
        default: break
        }
    }

    private func update(_ name: String, _ change: (inout ServiceStatus) -> Void) {
        guard let index = services.firstIndex(where: { $0.name == name }) else { return }
        change(&services[index])
    }

    private func watch(_ service: any LabService, _ tell: @escaping @Sendable (LabEvent) -> Void) {
        guard service.pid != nil else { return }
        // Ends with the service.
        Task {
            guard let status = await service.exit(), case .running = state else { return }
            hasLostService = true
            let event = LabEvent.serviceDied(
                name: service.name, status: status, logTail: (try? await service.log(last: 4096)) ?? "")
            note(event)
            tell(event)
        }
    }

    private func lost(_ reason: String) async {
        guard case .running = state else { return }
        print("lectern: \(reason)")
        await stop()
    }

    // MARK: Status and logs

    private func status() async -> LabStatus {
        let memory = try? await pod?.memory()
        let phase: LabStatus.Phase =
            switch state {
            case .idle, .starting: .starting
            case .running: hasLostService ? .degraded : .ready
            case .stopping, .stopped: .stopping
            }
        return LabStatus(
            name: directory.name, phase: phase,
            services: services.map { service in
                var service = service
                service.memory = memory?.services[service.name]
                return service
            },
            ports: forwarder?.ports ?? [], memory: memory?.total ?? MemoryUse(), supervisorMemory: residentMemory(),
            uptimeSeconds: (ContinuousClock.now - began).seconds, startSeconds: startSeconds,
            composeFiles: request.composeFiles, terminals: terminals.keys.sorted())
    }

    private func sendLog(of service: String, follow: Bool, in conversation: FrameConversation) async throws {
        guard services.contains(where: { $0.name == service }), let pod else {
            throw LabError(
                code: .noSuchService, problem: "lab '\(directory.name)' has no service '\(service)'",
                remedy: "name one of: \(services.map(\.name).joined(separator: ", "))")
        }
        try await LogStream(path: pod.logFile(of: service), conversation: conversation).send(follow: follow)
    }

    // MARK: End

    /// Ends the lab; returns when everything but its files is gone. Further calls wait for the first.
    func stop() async {
        switch state {
        case .stopped: return
        case .stopping: return await waitUntilStopped()
        case .idle, .starting, .running: state = .stopping
        }
        await forwarder?.close()
        await pod?.close()
        state = .stopped
        for waiter in stopWaiters { waiter.resume() }
        stopWaiters = []
    }

    func waitUntilStopped() async {
        if case .stopped = state { return }
        await withCheckedContinuation { stopWaiters.append($0) }
    }

    /// Tells those who wait for the end, or for a start that failed, that nothing is left.
    func sendLastReplies() async {
        if let (conversation, failure) = failed, let bytes = try? encode(LabEvent.failed(failure)) {
            try? await conversation.sendAndWait(kind: ControlFrame.reply, bytes)
        }
        guard let bytes = try? encode(true) else { return }
        for conversation in stopRequests { try? await conversation.sendAndWait(kind: ControlFrame.reply, bytes) }
    }
}

/// A stream that ends only with the process or the task.
private func never() -> AsyncStream<Void> { AsyncStream { _ in } }

private func residentMemory() -> UInt64 {
    let words = endOfFile("/proc/self/statm", limit: 256).split(separator: " ")
    return words.count > 1 ? (UInt64(words[1]) ?? 0) * 4096 : 0
}

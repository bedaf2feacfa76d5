import AgentProtocol
import ComposeFiles
import Diagnostics
import FoundationEssentials
import HostFiles
import LabAgents
import LabControlProtocol
import LabEngines
import Labs
import NIOPosix

/// From a request to services that are ready, and watched.
extension Supervision {
    func standUp(
        _ tell: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> (any LabPod, [any LabService]) {
        let files = record.request.composeFiles
        var project =
            files.isEmpty
            ? nil
            : try ComposeProject.read(
                files: files, of: record.request.lesson, variables: record.request.variables ?? [:])
        // They may be secrets, and aren't kept.
        record.request.variables = nil
        seeder = project?.lab.seeder
        for warning in project?.warnings ?? [] { tell(.warning("\(warning)")) }
        let identity = LabIdentity(
            name: directory.name, checkout: files.first.flatMap { MountPolicy.root(of: $0) } ?? directory.path)
        let engines = engines(identity)
        let decision = try await engines.decide(record.request.engine, for: project)
        if let reason = decision.reason { tell(.engineChosen(decision.kind, reason: reason)) }
        record.engine = decision.kind
        record.identity = identity
        try directory.write(record)
        project = try await withCopies(of: project)
        let engine = engines.engine(
            decision.kind, workspaceImage: record.request.workspaceImage, limits: record.request.limits,
            internet: record.request.internet)
        guard case .starting = state else { throw CancellationError() }
        let opening = Task { [project] in try await engine.open(project, progress: tell) }
        self.opening = opening
        let pod = try await opening.value
        guard case .starting = state else {
            try await pod.close()
            throw CancellationError()
        }
        self.pod = pod
        plans = pod.services
        if decision.kind == .process { plans.compactMap(\.ignoredRestart).forEach { tell(.warning($0)) } }
        services = plans.filter(pod.isShown).map { ServiceStatus(name: $0.name) }
        // Ends with the lab, after which there's nothing left to own.
        let end = Task { await pod.waitUntilEnded() }
        self.end = end
        let start = LabStart(plans, on: pod, timeout: startTimeout)
        let running = try await unlessEnded(end) {
            try await start.run { event in
                tell(event)
                // The record is for `status`; nothing waits for it.
                Task { await self.note(event) }
            }
        }
        try await pod.captureBaseline()
        for port in try await forwardPorts(to: pod) { tell(.portForwarded(port)) }
        noteReady(running)
        Task { await self.lost(await end.value) }
        return (pod, running)
    }

    /// What the body gives, unless the lab ends first: then nothing that is waited for will come.
    private nonisolated func unlessEnded<Value: Sendable>(
        _ end: Task<LabError, Never>, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                do {
                    return try await body()
                } catch let error as AgentError where error.code == .gone {
                    // Why it's gone says more.
                    throw await within(.seconds(2)) { await end.value } ?? LabError(error)
                }
            }
            group.addTask { throw await value(of: end) ?? CancellationError() as any Error }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }

    /// The project with copies of what it mounts.
    private func withCopies(of project: ComposeProject?) async throws -> ComposeProject? {
        guard let project else { return nil }
        let mounts = LessonMounts(directory: directory.path + "/mounts")
        // A thread that may wait for the disk.
        return try await NIOThreadPool.singleton.runIfActive { try mounts.copying(project) }
    }

    var startTimeout: Duration { .seconds(record.request.startTimeout) }

    private func forwardPorts(to pod: any LabPod) async throws -> [ForwardedPort] {
        let forwarder = try await PortForwarder.open(plans, of: pod, on: group)
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

    /// From now on the end of these services is no news.
    func unwatch(_ names: [String]) {
        for name in names { generations[name, default: 0] += 1 }
        losses.removeAll { names.contains($0.service) }
    }
}

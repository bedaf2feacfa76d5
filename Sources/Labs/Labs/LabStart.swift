import AgentProtocol
public import ComposeFiles

/// Starts services in parallel, each as soon as those it depends on have come far enough.
///
/// A service that ends before it's ready, or isn't ready in time, ends the start: the others are left to whoever owns
/// the host. Services aren't restarted.
public struct LabStart: Sendable {
    private let services: [Service]
    private let running: Set<String>
    private let host: any ServiceHost
    /// For each readiness condition without a limit of its own.
    private let timeout: Duration

    /// - Parameter running: Names of other services that run already, and are ready.
    public init(
        _ services: [Service], besides running: Set<String> = [], on host: any ServiceHost, timeout: Duration
    ) {
        self.services = services
        self.running = running
        self.host = host
        self.timeout = timeout
    }

    private enum Milestone: Sendable {
        case started(any LabService, at: ContinuousClock.Instant)
        case ready(any LabService, Duration)
        case ended(any LabService, ExitStatus?)
        case failed(String, any Error)
    }

    /// How far the services have come.
    private struct Progress {
        var waiting: [Service]
        var started: [String: any LabService] = [:]
        var ready: Set<String> = []
        var completed: Set<String> = []
        var failed: Set<String> = []
        /// Services that ran before.
        let running: Set<String>
        /// All that are to be started.
        let names: Set<String>
        /// Services whose end is waited for, since another waits for it.
        var oneShots: Set<String>

        init(_ services: [Service], besides running: Set<String>) {
            waiting = services
            self.running = running
            names = Set(services.map(\.name))
            oneShots = Set(
                services.flatMap(\.dependencies).filter { $0.condition == .completedSuccessfully }.map(\.service))
        }

        func allows(_ service: Service) -> Bool {
            service.dependencies.allSatisfy { dependency in
                let name = dependency.service
                if running.contains(name) { return true }
                if !dependency.isRequired, failed.contains(name) || !names.contains(name) { return true }
                return switch dependency.condition {
                case .started: started[name] != nil
                case .healthy: ready.contains(name)
                case .completedSuccessfully: completed.contains(name)
                }
            }
        }

        mutating func takeStartable() -> [Service] {
            let candidates = waiting
            waiting = []
            var startable: [Service] = []
            for service in candidates {
                if allows(service) { startable.append(service) } else { waiting.append(service) }
            }
            return startable
        }
    }

    /// - Returns: The services in the order of the file.
    /// - Throws: ``LabError``, or what the host threw.
    public func run(onEvent: @escaping @Sendable (LabEvent) -> Void) async throws -> [any LabService] {
        var progress = Progress(services, besides: running)
        return try await withThrowingTaskGroup(of: Milestone.self) { group in
            defer { group.cancelAll() }
            begin(&progress, &group, onEvent)
            while let milestone = try await group.next() {
                try note(milestone, &progress, &group, onEvent)
                begin(&progress, &group, onEvent)
                if progress.waiting.isEmpty, progress.ready.count + progress.failed.count == services.count { break }
            }
            if let stuck = progress.waiting.first {
                throw LabError(
                    code: .badDefinition,
                    problem: "service '\(stuck.name)' waits for services that wait for it, or that never start",
                    remedy: "check its 'depends_on'")
            }
            return services.compactMap { progress.started[$0.name] }
        }
    }

    private func begin(
        _ progress: inout Progress, _ group: inout ThrowingTaskGroup<Milestone, any Error>,
        _ onEvent: (LabEvent) -> Void
    ) {
        for service in progress.takeStartable() {
            if host.isShown(service) { onEvent(.serviceStarting(name: service.name)) }
            group.addTask { [host] in
                let begin = ContinuousClock.now
                do {
                    return .started(try await host.start(service), at: begin)
                } catch {
                    return .failed(service.name, error)
                }
            }
        }
    }

    private func note(
        _ milestone: Milestone, _ progress: inout Progress, _ group: inout ThrowingTaskGroup<Milestone, any Error>,
        _ onEvent: @escaping @Sendable (LabEvent) -> Void
    ) throws {
        switch milestone {
        case .started(let service, let begin):
            progress.started[service.name] = service
            if progress.oneShots.contains(service.name) {
                group.addTask { .ended(service, await service.exit()) }
            }
            let conditions = try services.first { $0.name == service.name }.map(host.conditions) ?? []
            let isShown = services.contains { $0.name == service.name && host.isShown($0) }
            group.addTask { [timeout] in
                do {
                    try await ready(service, conditions: conditions, timeout: timeout) { condition in
                        if isShown { onEvent(.serviceAwaited(name: service.name, condition: condition)) }
                    }
                    return .ready(service, ContinuousClock.now - begin)
                } catch {
                    return .failed(service.name, error)
                }
            }
        case .ready(let service, let duration):
            progress.ready.insert(service.name)
            if services.contains(where: { $0.name == service.name && host.isShown($0) }) {
                onEvent(.serviceReady(name: service.name, seconds: duration.seconds))
            }
        case .ended(let service, let status):
            guard status?.isSuccess == true else {
                return try fail(
                    service.name, LabError.died(service.name, status ?? .code(0), logTail: ""), &progress)
            }
            progress.completed.insert(service.name)
        case .failed(let name, let error):
            try fail(name, error, &progress)
        }
    }

    /// A service that only optional dependencies name may fail.
    private func fail(_ name: String, _ error: any Error, _ progress: inout Progress) throws {
        let dependents = services.flatMap(\.dependencies).filter { $0.service == name }
        guard !dependents.isEmpty, dependents.allSatisfy({ !$0.isRequired }) else { throw error }
        progress.failed.insert(name)
    }
}

/// Waits until the service is ready, or has ended.
///
/// - Parameter onWait: Told of each condition in turn.
private func ready(
    _ service: any LabService, conditions: [ReadinessCondition], timeout: Duration,
    onWait: @escaping @Sendable (String) -> Void
) async throws {
    guard !conditions.isEmpty else { return }
    try await withThrowingTaskGroup(of: ExitStatus?.self) { group in
        defer { group.cancelAll() }
        group.addTask {
            try await waitUntilReady(service, conditions: conditions, timeout: timeout, onWait: onWait)
            return nil
        }
        group.addTask { await value(of: Task { await service.exit() }) ?? nil }
        if let status = try await group.next() ?? nil {
            throw LabError.died(service.name, status, logTail: (try? await service.log(last: 4096)) ?? "")
        }
    }
}

extension Duration {
    /// With fractions.
    public var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

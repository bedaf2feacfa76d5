import AgentProtocol
public import ComposeFiles
import Diagnostics

/// Starts services in parallel, each as soon as those it depends on have come far enough.
///
/// A service that ends before all are ready, or isn't ready in time, ends the start: the others are left to whoever owns
/// the host. One without readiness conditions may end when it has done what it is there for. Services aren't restarted.
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
        /// Without a status when it has no process, or the whole lab has ended.
        case ended(any LabService, ExitStatus?, logTail: String)
        case failed(String, any Error)
    }

    /// How far the services have come.
    private struct Progress {
        var waiting: [Service]
        var started: [String: any LabService] = [:]
        var ready: Set<String> = []
        var completed: Set<String> = []
        var failed: Set<String> = []
        /// What ended without being looked for: others may wait for it in vain.
        var losses: [LabError] = []
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

        /// Nothing more can come that lets a service start or makes one ready.
        var isSettled: Bool {
            let underWay = names.subtracting(waiting.map(\.name)).subtracting(ready).subtracting(failed)
            let awaited = oneShots.intersection(started.keys).subtracting(completed).subtracting(failed)
            return underWay.isEmpty && (waiting.isEmpty || awaited.isEmpty)
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
            while !progress.isSettled, let milestone = try await group.next() {
                try note(milestone, &progress, &group, onEvent)
                begin(&progress, &group, onEvent)
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
            // Also after it's ready: others may wait for what is no longer there.
            group.addTask {
                let status = await value(of: Task { await service.exit() }) ?? nil
                return .ended(service, status, logTail: status == nil ? "" : (try? await service.log(last: 4096)) ?? "")
            }
            let conditions = try conditions(of: service)
            let isShown = services.contains { $0.name == service.name && host.isShown($0) }
            group.addTask { [timeout] in
                do {
                    try await waitUntilReady(service, conditions: conditions, timeout: timeout) { condition in
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
        case .ended(let service, let status, let log):
            try note(endOf: service, status, logTail: log, &progress)
        case .failed(let name, let error):
            try fail(name, error, &progress)
        }
    }

    private func note(
        endOf service: any LabService, _ status: ExitStatus?, logTail: String, _ progress: inout Progress
    ) throws {
        let name = service.name
        let isAwaited = progress.oneShots.contains(name)
        if isAwaited, status?.isSuccess == true { progress.completed.insert(name) }
        guard let status = status ?? (isAwaited ? .code(0) : nil) else { return }
        if try conditions(of: service).isEmpty {
            guard !status.isSuccess else { return }
            let loss = LabError.lost(name, status, logTail: logTail)
            if isAwaited { try fail(name, loss, &progress) } else { progress.losses.append(loss) }
        } else if !progress.ready.contains(name) {
            try fail(name, LabError.died(name, status, logTail: logTail), &progress)
        } else if !isAwaited || !status.isSuccess {
            try fail(name, LabError.lost(name, status, logTail: logTail), &progress)
        }
    }

    private func conditions(of service: any LabService) throws -> [ReadinessCondition] {
        try services.first { $0.name == service.name }.map(host.conditions) ?? []
    }

    /// A service that only optional dependencies name may fail.
    private func fail(_ name: String, _ error: any Error, _ progress: inout Progress) throws {
        if (error as? LabError)?.code == .notReady, let loss = progress.losses.first { throw loss }
        let dependents = services.flatMap(\.dependencies).filter { $0.service == name }
        guard !dependents.isEmpty, dependents.allSatisfy({ !$0.isRequired }) else { throw error }
        progress.failed.insert(name)
        progress.ready.remove(name)
    }
}

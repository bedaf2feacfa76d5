import AgentProtocol
import ComposeFiles
import FoundationEssentials
import FrameConnections
import LabAgents
import LabControlProtocol
import Labs

/// What the lab has lost, and who is told of it.
extension Supervision {
    /// Notes when a service ends by itself.
    func watch(_ service: any LabService) {
        guard service.pid != nil || plans.contains(where: { $0.name == service.name && pod?.isShown($0) == true })
        else { return }
        let generation = (generations[service.name] ?? 0) + 1
        generations[service.name] = generation
        running[service.name] = service
        // Ends with the service.
        Task {
            guard let status = await service.exit() else { return }
            await noteExit(of: service, status, generation)
        }
    }

    /// - Parameter generation: Of the start that the service is from; a later one knows nothing of its end.
    private func noteExit(of service: any LabService, _ status: ExitStatus, _ generation: Int) async {
        guard generations[service.name] == generation, mayLose else { return }
        if status.isSuccess, isJob(service.name) { return update(service.name) { $0.state = .completed } }
        // All that it printed has arrived when its end is told.
        _ = await within(.seconds(1), service.exit)
        // The log is read before anything is told; meanwhile somebody else may have noted the same end.
        let tail = await within(.seconds(2)) { (try? await service.log(last: 4096)) ?? "" } ?? ""
        guard generations[service.name] == generation, mayLose, !isLost(service.name) else { return }
        update(service.name) { $0.state = .died(status) }
        let loss = LabError.lost(service.name, status, logTail: tail)
        losses.append((service.name, loss))
        for watcher in lossWatchers.values { watcher.yield(loss) }
    }

    private func isLost(_ name: String) -> Bool { losses.contains { $0.service == name } }

    private var mayLose: Bool {
        switch state {
        case .running, .resetting: true
        case .idle, .starting, .stopping, .stopped: false
        }
    }

    /// Whether a service is there to do something and end: others wait for its end, or nothing says when it's ready.
    private func isJob(_ name: String) -> Bool {
        let isAwaited = plans.flatMap(\.dependencies).contains {
            $0.service == name && $0.condition == .completedSuccessfully
        }
        guard !isAwaited, let plan = plans.first(where: { $0.name == name }) else { return isAwaited }
        return (try? pod?.conditions(of: plan).isEmpty) ?? false
    }

    /// Asks the agent, and where each service runs, whether all is as it should be.
    ///
    /// - Parameter afterFailure: A service that doesn't meet its readiness conditions may be about to end: its sockets are
    ///   closed before its end is known. So it's waited for, for a second.
    /// - Throws: ``LabError`` that names what the lab has lost, or what doesn't answer.
    func checkHealth(afterFailure: Bool) async throws {
        let pod = try runningPod()
        if let resetProblem {
            throw LabError(
                code: .notReady, problem: "lab '\(directory.name)' is degraded: its last reset failed: \(resetProblem)",
                remedy: "reset it again, or end it")
        }
        do {
            try await pod.agent.ping()
            for service in running.values {
                guard let generation = generations[service.name] else { continue }
                var exit = try await service.currentExit()
                if exit == nil, afterFailure, await !meetsConditions(service, in: pod) {
                    exit = await within(.seconds(1), service.exit) ?? nil
                }
                if let exit { await noteExit(of: service, exit, generation) }
            }
        } catch let error as AgentError where error.code == .gone {
            await waitUntilStopped()
            throw endReason ?? LabError(error)
        }
        if let loss = losses.first { throw loss.error }
    }

    private func meetsConditions(_ service: any LabService, in pod: any LabPod) async -> Bool {
        guard let plan = plans.first(where: { $0.name == service.name }),
            let conditions = try? pod.conditions(of: plan)
        else { return true }
        for condition in conditions {
            let check = condition.check
            let isMet = await within(.seconds(1)) { (try? await check.isMet(by: service)) ?? false } ?? false
            if !isMet { return false }
        }
        return true
    }

    /// Tells a client what is lost already and what is lost later, until it leaves or the lab ends.
    func tellLosses(in conversation: FrameConversation) async throws {
        _ = try runningPod()
        let (news, watcher) = AsyncStream<LabError>.makeStream()
        let id = UUID()
        for loss in losses { watcher.yield(loss.error) }
        lossWatchers[id] = watcher
        defer { lossWatchers[id] = nil }
        let hasLeft = try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await loss in news { try conversation.reply(loss) }
                return false
            }
            group.addTask {
                for try await _ in conversation.frames {}
                return true
            }
            defer { group.cancelAll() }
            return try await group.next() ?? true
        }
        guard !hasLeft else { return }
        throw endReason ?? LabError(code: .labEnded, problem: "the lab '\(directory.name)' was ended")
    }
}

extension Service {
    /// What the file asks for and a lab doesn't do, with its place.
    fileprivate var asksForRestart: Bool {
        switch restart {
        case .always, .onFailure, .unlessStopped: true
        case .never, nil: false
        }
    }

    /// A warning for a service that the file wants to be started again when it ends; `nil` for others.
    var ignoredRestart: String? {
        guard asksForRestart else { return nil }
        return "\(place): 'restart' of service '\(name)' is ignored: a lesson is told when one of its services ends; "
            + "'lectern restart \(name)' starts it again"
    }
}

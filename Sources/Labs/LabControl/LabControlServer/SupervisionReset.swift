import AgentProtocol
import ComposeFiles
import Diagnostics
import LabControlProtocol
import Labs

/// Back to the state after seeding.
extension Supervision {
    /// Resets the lab; what happens on the way is told, and at last that it's ready.
    ///
    /// - Throws: ``LabError``; the lab is then degraded, and says why. A reset may be tried again.
    func reset(_ tell: @escaping @Sendable (LabEvent) -> Void) async throws {
        let pod = try runningPod()
        guard !isSeeding else {
            throw LabError(
                code: .notReady, problem: "lab '\(directory.name)' is being seeded",
                remedy: "reset it when that is done")
        }
        guard restarting.isEmpty else {
            throw LabError(
                code: .notReady, problem: "service '\(restarting.sorted()[0])' is being restarted",
                remedy: "reset the lab when that is done")
        }
        let began = ContinuousClock.now
        state = .resetting
        lessonStarts = [:]
        let reset = LabReset(
            plans, lost: Set(services.filter(\.isLost).map(\.name)), on: pod, timeout: startTimeout)
        let names = reset.restarted.map(\.name)
        do {
            // Those who are attached are let go; the next look opens a fresh terminal.
            let closed = terminals.values
            terminals = [:]
            for terminal in closed { await terminal.end() }
            unwatch(names)
            for name in names { update(name) { $0 = ServiceStatus(name: name) } }
            let running = try await reset.run { event in
                tell(event)
                // The record is for `status`; nothing waits for it.
                Task { await self.note(event) }
            }
            noteReady(running)
            try await seedAgain(in: pod, tell)
            guard case .resetting = state else { throw CancellationError() }
            resetProblem = nil
            state = .running(pod)
            for service in running { watch(service) }
            tell(.ready(seconds: (ContinuousClock.now - began).seconds))
        } catch {
            try fail(error, names, pod)
        }
    }

    private func seedAgain(in pod: any LabPod, _ tell: (LabEvent) -> Void) async throws {
        guard !record.seedings.isEmpty else { return }
        let began = ContinuousClock.now
        for command in record.seedings {
            let result = try await run(command, in: pod, outputLimit: 4096, seconds: 300)
            guard result.status.isSuccess else {
                throw LabError(
                    code: .notReady, problem: "seeding again by '\(command[0])' ended with \(result.status)",
                    logTail: result.output)
            }
        }
        tell(.seededAgain(seconds: (ContinuousClock.now - began).seconds))
    }

    private func fail(_ error: any Error, _ names: [String], _ pod: any LabPod) throws {
        guard case .resetting = state else {
            throw LabError(code: .labEnded, problem: "the lab was ended while it was reset")
        }
        for name in names {
            update(name) { if $0.state == .waiting || $0.state == .starting { $0.state = .stopped } }
        }
        let failure = LabError(error, code: .notReady, failing: "the lab cannot be reset")
        resetProblem = failure.problem
        state = .running(pod)
        throw LabError(
            code: failure.code, problem: failure.problem,
            remedy: "the lab '\(directory.name)' is degraded: reset it again, or end it", logTail: failure.logTail)
    }
}

extension ServiceStatus {
    /// It should run, and doesn't.
    var isLost: Bool {
        switch state {
        case .died, .stopped: true
        case .waiting, .starting, .ready, .completed: false
        }
    }
}

import AgentProtocol
import ComposeFiles
import Diagnostics
import LabControlProtocol
import Labs

/// One service that is ended and started again.
extension Supervision {
    /// For how long a service may take to end when it's asked to, before it's killed; as `docker compose restart` has it.
    private static let grace = Duration.seconds(10)

    /// Restarts a service, with its data as it is; what happens on the way is told, and at last that it's ready.
    ///
    /// - Throws: ``LabError``; a service that didn't come back is lost.
    func restart(_ name: String, _ tell: @escaping @Sendable (LabEvent) -> Void) async throws {
        let pod = try runningPod()
        let plan = try plan(of: name)
        guard restarting.insert(name).inserted else {
            throw LabError(
                code: .notReady, problem: "service '\(name)' is being restarted", remedy: "wait until that is done")
        }
        defer { restarting.remove(name) }
        let began = ContinuousClock.now
        unwatch([name])
        update(name) { $0 = ServiceStatus(name: name, state: .starting) }
        do {
            if let former = running[name] {
                _ = await within(Self.grace) {
                    await former.terminate()
                    _ = await former.exit()
                }
            }
            try await pod.stop(plan)
            let others = Set(plans.map(\.name)).subtracting([name])
            let started = try await LabStart([plan], besides: others, on: pod, timeout: startTimeout).run { event in
                tell(event)
                // The record is for `status`; nothing waits for it.
                Task { await self.note(event) }
            }
            // The lab may have ended meanwhile, or begun to.
            _ = try runningPod()
            noteReady(started)
            for service in started { watch(service) }
            tell(.ready(seconds: (ContinuousClock.now - began).seconds))
        } catch {
            update(name) { $0.state = .stopped }
            throw error
        }
    }

    private func plan(of name: String) throws -> Service {
        let shown = plans.filter { pod?.isShown($0) == true }
        guard let plan = shown.first(where: { $0.name == name }) else { throw noSuchService(name) }
        return plan
    }

    func noSuchService(_ name: String) -> LabError {
        LabError(
            code: .noSuchService, problem: "lab '\(directory.name)' has no service '\(name)'",
            remedy: services.isEmpty
                ? "it runs no services, only terminals" : "name one of: \(services.map(\.name).joined(separator: ", "))"
        )
    }
}

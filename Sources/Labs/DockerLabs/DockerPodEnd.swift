import ComposeFiles
import DockerAPI
import Labs
import Synchronization

/// How a lab ends, or is ended.
extension DockerPod {
    func waitUntilEnded() async -> LabError {
        for await error in endings { return error }
        return LabError(code: .labEnded, problem: "the lab was ended")
    }

    /// Ends the lab when a container that it can't go on without ends, or somebody pauses one: what is paused answers nobody,
    /// and looks like a lesson that fails.
    func watchEngine() async {
        do {
            let events = try await client.events(
                labels: ["\(LabLabels.lab)=\(identity.id)"], types: ["container"], actions: ["die", "pause"])
            for try await event in events {
                let name = event.actor.attributes?[LabLabels.service]
                guard let service = services.first(where: { $0.name == name }) else { continue }
                if event.action == "pause" {
                    await end(
                        LabError(
                            code: .labEnded, problem: "service '\(service.name)' was paused in its container engine",
                            remedy: "start the lab again, and do not touch its containers"))
                } else if isOwner(service) {
                    await end(
                        LabError(
                            code: .labEnded, problem: "container '\(service.name)', which owns the lab's network, ended"
                        ))
                }
            }
        } catch {
            if !Task.isCancelled { await end(LabError(error)) }
        }
    }

    /// The end of anything may be only a sign that the engine is gone.
    func end(_ reason: LabError) async {
        do {
            _ = try await client.version()
            ending.yield(reason)
        } catch {
            let hangs = (error as? DockerError)?.code == .timedOut
            ending.yield(
                LabError(
                    code: .labEnded,
                    problem: "the container engine at '\(client.endpoint.socketPath)' "
                        + (hangs ? "does not answer any more" : "stopped") + ", and the lab with it",
                    remedy:
                        "once it is running again, 'lectern down \(identity.name)' "
                        + "or the next 'lectern up' removes what remains"
                ))
        }
    }

    /// Makes nothing more, and waits for what is being made: what an engine has begun can't be taken back.
    func settle() async {
        let (creations, watch) = state.withLock { state in
            state.isClosed = true
            return (Array(state.creations.values), state.watch)
        }
        watch?.cancel()
        ending.finish()
        for creation in creations { _ = await creation.result }
        _ = await network.result
    }

    func close() async throws {
        await settle()
        do {
            try await DockerResources(client: client).remove(lab: identity.id)
        } catch {
            let cause = LabError(error)
            throw LabError(
                code: .leftBehind, problem: "containers of lab '\(identity.name)' may remain: \(cause.problem)",
                remedy: "once the engine is running again, 'lectern down \(identity.name)' "
                    + "or the next 'lectern up' removes them"
            )
        }
        await client.close()
    }
}

import DockerAPI
import Glibc
public import Labs

/// Removes what labs left in an engine; for whoever finds their files, or looks for their labels.
public struct DockerReaper: Sendable {
    private let environment: [String: String]

    /// - Parameter environment: `DOCKER_HOST` and the like say where the engine is.
    public init(environment: [String: String]) {
        self.environment = environment
    }

    /// Removes everything of a lab whose supervisor is gone; that there's nothing isn't an error.
    ///
    /// - Throws: ``LabError`` when the engine can't be reached, or refuses.
    public func remove(_ lab: LabIdentity) async throws {
        do {
            try await withResources { try await $0.remove(lab: lab.id) }
        } catch {
            let cause = LabError(error)
            throw LabError(
                code: cause.code,
                problem: "what lab '\(lab.name)' left in its engine cannot be removed: \(cause.problem)",
                remedy: cause.remedy)
        }
    }

    /// Ends every lab that the engine knows of, those of other checkouts and state directories too: a supervisor that lives
    /// is told to end, and what is left is removed.
    ///
    /// - Returns: Their names; empty also when there's no engine.
    /// - Throws: ``LabError``.
    public func removeAll() async throws -> [String] {
        do {
            return try await withResources { resources in
                let labs = try await resources.labs()
                for lab in labs {
                    if let owner = lab.owner, owner.isInReach, owner.mayLive { await end(owner) }
                    try await resources.remove(lab: lab.id)
                }
                return labs.map(\.name)
            }
        } catch let error as DockerError where [.noEngine, .noPermission].contains(error.code) {
            return []
        } catch {
            throw LabError(error)
        }
    }

    /// Returns once the supervisor is gone, or after ten seconds.
    private func end(_ owner: LabOwner) async {
        guard kill(owner.pid, SIGTERM) == 0 else { return }
        let deadline = ContinuousClock.now + .seconds(10)
        while owner.mayLive, ContinuousClock.now < deadline { try? await Task.sleep(for: .milliseconds(20)) }
    }

    private func withResources<Value: Sendable>(_ body: (DockerResources) async throws -> Value) async throws -> Value {
        let client = try await DockerClient.connect(to: .find(environment: environment))
        do {
            let value = try await body(DockerResources(client: client))
            await client.close()
            return value
        } catch {
            await client.close()
            throw error
        }
    }
}

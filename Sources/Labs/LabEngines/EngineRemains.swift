import DockerLabs
import FoundationEssentials
public import Labs
import ProcessLabs

/// What labs whose supervisors are gone may have left in an engine that isn't this host alone.
public enum EngineRemains {
    /// Removes everything of a lab; that there's nothing isn't an error.
    ///
    /// - Throws: ``LabError`` when the engine can't be reached, or refuses.
    public static func remove(_ lab: LabIdentity, from engine: EngineKind) async throws {
        switch engine {
        case .process: break
        case .docker: try await DockerReaper(environment: ProcessInfo.processInfo.environment).remove(lab)
        }
    }

    /// Removes what a lab has left in this host's kernel.
    ///
    /// - Parameter directory: The lab's own.
    public static func removeFromHost(directory: String) async {
        await LabFiles.removeRemains(in: directory)
    }

    /// Ends labs that only an engine knows of, such as those of other checkouts and state directories.
    ///
    /// - Returns: Their names.
    public static func removeAll() async throws -> [String] {
        try await DockerReaper(environment: ProcessInfo.processInfo.environment).removeAll()
    }
}

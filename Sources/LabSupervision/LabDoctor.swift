import ComposeFiles
import FoundationEssentials
public import ProcessLabs

/// What this host lacks for labs.
public enum LabDoctor {
    /// - Parameters:
    ///   - executable: The path of `lectern`, beside which its other programs are looked for.
    ///   - composeFiles: Environments whose needs are looked at too; may be empty.
    /// - Returns: Empty when nothing is wrong.
    /// - Throws: `ComposeError` when a Compose file can't be used.
    public static func examine(executable: String, composeFiles: [String]) async throws -> [DoctorFinding] {
        let environment = ProcessInfo.processInfo.environment
        let services =
            composeFiles.isEmpty ? [] : try ComposeProject.read(files: composeFiles, environment: environment).services
        let doctor = HostDoctor(
            installation: .find(beside: executable, environment: environment),
            stateDirectory: StateDirectory.current.path)
        return await doctor.examine(services: services)
    }
}

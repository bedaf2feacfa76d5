import ComposeFiles
import DockerAPI
import DockerLabs
import FoundationEssentials
import Glibc
public import Labs
import ProcessLabs

/// What this host has, and lacks, for labs.
public struct DoctorReport: Codable, Sendable {
    /// An engine on which labs can run here.
    public struct Engine: Codable, Sendable {
        /// `process` or `docker`.
        public var name: String
        /// Such as `Docker 20.10.24 (API 1.41) at '/var/run/docker.sock'`.
        public var summary: String
    }

    /// Those that work.
    public var engines: [Engine] = []
    /// Empty when nothing is wrong.
    public var findings: [DoctorFinding] = []
}

/// Finds out what this host lacks for labs.
public enum LabDoctor {
    /// - Parameters:
    ///   - executable: The path of `lectern`, beside which its other programs are looked for.
    ///   - stateDirectory: Where the labs of this user are.
    ///   - composeFiles: Environments whose needs are looked at too; may be empty.
    ///   - variables: What the user passes to the lessons.
    ///   - needsProcesses: `true` when labs of processes must work.
    ///   - needsContainers: `true` when labs of containers must work.
    /// - Throws: `ComposeError` when a Compose file can't be used.
    public static func examine(
        executable: String, stateDirectory: String, composeFiles: [String], variables: [String: String] = [:],
        needsProcesses: Bool = true,
        needsContainers: Bool = false
    ) async throws -> DoctorReport {
        let environment = ProcessInfo.processInfo.environment
        let project =
            composeFiles.isEmpty ? nil : try ComposeProject.read(files: composeFiles, variables: variables)
        var report = DoctorReport()
        let doctor = HostDoctor(
            installation: .find(beside: executable, environment: environment),
            stateDirectory: stateDirectory)
        let findings = await doctor.examine(for: project)
        if !findings.contains(where: { $0.severity == .missing }) {
            report.engines.append(.init(name: "process", summary: "sandboxes of this host's processes"))
        }
        report.add(findings, isNeeded: needsProcesses)
        await examineContainers(environment, isNeeded: needsContainers, &report)
        return report
    }

    private static func examineContainers(
        _ environment: [String: String], isNeeded: Bool, _ report: inout DoctorReport
    ) async {
        do {
            let endpoint = try DockerEndpoint.find(environment: environment)
            let client = try await DockerClient.connect(to: endpoint)
            let doctor = try? await ContainerDoctor(asking: client)
            await client.close()
            report.engines.append(.init(name: "docker", summary: summary(of: client, doctor)))
            report.add((doctor?.examine() ?? []) + roomFindings(doctor?.rootDirectory), isNeeded: isNeeded)
        } catch let error as DockerError {
            report.add(
                [DoctorFinding(severity: .missing, problem: error.problem, remedy: error.remedy ?? "")],
                isNeeded: isNeeded)
        } catch {
            // Cancelled.
        }
    }

    private static func summary(of client: DockerClient, _ doctor: ContainerDoctor?) -> String {
        var parts = ["\(client.engine) (API \(client.apiVersion)) at '\(client.endpoint.socketPath)'"]
        if case .variable = client.endpoint.origin { parts.append("named by DOCKER_HOST") }
        if case .context(let name) = client.endpoint.origin { parts.append("of Docker's context '\(name)'") }
        return (parts + (doctor?.traits ?? [])).joined(separator: ", ")
    }

    private static func roomFindings(_ root: String?) -> [DoctorFinding] {
        guard let root, let free = freeMebibytes(of: root), free < 1024 else { return [] }
        return [
            DoctorFinding(
                severity: free < 200 ? .missing : .risky,
                problem: "the disk of the engine's directory '\(root)' has \(free) MiB left",
                remedy: "docker system prune")
        ]
    }

    /// - Returns: `nil` when the directory isn't on this host, or not to be looked at.
    private static func freeMebibytes(of path: String) -> UInt64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        return (UInt64(status.f_bavail) * UInt64(status.f_frsize)) >> 20
    }
}

extension DoctorReport {
    /// What an engine lacks that isn't asked for is worth no more than a note.
    fileprivate mutating func add(_ more: [DoctorFinding], isNeeded: Bool) {
        findings += more.map { finding in
            var finding = finding
            if !isNeeded { finding.severity = .note }
            return finding
        }
    }
}

import AgentProtocol
public import ComposeFiles
import FoundationEssentials
import Glibc
import HostFiles
public import Labs
import Processes

/// Finds out what this host lacks for labs of ``ProcessEngine``.
public struct HostDoctor: Sendable {
    private let installation: Installation
    private let stateDirectory: String

    /// - Parameter stateDirectory: Must be writable and have room; need not be there.
    public init(installation: Installation, stateDirectory: String) {
        self.installation = installation
        self.stateDirectory = stateDirectory
    }

    /// Looks at everything.
    ///
    /// - Parameter project: Whose needs are looked at too; `nil` for a workspace without services.
    /// - Returns: Empty when nothing is wrong.
    public func examine(for project: ComposeProject?) async -> [DoctorFinding] {
        let programs = project?.lab.programs ?? []
        let installation = installation.showing(programs)
        var findings: [DoctorFinding] = []
        func add(_ part: MissingPart) {
            let finding = DoctorFinding(severity: .missing, problem: part.problem, remedy: part.remedy)
            if !findings.contains(finding) { findings.append(finding) }
        }
        if findProgram("bwrap", path: nil) == nil {
            add(.bubblewrap)
        } else if let finding = await sandboxFinding() {
            findings.append(finding)
        }
        if installation.programs[Installation.agentName] == nil { add(.agent) }
        if let part = installation.missingProgram(of: programs) { add(part) }
        for service in project?.services ?? [] {
            for requirement in service.local?.needs ?? [] {
                if let part = installation.missingPart(requirement, of: service.name) { add(part) }
            }
        }
        findings += diskFindings()
        findings += await boundFindings()
        return findings
    }

    /// Tries a sandbox; when it doesn't start, says which of the known rules forbids it.
    private func sandboxFinding() async -> DoctorFinding? {
        let probe =
            ["bwrap", "--unshare-user", "--uid", "0", "--gid", "0", "--unshare-net", "--unshare-pid", "--as-pid-1"]
            + Sandbox.capabilityArguments + ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "true"]
        if let status = try? await runOnHost(probe), status.isSuccess { return nil }
        let sudo = geteuid() == 0 ? "" : "sudo "
        let rules: [(file: String, forbids: String, name: String, fix: String)] = [
            (
                "/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", "AppArmor",
                "\(sudo)sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
            ),
            (
                "/proc/sys/kernel/unprivileged_userns_clone", "0", "the kernel",
                "\(sudo)sysctl -w kernel.unprivileged_userns_clone=1"
            ),
            (
                "/proc/sys/user/max_user_namespaces", "0", "the kernel",
                "\(sudo)sysctl -w user.max_user_namespaces=10000"
            ),
        ]
        for rule in rules {
            let value = endOfFile(rule.file, limit: 16).prefix { !$0.isNewline }
            guard value == rule.forbids else { continue }
            return DoctorFinding(
                severity: .missing, problem: "\(rule.name) forbids user namespaces ('\(rule.file)' is \(value))",
                remedy: rule.fix)
        }
        return DoctorFinding(
            severity: .missing, problem: "'bwrap' cannot create a sandbox here",
            remedy: "see what it says: \(probe.joined(separator: " "))")
    }

    /// What of a lab is bounded less exactly here than elsewhere; labs work without.
    private func boundFindings() async -> [DoctorFinding] {
        let record = "\(stateDirectory)/doctor-\(getpid())"
        let groups = ControlGroups.make("lectern-doctor-\(getpid())", limits: LabLimits(), record: record)
        await groups.remove()
        unlink(record)
        let consequences: [(ControlGroups.Controller, String)] = [
            (.memory, "a lab's memory is counted four times a second, and its largest process ended, instead"),
            (.processes, "a lab's processes are bounded by limits of its user and its process namespace instead"),
            (.processors, "a lab may take all processors"),
        ]
        return consequences.filter { !groups.controllers.contains($0.0) }.map { controller, consequence in
            DoctorFinding(
                severity: .note, problem: "no control group '\(controller.rawValue)' is available: \(consequence)",
                remedy:
                    "run 'lectern' as root, or where systemd delegates one: systemd-run --user --scope -p Delegate=yes")
        }
    }

    private func diskFindings() -> [DoctorFinding] {
        do {
            try makeDirectory(stateDirectory)
        } catch {
            return [
                DoctorFinding(
                    severity: .missing, problem: "the directory '\(stateDirectory)' cannot be created",
                    remedy: "set XDG_STATE_HOME to a directory that you may write to")
            ]
        }
        guard access(stateDirectory, W_OK) == 0 else {
            return [
                DoctorFinding(
                    severity: .missing, problem: "the directory '\(stateDirectory)' cannot be written",
                    remedy: "chown -R \"$USER\" '\(stateDirectory)'")
            ]
        }
        var status = statvfs()
        guard statvfs(stateDirectory, &status) == 0 else { return [] }
        let free = (UInt64(status.f_bavail) * UInt64(status.f_frsize)) >> 20
        guard free < 1024 else { return [] }
        return [
            DoctorFinding(
                severity: free < 200 ? .missing : .risky,
                problem: "the disk of '\(stateDirectory)' has \(free) MiB left",
                remedy: "free up space: a lab takes up to 200 MiB")
        ]
    }
}

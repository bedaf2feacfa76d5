public import DockerAPI
public import Labs

/// Finds out what an engine can't do for labs: what doesn't work on it, and what it leaves unbounded or unprotected.
public struct ContainerDoctor: Sendable {
    let information: EngineInformation
    let engine: EngineVersion

    /// What an engine says about itself, asked once.
    public init(asking client: DockerClient) async throws {
        self.init(information: try await client.information(), engine: client.engine)
    }

    init(information: EngineInformation, engine: EngineVersion) {
        self.information = information
        self.engine = engine
    }

    /// Such as `storage overlay2`, for the line that names the engine.
    public var traits: [String] {
        var traits = ["storage \(information.storageDriver)"]
        if let driver = information.cgroupDriver {
            traits.append("cgroup v\(information.cgroupVersion ?? "1") by \(driver)")
        }
        if information.isRootless { traits.append("rootless") }
        return traits
    }

    /// Where images and containers lie on the engine's host.
    public var rootDirectory: String? { information.rootDirectory }

    /// Empty when nothing is wrong.
    public func examine() -> [DoctorFinding] {
        storageFindings() + limitFindings() + protectionFindings()
    }

    private func storageFindings() -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        if information.storageDriver == "vfs" {
            findings.append(
                DoctorFinding(
                    severity: .risky, problem: "the engine's storage driver 'vfs' copies a whole image per container",
                    remedy: "use overlay2: put {\"storage-driver\": \"overlay2\"} into /etc/docker/daemon.json"))
        }
        if !EngineAbilities(information).boundsStorage {
            findings.append(
                DoctorFinding(
                    severity: .note,
                    problem:
                        "what a container writes to its own disk is limited per file, but not in total, by the engine's "
                        + "storage '\(information.storageDriver)'",
                    remedy: "keep the engine's directory on a disk of its own, or on XFS mounted with 'pquota'"))
        }
        return findings
    }

    private func limitFindings() -> [DoctorFinding] {
        if information.cgroupDriver == "none" {
            return [
                DoctorFinding(
                    severity: .risky, problem: "the engine cannot enforce the limits of containers",
                    remedy: "give the user's session its control groups: sudo loginctl enable-linger \"$USER\"")
            ]
        }
        let limits: [(works: Bool?, what: String, remedy: String)] = [
            (
                information.boundsMemory, "the memory of containers is not limited",
                "boot with the kernel parameter 'cgroup_enable=memory'"
            ),
            (
                information.boundsSwap, "the swap space of containers is not limited, only their memory",
                "boot with the kernel parameter 'swapaccount=1', or turn swap off: sudo swapoff -a"
            ),
            (
                information.boundsProcesses, "the number of processes in containers is not limited",
                "use a kernel with the 'pids' controller"
            ),
            (
                information.boundsProcessors, "'cpus' in Compose files is not enforced",
                "use a kernel with CONFIG_CFS_BANDWIDTH"
            ),
        ]
        return limits.filter { $0.works == false }.map {
            DoctorFinding(severity: .risky, problem: "with this engine, \($0.what)", remedy: $0.remedy)
        }
    }

    private func protectionFindings() -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        func add(_ severity: DoctorFinding.Severity, _ problem: String, remedy: String) {
            findings.append(DoctorFinding(severity: severity, problem: problem, remedy: remedy))
        }
        if information.securityOptions != nil, !information.hasSecurityOption("seccomp") {
            add(
                .risky, "containers can make every system call: the engine has no 'seccomp' filter",
                remedy: "use a kernel with CONFIG_SECCOMP_FILTER, and an engine built with seccomp")
        } else if !engine.isPodman, let major = engine.version.split(separator: ".").first.flatMap({ Int($0) }),
            major < 23
        {
            add(
                .note, "the system call filter of \(engine) lets services open sockets to a hypervisor (AF_VSOCK)",
                remedy: "install Docker 23 or later")
        }
        if !information.isRootless, !information.hasSecurityOption("userns") {
            add(
                .note, "root in a container is root on the host's kernel, although without most privileges",
                remedy:
                    "run the engine rootless, or with user namespaces: {\"userns-remap\": \"default\"} in /etc/docker/daemon.json"
            )
        }
        return findings
    }
}

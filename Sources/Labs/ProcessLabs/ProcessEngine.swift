public import ComposeFiles
import FoundationEssentials
import Glibc
import HostFiles
import LabAgents
public import Labs
import Lessons
public import NIOCore
import ProcessSpawning

/// Runs a lab's services as ordinary processes in one bubblewrap sandbox.
public struct ProcessEngine: LabEngine {
    private let name: String
    private let directory: String
    private let templates: DataTemplates
    private let installation: Installation
    private let group: any EventLoopGroup

    /// - Parameters:
    ///   - name: The lab's name, and the sandbox's host name.
    ///   - directory: The lab's own directory on the host, there already; `home`, `data`, `logs` and `etc` are made in it.
    ///   - templates: Where data directories are kept that are made once.
    public init(
        name: String, directory: String, templates: String, installation: Installation, group: any EventLoopGroup
    ) {
        self.name = name
        self.directory = directory
        self.templates = DataTemplates(directory: templates, installation: installation)
        self.installation = installation
        self.group = group
    }

    public func open(
        _ project: ComposeProject?, progress: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> any LabPod {
        let services = project?.services ?? []
        try check(services)
        for folder in ["home", "data", "logs", "etc"] { try makeDirectory("\(directory)/\(folder)") }
        let workspace = services.first { $0.local?.hasTerminals == true }
        var sandbox = Sandbox(hostname: name)
        sandbox.bindings = installation.bindings
        sandbox.bindings += [
            .init(source: "\(directory)/home", target: SandboxPaths.home, isWritable: true),
            .init(source: "\(directory)/logs", target: SandboxPaths.logs, isWritable: true),
        ]
        if let workspace { try addMounts(of: workspace, to: &sandbox) }
        sandbox.bindings += try await dataDirectories(services, progress)

        let (inner, outer) = try makeSocketPair()
        let logFile = "\(directory)/logs/sandbox.log"
        let log = Glibc.open(logFile, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        let process: SandboxProcess
        do {
            defer {
                close(log)
                close(inner)
            }
            process = try await SandboxProcess.start(
                try sandbox.arguments(
                    systemFiles: "\(directory)/etc",
                    command: ["/usr/bin/env", "-i"] + installation.environment([:]) + [
                        "\(SandboxPaths.programs)/lectern-agent", "--sandbox",
                    ]), input: inner, output: log)
        } catch {
            close(outer)
            throw error
        }
        do {
            let agent = try await LabAgent(adopting: outer, on: group)
            // Empty but for what is mounted there: nobody has been at home yet.
            try await agent.remember([SandboxPaths.home] + volumes(of: workspace))
            return ProcessPod(
                agent: agent, process: process, directory: directory, installation: installation,
                templates: templates, services: services)
        } catch {
            process.kill()
            let status = await process.exit()
            // The end is of our making when the agent answered; what it answered is the reason.
            if let answer = error as? AgentError, answer.code != .gone {
                throw LabError(
                    code: .missingPart, problem: "the sandbox didn't start: \(answer.problem)", remedy: answer.remedy)
            }
            throw LabError(
                code: .engineMissing, problem: "the sandbox didn't start: bwrap ended with \(status)",
                remedy: "ask 'lectern doctor' what this host lacks", logTail: endOfFile(logFile, limit: 4096))
        }
    }

    /// Finds out what is missing before anything is made.
    private func check(_ services: [Service]) throws {
        guard findProgram("bwrap", path: nil) != nil else { throw LabError(MissingPart.bubblewrap) }
        guard installation.programs["lectern-agent"] != nil else { throw LabError(MissingPart.agent) }
        for service in services {
            guard let local = service.local, local.command != nil else {
                throw LabError(
                    code: .badDefinition,
                    problem: "\(service.place): service '\(service.name)' doesn't say how it runs as a process",
                    remedy: "give its 'x-lectern' key a 'command', or use an engine that runs containers")
            }
            for requirement in local.needs {
                if let missing = installation.missingPart(requirement, of: service.name) { throw LabError(missing) }
            }
        }
    }

    private func dataDirectories(
        _ services: [Service], _ progress: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> [Sandbox.Binding] {
        try await withThrowingTaskGroup(of: Sandbox.Binding.self) { group in
            for service in services {
                guard let template = service.local?.template else { continue }
                let path = "\(directory)/data/\(service.name)"
                try makeDirectory(path)
                group.addTask { [templates] in
                    try await templates.copy(template, of: service, to: path, progress: progress)
                    return .init(source: path, target: template.into, isWritable: true)
                }
            }
            var bindings: [Sandbox.Binding] = []
            for try await binding in group { bindings.append(binding) }
            return bindings
        }
    }

    private func volumes(of workspace: Service?) -> [String] {
        workspace?.mounts.filter { if case .volume = $0.source { true } else { false } }.map(\.target) ?? []
    }

    private func addMounts(of workspace: Service, to sandbox: inout Sandbox) throws {
        for mount in workspace.mounts {
            switch mount.source {
            case .bind:
                guard let path = try mount.hostPath(in: workspace.name) else { continue }
                sandbox.bindings.append(.init(source: path, target: mount.target, isWritable: !mount.isReadOnly))
            case .volume(let key):
                guard key?.contains("/") != true else {
                    throw LabError(
                        code: .badDefinition, problem: "\(mount.place): '\(key ?? "")' can't be the name of a volume",
                        remedy: "use letters, digits, dots, hyphens and underscores")
                }
                let path = "\(directory)/data/volume-\(key ?? "anonymous")"
                try makeDirectory(path)
                sandbox.bindings.append(.init(source: path, target: mount.target, isWritable: !mount.isReadOnly))
            case .temporary:
                sandbox.temporary.append(mount.target)
            }
        }
    }
}

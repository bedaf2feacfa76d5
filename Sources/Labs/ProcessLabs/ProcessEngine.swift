import AgentProtocol
public import ComposeFiles
import Diagnostics
import Glibc
import HostFiles
import LabAgents
public import Labs
public import NIOCore
import Processes

/// Runs a lab's services as ordinary processes in one bubblewrap sandbox.
public struct ProcessEngine: LabEngine {
    private let name: String
    private let directory: String
    private let templates: String
    private let installation: Installation
    private let limits: LabLimits
    private let group: any EventLoopGroup

    /// - Parameters:
    ///   - name: The lab's name, and the sandbox's host name.
    ///   - directory: The lab's own directory on the host, there already; `home`, `data`, `logs` and `etc` are made in it.
    ///     The lab sees `home` and, of `data`, what its services keep there.
    ///   - templates: Where data directories are kept that are made once.
    ///   - limits: What the lab may take of this host.
    public init(
        name: String, directory: String, templates: String, installation: Installation, limits: LabLimits,
        group: any EventLoopGroup
    ) {
        self.limits = limits
        self.name = name
        self.directory = directory
        self.templates = templates
        self.installation = installation
        self.group = group
    }

    /// Mounts of the lesson's files must be copies: see `LessonMounts`.
    public func open(
        _ project: ComposeProject?, progress: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> any LabPod {
        let services = project?.services ?? []
        let installation = installation.showing(project?.lab.programs ?? [])
        try check(services, programs: project?.lab.programs ?? [], in: installation)
        let limits = limits.lowered(to: services)
        for folder in ["home", "data", "logs", "etc"] { try makeDirectory("\(directory)/\(folder)") }
        let mounts = try SandboxMounts(of: services, in: directory)
        let templates = DataTemplates(directory: templates, installation: installation, group: group)
        let data = try await dataDirectories(services, from: templates, progress)
        var sandbox = Sandbox(hostname: name, limits: limits, owner: .choose(showing: installation))
        sandbox.bindings = installation.bindings
        sandbox.bindings += [.init(source: "\(directory)/home", target: SandboxPaths.home, isWritable: true)]
        sandbox.bindings += mounts.bindings + data
        sandbox.temporary = mounts.temporary

        let groups = ControlGroups.make(
            "lectern-\(name)-\(getpid())", limits: limits, record: LabFiles.controlGroups(in: directory))
        let sandboxed = try await SandboxedAgent.start(
            sandbox, systemFiles: "\(directory)/etc", installation: installation, groups: groups, on: group)
        do {
            // Empty but for what is mounted there: nobody has been at home yet.
            try await sandboxed.agent.snapshot([SandboxPaths.home] + mounts.volumesOfWorkspace(services).map(\.target))
            let pod = ProcessPod(
                sandboxed, logs: "\(directory)/logs", installation: installation, volumes: mounts.volumes,
                limits: limits, services: services)
            try await pod.fillDataDirectories()
            return pod
        } catch {
            throw await sandboxed.end(after: error)
        }
    }

    /// Finds out what is missing before anything is made.
    private func check(_ services: [Service], programs: [LabProgram], in installation: Installation) throws {
        guard findProgram("bwrap", path: nil) != nil else { throw LabError(MissingPart.bubblewrap) }
        guard installation.programs[Installation.agentName] != nil else { throw LabError(MissingPart.agent) }
        if let missing = installation.missingProgram(of: programs) { throw LabError(missing) }
        for service in services {
            guard let local = service.local, local.command != nil else {
                throw LabError(
                    code: .badDefinition,
                    problem: "\(service.place): service '\(service.name)' does not say how it runs as a process",
                    remedy: "give its 'x-lectern' key a 'command', or use an engine that runs containers")
            }
            for requirement in local.needs {
                if let missing = installation.missingPart(requirement, of: service.name) { throw LabError(missing) }
            }
        }
    }

    /// For each service with a template: an empty directory for its data, and the template that is to fill it.
    private func dataDirectories(
        _ services: [Service], from templates: DataTemplates, _ progress: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> [Sandbox.Binding] {
        try await withThrowingTaskGroup(of: [Sandbox.Binding].self) { group in
            for service in services {
                guard let template = service.local?.template else { continue }
                let path = "\(directory)/data/\(service.name)"
                try makeDirectory(path)
                group.addTask {
                    let source = try await templates.prepare(template, of: service, progress: progress)
                    return [
                        .init(source: source, target: SandboxPaths.template(of: service.name)),
                        .init(source: path, target: template.into, isWritable: true),
                    ]
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }
}

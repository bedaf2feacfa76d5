public import ComposeFiles
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
    ///     The lab sees `home` and, of `data`, what its services keep there.
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

    /// Mounts of the lesson's files must be copies: see `LessonMounts`.
    public func open(
        _ project: ComposeProject?, progress: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> any LabPod {
        let services = project?.services ?? []
        try check(services)
        for folder in ["home", "data", "logs", "etc"] { try makeDirectory("\(directory)/\(folder)") }
        let mounts = try SandboxMounts(of: services, in: directory)
        let data = try await dataDirectories(services, progress)
        var sandbox = Sandbox(hostname: name)
        sandbox.bindings = installation.bindings
        sandbox.bindings += [.init(source: "\(directory)/home", target: SandboxPaths.home, isWritable: true)]
        sandbox.bindings += mounts.bindings + data
        sandbox.temporary = mounts.temporary

        let (process, connection, output) = try await start(sandbox)
        do {
            let agent = try await LabAgent(adopting: connection, on: group)
            let workspace = services.first { $0.local?.hasTerminals == true }
            // Empty but for what is mounted there: nobody has been at home yet.
            try await agent.remember([SandboxPaths.home] + (workspace.flatMap { mounts.volumes[$0.name] } ?? []))
            let pod = ProcessPod(
                agent: agent, process: process, logs: "\(directory)/logs", installation: installation,
                volumes: mounts.volumes, services: services)
            try await pod.fillDataDirectories()
            return pod
        } catch {
            process.kill()
            let status = await process.exit()
            if let error = error as? LabError { throw error }
            // The end is of our making when the agent answered; what it answered is the reason.
            if let answer = error as? AgentError, answer.code != .gone {
                throw LabError(
                    code: .missingPart, problem: "the sandbox didn't start: \(answer.problem)", remedy: answer.remedy)
            }
            throw LabError(
                code: .engineMissing, problem: "the sandbox didn't start: bwrap ended with \(status)",
                remedy: "ask 'lectern doctor' what this host lacks", logTail: await output.end())
        }
    }

    /// Starts the sandbox with the agent in it.
    ///
    /// - Returns: The stream to the agent belongs to the caller.
    private func start(_ sandbox: Sandbox) async throws -> (SandboxProcess, connection: Int32, SandboxOutput) {
        let arguments = try sandbox.arguments(
            systemFiles: "\(directory)/etc",
            command: ["/usr/bin/env", "-i"] + installation.environment([:]) + [
                "\(SandboxPaths.programs)/lectern-agent"
            ])
        let (inner, outer) = try makeSocketPair()
        do {
            defer { close(inner) }
            let output = try SandboxOutput()
            defer { output.closeWriting() }
            return (
                try await SandboxProcess.start(arguments, input: inner, output: output.writing), outer, output
            )
        } catch {
            close(outer)
            throw error
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

    /// For each service with a template: an empty directory for its data, and the template that is to fill it.
    private func dataDirectories(
        _ services: [Service], _ progress: @escaping @Sendable (LabEvent) -> Void
    ) async throws -> [Sandbox.Binding] {
        try await withThrowingTaskGroup(of: [Sandbox.Binding].self) { group in
            for service in services {
                guard let template = service.local?.template else { continue }
                let path = "\(directory)/data/\(service.name)"
                try makeDirectory(path)
                group.addTask { [templates] in
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

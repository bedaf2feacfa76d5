import AgentProtocol
import ComposeFiles
import Glibc
import HostFiles
import LabAgents
import Labs
import NIOCore
import Processes

/// Data directories that are made once from equal inputs, and copied by each lab that needs one.
///
/// They are made in a sandbox of their own and shown to labs read-only. Labs copy them inside: the host writes nothing into
/// a directory that a lab can change.
struct DataTemplates {
    /// The directory that holds them; made when needed.
    let directory: String
    let installation: Installation
    let group: any EventLoopGroup

    /// How long making one may take.
    private static let patience = Duration.seconds(600)

    /// The service's template, which is made first where it's missing.
    ///
    /// Several Lecterns may ask at once: one makes the template, the others wait.
    ///
    /// - Returns: A directory that nobody changes.
    func prepare(
        _ template: DataTemplate, of service: Service, progress: (LabEvent) -> Void
    ) async throws -> String {
        try makeDirectory(directory)
        let environment = installation.environment(service.processEnvironment)
        let key = TemplateKey(template, of: service, environment: environment, installation: installation)
        let path = "\(directory)/\(service.name)-\(key)"
        if access(path, F_OK) == 0 { return path }
        let lock = try await FileLock.wait(for: path + ".lock")
        defer { lock.release() }
        if access(path, F_OK) == 0 { return path }
        progress(.preparing("making the data directory of '\(service.name)' for the first time"))
        try await build(template, of: service, environment: environment, at: path)
        return path
    }

    private func build(
        _ template: DataTemplate, of service: Service, environment: [String], at path: String
    ) async throws {
        let workplace = path + ".making"
        removeTree(workplace)
        let data = workplace + "/data"
        let home = workplace + "/home"
        try makeDirectory(data)
        try makeDirectory(home)
        defer { removeTree(workplace) }
        var sandbox = Sandbox(hostname: "lectern", limits: LabLimits(), owner: .choose(showing: installation))
        sandbox.bindings += installation.bindings
        sandbox.bindings += [
            .init(source: home, target: SandboxPaths.home, isWritable: true),
            .init(source: data, target: template.into, isWritable: true),
        ]
        let sandboxed = try await SandboxedAgent.start(
            sandbox, systemFiles: workplace + "/etc", installation: installation, groups: ControlGroups(), on: group)
        let result: CommandResult
        do {
            result = try await sandboxed.agent.run(
                ProcessSpec(
                    arguments: template.build, environment: environment, directory: SandboxPaths.home,
                    place: .services),
                outputLimit: 8192, timeout: Self.patience)
        } catch {
            throw await sandboxed.end(after: error)
        }
        sandboxed.agent.close()
        // Nothing that ran in there is left then: from here on nobody changes the data.
        _ = await sandboxed.process.exit()
        guard result.status.isSuccess else {
            throw LabError(
                code: .serviceDied,
                problem:
                    "the data directory of '\(service.name)' cannot be created: its command ended with \(result.status)",
                logTail: result.text)
        }
        removeSetIDBits(in: try ContainedDirectory(data))
        guard rename(data, path) == 0 else { throw SystemFailure("'\(path)'") }
    }
}

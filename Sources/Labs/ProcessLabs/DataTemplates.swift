import AgentProtocol
import ComposeFiles
import FoundationEssentials
import Glibc
import HostFiles
import Labs
import ProcessSpawning

/// Data directories that are made once for each version of a service, and copied for each lab.
struct DataTemplates {
    /// The directory that holds them; made when needed.
    let directory: String
    let installation: Installation

    /// Copies the service's template into a new directory; makes the template first where it's missing.
    ///
    /// Several Lecterns may ask at once: one makes the template, the others wait.
    func copy(
        _ template: DataTemplate, of service: Service, to target: String, progress: (LabEvent) -> Void
    ) async throws {
        try makeDirectory(directory)
        let path = "\(directory)/\(service.name)-\(key(template, service))"
        if access(path, F_OK) != 0 {
            let lock = try await FileLock.wait(for: path + ".lock")
            defer { lock.release() }
            if access(path, F_OK) != 0 {
                progress(.preparing("making the data directory of '\(service.name)' for the first time"))
                try await build(template, of: service, at: path)
            }
        }
        let result = try await runOnHost(["cp", "-a", "--reflink=auto", "--sparse=auto", "\(path)/.", target])
        guard result.isSuccess else {
            throw LabError(
                code: .system, problem: "the data directory of '\(service.name)' cannot be copied to '\(target)'",
                remedy: "see that the disk has room")
        }
    }

    private func build(_ template: DataTemplate, of service: Service, at path: String) async throws {
        let workplace = path + ".making"
        removeTree(workplace)
        let data = workplace + "/data"
        let home = workplace + "/home"
        try makeDirectory(data)
        try makeDirectory(home)
        defer { removeTree(workplace) }
        var sandbox = Sandbox(hostname: "lectern", memory: LabLimits().memory)
        sandbox.bindings += installation.bindings
        sandbox.bindings += [
            .init(source: home, target: SandboxPaths.home, isWritable: true),
            .init(source: data, target: template.into, isWritable: true),
        ]
        let environment = installation.environment(service.localEnvironment)
        let limits = LabLimits()
        let bounds = SandboxLimits(
            memory: UInt64(limits.memory), watchesMemory: true, processes: limits.processes, countsProcesses: true,
            disk: UInt64(limits.disk), directories: ["/etc"] + sandbox.bindings.filter(\.isWritable).map(\.target))
        // The lesson says what is run: it gets the same walls as in a lab.
        let command =
            ["/usr/bin/env", "-i"] + environment + ["\(SandboxPaths.programs)/lectern-agent", "--sandbox"]
            + bounds.arguments + ["--"] + template.build
        let logFile = workplace + "/log"
        let log = open(logFile, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        defer {
            close(log)
            close(null)
        }
        let process = try await SandboxProcess.start(
            try sandbox.arguments(systemFiles: workplace + "/etc", command: command), input: null, output: log,
            groups: ControlGroups())
        let status = await process.exit()
        guard status.isSuccess else {
            throw LabError(
                code: .serviceDied,
                problem: "the data directory of '\(service.name)' can't be made: its command ended with \(status)",
                logTail: endOfFile(logFile, limit: 4096))
        }
        guard rename(data, path) == 0 else { throw SystemFailure("'\(path)'") }
    }

    /// Changes with the command and with the program that it runs.
    private func key(_ template: DataTemplate, _ service: Service) -> String {
        var hash = StableHash()
        for word in [template.into] + template.build { hash.add(word) }
        for requirement in service.local?.needs ?? [] {
            let path: String? =
                switch requirement.subject {
                case .program(let name): installation.findLabProgram(name)
                case .file(let path): installation.hostPath(of: path)
                }
            var status = stat()
            guard let path, stat(path, &status) == 0 else { continue }
            hash.add("\(path) \(status.st_size) \(status.st_mtim.tv_sec)")
        }
        return hash.description
    }
}

/// FNV-1a: the same in every process, unlike `Hasher`.
private struct StableHash: CustomStringConvertible {
    private var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ word: String) {
        for byte in word.utf8 + [0] { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }

    var description: String { String(value, radix: 16) }
}

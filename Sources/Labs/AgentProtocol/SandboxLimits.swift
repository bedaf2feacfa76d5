/// What the agent is told to bound when it is the first process of a sandbox, as arguments of its command line.
public struct SandboxLimits: Hashable, Sendable {
    /// Bytes of memory, files in memory included.
    public var memory: UInt64
    /// `true` when the agent itself must see to the memory, since no control group does.
    public var watchesMemory: Bool
    /// Processes and threads at a time.
    public var processes: Int
    /// `true` when only the agent can see to the number of processes.
    public var countsProcesses: Bool
    /// Bytes of all files that the lab writes.
    public var disk: UInt64
    /// Directories of the host, as the sandbox sees them, whose files count; what is in memory counts in any case.
    public var directories: [String]

    /// Where every sandbox has a file system in memory, besides its root.
    public static let memoryFileSystems = ["/dev/shm", "/run", "/usr/local"]
    /// The agent's exit status when the lab has written more than ``disk``; everything in the sandbox ends with it.
    public static let diskIsFull: Int32 = 73
    /// The agent's exit status when a process namespace of the sandbox was killed from outside, and everything in it.
    public static let namespaceIsLost: Int32 = 74

    /// Checks nothing; ``memory`` and ``disk`` are in bytes.
    public init(
        memory: UInt64, watchesMemory: Bool, processes: Int, countsProcesses: Bool, disk: UInt64, directories: [String]
    ) {
        self.memory = memory
        self.watchesMemory = watchesMemory
        self.processes = processes
        self.countsProcesses = countsProcesses
        self.disk = disk
        self.directories = directories
    }

    /// Each option followed by its value; ``init(arguments:)`` reads them back.
    public var arguments: [String] {
        [
            "--memory", "\(memory)", "--watch-memory", watchesMemory ? "yes" : "no", "--processes", "\(processes)",
            "--count-processes", countsProcesses ? "yes" : "no", "--disk", "\(disk)",
        ] + directories.flatMap { ["--directory", $0] }
    }

    /// - Returns: `nil` unless the arguments are such as ``arguments`` gives.
    public init?(arguments: some Collection<String>) {
        var values: [String: [String]] = [:]
        var rest = Array(arguments)[...]
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { return nil }
            values[name, default: []].append(value)
        }
        guard let memory = values["--memory"]?.last.flatMap({ UInt64($0) }),
            let processes = values["--processes"]?.last.flatMap({ Int($0) }),
            let disk = values["--disk"]?.last.flatMap({ UInt64($0) })
        else { return nil }
        self.init(
            memory: memory, watchesMemory: values["--watch-memory"] == ["yes"], processes: processes,
            countsProcesses: values["--count-processes"] == ["yes"], disk: disk,
            directories: values["--directory"] ?? [])
    }
}

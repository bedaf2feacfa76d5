import AgentProtocol
import Glibc
import Processes

extension SandboxLimits {
    /// Sets what the kernel looks after from now on. The agent's capabilities must be in effect.
    func apply() throws(SystemFailure) {
        limitResources(
            processes: UInt(clamping: processes), memory: watchesMemory ? UInt(clamping: memory) : nil,
            fileSize: UInt(clamping: disk))
        // No process of the lab may make a user namespace, in which it would have capabilities.
        try write("0", to: "/proc/sys/user/max_user_namespaces")
        if countsProcesses {
            // The first 300 numbers are given out once only. A kernel that has one limit for the whole machine refuses.
            try? write("\(max(processes, 301))", to: "/proc/sys/kernel/pid_max")
        }
        // Files that a lesson puts between the devices take memory, and so does every empty file in memory.
        guard mount(nil, "/dev", nil, flags, "size=64k,nr_inodes=64") == 0 else { throw SystemFailure("'/dev'") }
        for place in ["/"] + SandboxLimits.memoryFileSystems {
            // One that isn't there needs no bound.
            _ = mount(nil, place, nil, flags | UInt(MS_NODEV), "nr_inodes=131072")
        }
    }

    private var flags: UInt { UInt(MS_REMOUNT) | UInt(MS_NOSUID) }

    private func write(_ text: String, to path: String) throws(SystemFailure) {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { throw SystemFailure("'\(path)'") }
        defer { close(file) }
        try writeAll(Array(text.utf8), to: file, path: path)
    }
}

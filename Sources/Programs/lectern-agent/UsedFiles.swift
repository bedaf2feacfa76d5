import AgentProtocol
import Glibc
import HostFiles

/// The room that a lab's files take: those that a name leads to, those that a process still has open, those in memory.
struct UsedFiles {
    private(set) var bytes: UInt64 = 0
    /// Files with several names or none, which are met more than once.
    private var seen: Set<UInt64> = []
    private var devices: Set<UInt64> = []

    init(below directories: [String]) {
        for directory in directories { visitFiles(below: directory) { add($0) } }
        for system in FileSystemUsage.inMemory { bytes += system.used }
        addDeletedFiles()
    }

    private mutating func add(_ file: FileUsage) {
        devices.insert(file.device)
        if file.isRegular, file.links != 1, !seen.insert(file.number).inserted { return }
        bytes += file.bytes
    }

    /// A file without a name takes its room until the last process has closed it.
    private mutating func addDeletedFiles() {
        for process in namesInDirectory("/proc") where pid_t(process) != nil {
            for descriptor in namesInDirectory("/proc/\(process)/fd") {
                var status = stat()
                guard stat("/proc/\(process)/fd/\(descriptor)", &status) == 0, status.st_nlink == 0,
                    status.st_mode & S_IFMT == S_IFREG, devices.contains(UInt64(status.st_dev))
                else { continue }
                add(
                    FileUsage(
                        device: UInt64(status.st_dev), number: UInt64(status.st_ino), links: 0,
                        bytes: UInt64(status.st_blocks) * 512, isRegular: true))
            }
        }
    }
}

/// How full a file system is, in bytes.
struct FileSystemUsage {
    var used: UInt64 = 0
    var free: UInt64 = 0

    init(of path: String) {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return }
        used = (UInt64(status.f_blocks) - UInt64(status.f_bfree)) * UInt64(status.f_frsize)
        free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }

    /// The sandbox's own.
    static var inMemory: [FileSystemUsage] { (["/"] + SandboxLimits.memoryFileSystems).map(FileSystemUsage.init) }
}

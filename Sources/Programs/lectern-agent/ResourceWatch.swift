import AgentProtocol
import Glibc
import HostFiles
import Processes

/// Looks after what the kernel can't bound for a sandbox: all files together, and where there is no control group, the
/// memory of all processes together.
///
/// A look costs two system calls as long as neither the free memory nor the free disk has fallen; only then, and every few
/// seconds, everything is counted. What happens between two looks is over the bound for a moment.
final class ResourceWatch {
    /// When ``look()`` is due, in milliseconds of the monotonic clock.
    private(set) var deadline = monotonicMilliseconds() + 250
    private let limits: SandboxLimits
    private let namespaces: SandboxNamespaces
    private var memory = Mark()
    private var disk = Mark()

    /// What was free when everything was counted last.
    private struct Mark {
        var free: UInt64 = 0
        /// Milliseconds of the monotonic clock.
        var due: Int64 = 0

        /// Whether so much less is free that it's time to count again.
        mutating func isReached(free now: UInt64, step: UInt64) -> Bool {
            let isDue = now &+ step < free || monotonicMilliseconds() >= due
            free = isDue ? now : max(free, now)
            return isDue
        }
    }

    init(_ limits: SandboxLimits, namespaces: SandboxNamespaces) {
        self.limits = limits
        self.namespaces = namespaces
    }

    /// - Returns: Why the lab must end; `nil` while all is within bounds.
    func look() -> String? {
        let start = monotonicMilliseconds()
        if limits.watchesMemory, memory.isReached(free: availableMemory(), step: limits.memory / 16) {
            memory.due = start + 5000
            endLargestProcess()
        }
        var excess: String?
        if disk.isReached(free: freeDisk(), step: limits.disk / 16) {
            // Files in memory, and those that were sparse, change nothing on the disk that another lab couldn't.
            disk.due = start + 5000
            let used = namespaces.withInspection { UsedFiles(below: limits.directories).bytes }
            if used > limits.disk {
                excess = "the lab's files take \(used >> 20) MiB, more than \(limits.disk >> 20) MiB"
            }
        }
        // Counting may take long in a lab of many files; it must not take the agent's time.
        let end = monotonicMilliseconds()
        deadline = end + max(250, 10 * (end - start))
        return excess
    }

    private func freeDisk() -> UInt64 {
        limits.directories.map { FileSystemUsage(of: $0).free }.min() ?? 0
    }

    private func availableMemory() -> UInt64 {
        let name = Array("MemAvailable:".utf8)
        for line in contents(of: "/proc/meminfo").split(separator: UInt8(ascii: "\n")) where line.starts(with: name) {
            let digits = line.dropFirst(name.count).filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            return (UInt64(String(decoding: digits, as: UTF8.self)) ?? 0) << 10
        }
        return 0
    }

    /// As the kernel does when a control group is full: the largest process goes.
    private func endLargestProcess() {
        let spared = namespaces.initialProcesses.union([getpid()])
        var sizes = ProcessTree().processes.filter { !spared.contains($0) }.map { ($0, privateMemory(of: $0)) }
        var used = sizes.reduce(0) { $0 + $1.1 } + FileSystemUsage.inMemory.reduce(0) { $0 + $1.used }
        sizes.sort { $0.1 < $1.1 }
        while used > limits.memory, let (process, size) = sizes.popLast() {
            kill(process, SIGKILL)
            used -= size
        }
    }

    private func privateMemory(of process: pid_t) -> UInt64 {
        // size resident shared …, in pages
        let fields = contents(of: "/proc/\(process)/statm").split(separator: UInt8(ascii: " ")).prefix(3)
        let pages = fields.compactMap { UInt64(String(decoding: $0, as: UTF8.self)) }
        guard pages.count == 3, pages[1] > pages[2] else { return 0 }
        return (pages[1] - pages[2]) * UInt64(sysconf(Int32(_SC_PAGESIZE)))
    }
}

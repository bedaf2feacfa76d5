import AgentProtocol
import Glibc
import HostFiles

/// The paths below some directories when the lab was fresh, so that what came later can be removed.
struct FileSnapshot {
    /// Paths below each directory.
    private var known: [String: Set<String>] = [:]

    mutating func snapshot(_ directories: [String]) {
        let mounts = mountPoints()
        for directory in directories { known[directory] = Set(paths(below: directory, outside: mounts)) }
    }

    /// Removes what was not there when the snapshot was taken.
    ///
    /// Never enters what is mounted below a directory, which may be a folder of the host, nor removes what leads there.
    func removeNewFiles() {
        let mounts = mountPoints()
        for (directory, known) in known { cleanUp(directory, keeping: known, outside: mounts) }
    }

    private func cleanUp(_ directory: String, keeping known: Set<String>, outside mounts: Set<String>) {
        for name in namesInDirectory(directory) {
            let path = "\(directory)/\(name)"
            if mounts.contains(path) { continue }
            let leadsToMount = mounts.contains { $0.hasPrefix(path + "/") }
            if !known.contains(path), !leadsToMount {
                removeTree(path)
            } else if isDirectory(path) {
                cleanUp(path, keeping: known, outside: mounts)
            }
        }
    }

    private func paths(below directory: String, outside mounts: Set<String>) -> [String] {
        namesInDirectory(directory).flatMap { name -> [String] in
            let path = "\(directory)/\(name)"
            guard isDirectory(path), !mounts.contains(path) else { return [path] }
            return [path] + paths(below: path, outside: mounts)
        }
    }
}

/// Kills every process that descends from none of these, except the agent and those that it descends from.
///
/// Returns once they're gone, or at the deadline.
///
/// - Parameters:
///   - owners: Channels by the process that they started.
///   - spared: Processes that are left alone, but not what they have adopted.
func killStrays(owners: [pid_t: UInt32], sparing spared: Set<pid_t>, until deadline: Int64) {
    while monotonicMilliseconds() < deadline {
        let tree = ProcessTree()
        let kept = spared.union(tree.lineage(of: getpid()))
        let strays = tree.processes.filter { !kept.contains($0) && tree.owner(of: $0, among: owners) == 0 }
        // One that is dead and waits for its parent to notice can do no harm.
        let living = strays.filter { !isZombie($0) }
        if living.isEmpty { return }
        for pid in living { kill(pid, SIGKILL) }
        usleep(1000)
    }
}

private func isZombie(_ pid: pid_t) -> Bool {
    let status = contents(of: "/proc/\(pid)/stat")
    guard let end = status.lastIndex(of: UInt8(ascii: ")")), end + 2 < status.count else { return true }
    return status[end + 2] == UInt8(ascii: "Z")
}

/// Where something is mounted, links resolved, from the kernel's own list.
private func mountPoints() -> Set<String> {
    let lines = contents(of: "/proc/self/mountinfo").split(separator: UInt8(ascii: "\n"))
    return Set(
        lines.compactMap { line in
            let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
            return fields.count > 4 ? unescaped(fields[4]) : nil
        })
}

/// Blanks and backslashes are written as three octal digits.
private func unescaped(_ field: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    var rest = field
    while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "\\"), rest.count >= 3,
            let code = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
        {
            bytes.append(code)
            rest = rest.dropFirst(3)
        } else {
            bytes.append(byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}

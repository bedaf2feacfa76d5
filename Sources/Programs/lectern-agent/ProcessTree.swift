import Glibc
import HostFiles

/// The processes that the agent can see, and which started which.
struct ProcessTree {
    private var parents: [pid_t: pid_t] = [:]

    init() {
        for name in namesInDirectory("/proc") {
            guard let pid = pid_t(name) else { continue }
            parents[pid] = Self.parent(of: pid)
        }
    }

    var processes: some Collection<pid_t> { parents.keys }

    /// The channel that a process descends from; 0 for none.
    ///
    /// - Parameter owners: Channels by the process that they started.
    func owner(of pid: pid_t, among owners: [pid_t: UInt32]) -> UInt32 {
        for ancestor in lineage(of: pid) {
            if let channel = owners[ancestor] { return channel }
        }
        return 0
    }

    /// A process, whoever started it, and so on.
    func lineage(of pid: pid_t) -> [pid_t] {
        var lineage = [pid]
        // Bounded: parents are read one by one while processes come and go, so that a cycle isn't impossible.
        while lineage.count < 1000, let next = parents[lineage[lineage.count - 1]], next > 0 { lineage.append(next) }
        return lineage
    }

    private static func parent(of pid: pid_t) -> pid_t {
        let words = processStatus(pid)
        return words.count > 1 ? pid_t(words[1]) ?? 0 : 0
    }
}

/// Whether a process's end has begun, or is certain: it was killed and hasn't noticed yet, or is being taken down.
func isDying(_ pid: pid_t) -> Bool {
    let exiting: UInt32 = 0x4  // PF_EXITING of the kernel's sched.h
    let words = processStatus(pid)
    guard words.count > 6 else { return true }
    if words[0] == "Z" || words[0] == "X" || (UInt32(words[6]) ?? 0) & exiting != 0 { return true }
    let killed: UInt64 = 1 << (UInt64(SIGKILL) - 1)
    return contents(of: "/proc/\(pid)/status").split(separator: UInt8(ascii: "\n")).contains { line in
        let words = String(decoding: line, as: UTF8.self).split(separator: "\t")
        guard words.count == 2, words[0] == "SigPnd:" || words[0] == "ShdPnd:" else { return false }
        return (UInt64(words[1], radix: 16) ?? 0) & killed != 0
    }
}

/// State, parent, process group, session, terminal, its group, flags and more; see proc_pid_stat(5).
private func processStatus(_ pid: pid_t) -> [Substring] {
    // They follow on the name, which may hold spaces and brackets.
    let fields = contents(of: "/proc/\(pid)/stat").reversed().prefix { $0 != UInt8(ascii: ")") }.reversed()
    return String(decoding: Array(fields), as: UTF8.self).split(separator: " ")
}

/// A whole file, such as one of `/proc`; empty when it can't be read.
func contents(of path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    withUnsafeTemporaryAllocation(byteCount: 8192, alignment: 16) { buffer in
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            guard count > 0 else { break }
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
    return bytes
}

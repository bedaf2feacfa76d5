import AgentProtocol
import Glibc

/// Adds up the memory of every process that the agent can see, by the channel that each descends from.
///
/// - Parameter owners: Channels by the process that they started. What descends from none counts for channel 0.
func memoryUsage(owners: [pid_t: UInt32]) -> [ProcessUsage] {
    var parents: [pid_t: pid_t] = [:]
    for pid in visibleProcesses() { parents[pid] = parent(of: pid) }
    var totals: [UInt32: ProcessUsage] = [:]
    for pid in parents.keys {
        let channel = owner(of: pid, owners: owners, parents: parents)
        let memory = smaps(of: pid)
        let total = totals[channel] ?? ProcessUsage(channel: channel, proportionalBytes: 0, residentBytes: 0)
        totals[channel] = ProcessUsage(
            channel: channel, proportionalBytes: total.proportionalBytes + memory.proportional,
            residentBytes: total.residentBytes + memory.resident)
    }
    return Array(totals.values)
}

private func owner(of pid: pid_t, owners: [pid_t: UInt32], parents: [pid_t: pid_t]) -> UInt32 {
    var current = pid
    // Bounded: parents are read one by one while processes come and go, so that a cycle isn't impossible.
    for _ in 0..<1000 {
        if let channel = owners[current] { return channel }
        guard let next = parents[current], next != current else { return 0 }
        current = next
    }
    return 0
}

private func visibleProcesses() -> [pid_t] {
    guard let directory = opendir("/proc") else { return [] }
    defer { closedir(directory) }
    var pids: [pid_t] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if let pid = pid_t(name) { pids.append(pid) }
    }
    return pids
}

private func parent(of pid: pid_t) -> pid_t {
    // pid (name) state parent …; the name may hold spaces and brackets.
    let fields = contents(of: "/proc/\(pid)/stat").reversed().prefix { $0 != UInt8(ascii: ")") }.reversed()
    let words = fields.split(separator: UInt8(ascii: " "))
    return words.count > 1 ? pid_t(String(decoding: words[1], as: UTF8.self)) ?? 0 : 0
}

private func smaps(of pid: pid_t) -> (proportional: UInt64, resident: UInt64) {
    var proportional: UInt64 = 0
    var resident: UInt64 = 0
    for line in contents(of: "/proc/\(pid)/smaps_rollup").split(separator: UInt8(ascii: "\n")) {
        let words = line.split(separator: UInt8(ascii: " "))
        guard words.count == 3, let kilobytes = UInt64(String(decoding: words[1], as: UTF8.self)) else { continue }
        switch String(decoding: words[0], as: UTF8.self) {
        case "Pss:": proportional = kilobytes * 1024
        case "Rss:": resident = kilobytes * 1024
        default: break
        }
    }
    return (proportional, resident)
}

private func contents(of path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    withUnsafeTemporaryAllocation(byteCount: 8192, alignment: 16) { buffer in
        while true {
            let count = read(descriptor, buffer.baseAddress!, buffer.count)
            guard count > 0 else { break }
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
    return bytes
}

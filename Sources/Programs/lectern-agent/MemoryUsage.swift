import AgentProtocol
import Glibc

/// Adds up the memory of every process that the agent can see, by the channel that each descends from.
///
/// - Parameter owners: Channels by the process that they started. What descends from none counts for channel 0.
func memoryUsage(owners: [pid_t: UInt32]) -> [ProcessUsage] {
    let tree = ProcessTree()
    var totals: [UInt32: ProcessUsage] = [:]
    for pid in tree.processes {
        let channel = tree.owner(of: pid, among: owners)
        let memory = smaps(of: pid)
        let total = totals[channel] ?? ProcessUsage(channel: channel, proportionalBytes: 0, residentBytes: 0)
        totals[channel] = ProcessUsage(
            channel: channel, proportionalBytes: total.proportionalBytes + memory.proportional,
            residentBytes: total.residentBytes + memory.resident)
    }
    return Array(totals.values)
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

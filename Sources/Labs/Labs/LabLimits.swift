/// What one lab may use of the machine that it runs on, whatever its lesson asks for.
///
/// A lesson may ask for less, in its index (`lectern.limits`) or its Compose file (`mem_limit`, `pids_limit`,
/// `deploy.resources.limits`); only the person who runs it gives more.
public struct LabLimits: Hashable, Codable, Sendable {
    /// Bytes, of everything in the lab together, memory file systems included.
    public var memory: Int
    /// Processes and threads.
    public var processes: Int
    /// Bytes that the lab may write, logs and recordings included.
    public var disk: Int

    /// What every lab gets: with less its own programs wouldn't run.
    public static let least = LabLimits(memory: 64 << 20, processes: 32, disk: 64 << 20)

    /// - Parameters:
    ///   - memory: 2 GiB unless said otherwise.
    ///   - processes: 1,024 unless said otherwise.
    ///   - disk: 4 GiB unless said otherwise.
    public init(memory: Int = 2 << 30, processes: Int = 1024, disk: Int = 4 << 30) {
        self.memory = memory
        self.processes = processes
        self.disk = disk
    }

    /// These limits, each lowered to one that a lesson asks for, but never below ``least``. A higher one changes nothing.
    public func lowered(memory: Int? = nil, processes: Int? = nil, disk: Int? = nil) -> LabLimits {
        LabLimits(
            memory: min(self.memory, max(memory ?? .max, Self.least.memory)),
            processes: min(self.processes, max(processes ?? .max, Self.least.processes)),
            disk: min(self.disk, max(disk ?? .max, Self.least.disk)))
    }
}
